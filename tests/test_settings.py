"""What the environment decides."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent.settings import Settings


def _settings(**env: str) -> Settings:
    return Settings.from_environment(env)


def test_without_anything_the_user_s_directories() -> None:
    settings = _settings()
    assert settings.home is None
    assert Path(settings.database).name == "sessions.db"
    assert Path(settings.database).parent in settings.user_dirs
    assert (settings.plain, settings.color, settings.library_dirs) == (False, True, ())


def test_one_home_for_everything(tmp_path: Path) -> None:
    settings = _settings(HOTSEAT_HOME=str(tmp_path))
    assert settings.database == str(tmp_path / "sessions.db")
    assert settings.user_dirs[0] == tmp_path
    assert settings.cache_dir == tmp_path / "cache"


def test_it_creates_nothing(tmp_path: Path) -> None:
    _settings(HOTSEAT_HOME=str(tmp_path / "new"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("value", "database"),
    [
        ("postgresql://host/db", "postgresql://host/db"),
        ("/data/a.db", str(Path("/data/a.db"))),
        (" a.db ", "a.db"),
        ("~nobody-of-that-name/a.db", str(Path("~nobody-of-that-name/a.db"))),
    ],
)
def test_a_database_by_path_or_url(value: str, database: str) -> None:
    assert _settings(HOTSEAT_DB=value).database == database


def test_a_tilde_is_the_user_s_home() -> None:
    assert _settings(HOTSEAT_DB="~/a.db").database == str(Path.home() / "a.db")


def test_the_search_path_in_order(tmp_path: Path) -> None:
    a, b, extra = tmp_path / "a", tmp_path / "b", tmp_path / "extra"
    settings = _settings(HOTSEAT_LIBRARY=os.pathsep.join([str(a), "", str(b)]), HOTSEAT_HOME=str(tmp_path))
    assert settings.search_path(extra)[:4] == (extra, a, b, tmp_path)
    assert settings.search_path()[:3] == (a, b, tmp_path)


@pytest.mark.parametrize(
    ("env", "plain", "color"),
    [
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, False, True),
        ({"TERM": "dumb"}, True, False),
        ({"HOTSEAT_PLAIN": "1"}, True, False),
        ({"HOTSEAT_PLAIN": "0"}, False, True),
    ],
)
def test_how_the_terminal_is_drawn(env: dict[str, str], plain: bool, color: bool) -> None:
    settings = Settings.from_environment(env)
    assert (settings.plain, settings.color) == (plain, color)
