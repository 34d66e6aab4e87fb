"""Settings come typed and checked from the environment; the signing key is made once and kept from others."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from quizapp.config import BadSettingError, Config, load_config, secret_key


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MINUTES_A_DAY", "a lot"),
        ("MINUTES_A_DAY", "0"),
        ("RETENTION", "1.5"),
        ("RECOGNITION_CAP", "0"),
        ("PROXIES", "-1"),
        ("SIGN_UP", "perhaps"),
        ("ZONE", "Europe/Atlantis"),
        ("SECRET_KEY", "too short"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSettingError, match=f"QUIZAPP_{name}"):
        load_config({f"QUIZAPP_{name}": value})


def test_settings_are_read_by_type() -> None:
    config = load_config({"QUIZAPP_SIGN_UP": "no", "QUIZAPP_MINUTES_A_DAY": "35", "QUIZAPP_RETENTION": "0.85"})
    assert (config.sign_up, config.minutes_a_day, config.retention) == (False, 35, 0.85)


def test_what_the_command_line_says_wins() -> None:
    assert load_config({"QUIZAPP_DATA": "/one"}, data="/two").data == "/two"
    assert load_config({"QUIZAPP_DATA": "/one"}, data=None).data == "/one"


def test_the_database_is_a_file_in_the_data_folder_unless_named(tmp_path: Path) -> None:
    assert load_config({"QUIZAPP_DATA": str(tmp_path)}).url == f"sqlite:///{tmp_path / 'quizapp.sqlite3'}"
    named = load_config({"DATABASE_URL": "postgres://u:p@host/db"})
    assert named.url == "postgresql+psycopg://u:p@host/db"


def test_the_signing_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    config = Config(data=str(tmp_path / "data"))
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key(config), range(32)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 32
    (kept,) = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_given_signing_key_is_not_written_anywhere(tmp_path: Path) -> None:
    config = Config(data=str(tmp_path / "data"), secret_key="k" * 40)
    assert secret_key(config) == "k" * 40
    assert not (tmp_path / "data").exists()
