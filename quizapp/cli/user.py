"""`quizapp user`: accounts from the command line."""

import sys
from datetime import UTC, datetime

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.actions import accounts, site_people
from quizapp.cli.database import reading, settings, writing
from quizapp.cli.terminal import Failed, data_option, json_option, write_json, write_table
from quizapp.store.models import User

ROLES = click.Choice(["student", "instructor", "admin"])
LINK = "/reset/{token}"


@click.group("user")
def command() -> None:
    """Make accounts, list them, change roles and passwords."""


@command.command("add")
@click.argument("email")
@click.option("--role", type=ROLES, default="student", show_default=True, help="What the account may do.")
@click.option("--name", metavar="NAME", help="Name that others see; default: the first part of the address.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, its first line.")
@data_option
def add(email: str, role: str, name: str | None, data: str | None, *, password_stdin: bool) -> None:
    """Make an account.

    Without a password it prints a link that works once: whoever opens it chooses the password.
    """
    config, now = settings(data), datetime.now(UTC)
    password = _password() if password_stdin else None
    name = name or email.partition("@")[0]
    with writing(config) as session:
        user = accounts.add_user(
            session, email=email, name=name, role=role, password=password, zone=config.zone, now=now
        )
        accounts.set_pace(
            user,
            minutes_a_day=config.minutes_a_day,
            retention=config.retention,
            recognition_cap=config.recognition_cap,
        )
        token = None if password else accounts.make_link(session, purpose="reset", user=user, now=now)
    click.echo(f"{user.email}: {user.role}")
    _tell_link(token)


@command.command("list")
@json_option("One JSON object a line for each account.")
@data_option
def list_(data: str | None, *, as_json: bool) -> None:
    """List the accounts."""
    with reading(settings(data)) as session:
        users = session.scalars(select(User).order_by(User.id)).all()
        if as_json:
            for user in users:
                write_json(_row(user))
            return
        write_table(("EMAIL", "NAME", "ROLE", "SINCE", "LAST SEEN"), map(_line, users))


@command.command("reset")
@click.argument("email")
@data_option
def reset(email: str, data: str | None) -> None:
    """Print a link that works once, for choosing a new password."""
    with writing(settings(data)) as session:
        user = _found(session, email)
        token = accounts.make_link(session, purpose="reset", user=user, now=datetime.now(UTC))
    _tell_link(token)


@command.command("role")
@click.argument("email")
@click.argument("role", type=ROLES)
@data_option
def role_(email: str, role: str, data: str | None) -> None:
    """Change what an account may do."""
    with writing(settings(data)) as session:
        user = site_people.change_role(session, None, _found(session, email).id, role, now=datetime.now(UTC))
    click.echo(f"{user.email}: {user.role}")


def _password() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise Failed("standard input holds no password", "pipe it in, as in: printf '%s' PASSWORD | quizapp user add")
    return password


def _found(session: Session, email: str) -> User:
    user = accounts.user_by_email(session, email)
    if user is None:
        raise Failed(f"no account has the address {email}", "quizapp user list names all")
    return user


def _row(user: User) -> dict[str, str | None]:
    return {
        "email": user.email,
        "name": user.name,
        "role": user.role,
        "since": user.created_at.isoformat(),
        "seen": user.last_seen_at.isoformat() if user.last_seen_at else None,
        "disabled": user.disabled_at.isoformat() if user.disabled_at else None,
    }


def _line(user: User) -> tuple[str, ...]:
    seen = f"{user.last_seen_at:%Y-%m-%d}" if user.last_seen_at else "never"
    return user.email, user.name, user.role, f"{user.created_at:%Y-%m-%d}", seen


def _tell_link(token: str | None) -> None:
    if token is not None:
        click.echo(f"One-time link, put behind the server's address, good for 24 hours: {LINK.format(token=token)}")
