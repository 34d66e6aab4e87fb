"""The demo's data folder: made once, apart from real data, and only whole."""

import os
import shutil
from dataclasses import replace
from datetime import datetime

import click

from quizapp.actions.demo import make_demo
from quizapp.cli.database import opened
from quizapp.cli.db import migrate
from quizapp.cli.terminal import progress, say_note
from quizapp.config import Config
from quizapp.paths import bundled
from quizapp.store.backup import DATABASE_FILE

FOLDER = "demo"
SEED = 1


def demo_settings(config: Config, *, now: datetime) -> Config:
    """Give the settings of the demo, which lies in the data folder's `demo`, made when it is not there."""
    folder = config.folder / FOLDER
    made = replace(config, data=str(folder), database_url="")
    if (folder / DATABASE_FILE).exists():
        say_note(f"the demo goes on where it was left; delete {folder} for a fresh one")
        return made
    partial = folder.with_name(f".{FOLDER}-{os.getpid()}")
    try:
        _make(replace(made, data=str(partial)), now=now)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return made


def _make(config: Config, *, now: datetime) -> None:
    click.echo("demo      making a class with six weeks of history, about a minute")
    with opened(config) as engine, progress("studying") as tell:
        migrate(engine, config, now=now)
        make_demo(engine, bundled("questions"), now=now, seed=SEED, progress=tell)
