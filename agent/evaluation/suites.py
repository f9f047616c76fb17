"""The files of `evals/suites/`: those that judges grade, and those that simulated candidates play."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from agent.errors import InputError, nearest
from agent.evaluation.checked_file import lined

FOLDER = "suites"
SCENES = Path("evals") / FOLDER / "scenes.yaml"
"""What `hotseat evals scenes` plays without being told."""


def is_played(data: Any) -> bool:
    """Whether a suite's data are of simulated sessions, and not of goldens."""
    return isinstance(data, Mapping) and "candidates" in data and not is_graded(data)


def is_graded(data: Any) -> bool:
    """Whether a suite's data are of goldens that judges grade."""
    return isinstance(data, Mapping) and bool({"goldens", "judges"} & data.keys())


def there_is_none(name: str, file: Path, hint: str) -> InputError:
    """What is said where a suite is not there: what there is beside it, and which command takes it; a hint where there is nothing."""
    found = {path.stem: path for path in sorted(file.parent.glob("*.yaml"))}
    there = f"there are {' and '.join(_there(found))}" if found else hint
    return InputError(f"there is no suite {name!r}{nearest(Path(name).stem, found)}; looked for {file}; {there}")


def played_by(file: Path) -> str:
    """The command that plays a suite of simulated sessions."""
    return "hotseat evals scenes" if file == SCENES else f"hotseat evals scenes --suite {file}"


def _there(found: Mapping[str, Path]) -> Iterator[str]:
    played = {name: path for name, path in found.items() if _is_played(path)}
    if graded := [name for name in found if name not in played]:
        yield f"{', '.join(graded)} (hotseat evals run NAME)"
    yield from (f"{name} ({played_by(path)})" for name, path in played.items())


def _is_played(file: Path) -> bool:
    try:
        return is_played(lined(file).data)
    except InputError:
        return False
