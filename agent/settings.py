"""What the environment decides: where things lie, and how the terminal is drawn."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

APP = "hotseat"


@dataclass(frozen=True)
class Settings:
    """Places and display, read once at the edge and handed down.

    `database` is a SQLAlchemy URL or the path of an SQLite file. `user_dirs` are where this user keeps own personas,
    scenarios and rubrics: `$HOTSEAT_HOME` if set, then the user's config and data directories.
    """

    home: Path | None
    database: str
    library_dirs: tuple[Path, ...]
    user_dirs: tuple[Path, ...]
    cache_dir: Path
    plain: bool
    color: bool
    calm: bool

    @classmethod
    def from_environment(cls, env: Mapping[str, str] | None = None) -> Settings:
        """The settings that `env` (by default the process environment) asks for; creates nothing."""
        import platformdirs

        env = os.environ if env is None else env
        home = _path(env.get("HOTSEAT_HOME", ""))
        data = home or platformdirs.user_data_path(APP, appauthor=False)
        cache = home / "cache" if home else platformdirs.user_cache_path(APP, appauthor=False)
        plain = _is_on(env.get("HOTSEAT_PLAIN", "")) or env.get("TERM") == "dumb"
        return cls(
            home=home,
            database=_database(env.get("HOTSEAT_DB", ""), data / "sessions.db"),
            library_dirs=_paths(env.get("HOTSEAT_LIBRARY", "")),
            user_dirs=_user_dirs(home),
            cache_dir=_path(env.get("HOTSEAT_CACHE", "")) or cache,
            plain=plain,
            color=not plain and not env.get("NO_COLOR"),
            calm=_is_on(env.get("HOTSEAT_CALM", "")),
        )

    @property
    def is_first_run(self) -> bool:
        """Whether nothing has been played on this machine: there is no file of sessions yet."""
        return "://" not in self.database and not Path(self.database).exists()

    def search_path(self, extra: Path | None = None) -> tuple[Path, ...]:
        """Directories that may hold library files, the first one wins; the shipped ones come after them."""
        places = (*([extra] if extra else []), *self.library_dirs, *self.user_dirs)
        return tuple(dict.fromkeys(places))


def _user_dirs(home: Path | None) -> tuple[Path, ...]:
    import platformdirs

    own = (platformdirs.user_config_path(APP, appauthor=False), platformdirs.user_data_path(APP, appauthor=False))
    return tuple(dict.fromkeys((*([home] if home else []), *own)))


def _database(value: str, default: Path) -> str:
    if "://" in value:
        return value.strip()
    return str(_path(value) or default)


def _path(value: str) -> Path | None:
    path = Path(value.strip())
    try:
        return path.expanduser() if value.strip() else None
    except RuntimeError:  # a tilde in front of a user that does not exist: a file name like any other
        return path


def _paths(value: str) -> tuple[Path, ...]:
    return tuple(path for part in value.split(os.pathsep) if (path := _path(part)))


def _is_on(value: str) -> bool:
    return value.strip().lower() not in ("", "0", "no", "off", "false")
