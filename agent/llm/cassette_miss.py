"""Why a call is not on a cassette: the nearest call that is, and exactly what differs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from agent.errors import CassetteMiss, ModelError
from agent.llm.cassette_file import read

_MOST_SHOWN = 8
KEPT = 2_000
"""So many requests of cassettes are kept in memory once a call was missing."""
_AROUND = 40
"""Characters of a text that are shown from where it differs."""

Leaves = dict[str, Any]
"""A request laid flat: `messages[3].content` and its value."""


class Difference(NamedTuple):
    """A part of a request that is another one in a recording. None stands for a part that is not there."""

    where: str
    asked: Any
    recorded: Any

    def __str__(self) -> str:
        """In words, what was asked first."""
        if not (isinstance(self.asked, str) and isinstance(self.recorded, str)):
            return f"{self.where} {_shown(self.asked)} / {_shown(self.recorded)}"
        at = _same_start(self.asked, self.recorded)
        return f"{self.where} differs from character {at + 1}: {_shown(self.asked[at:])} / {_shown(self.recorded[at:])}"

    @property
    def size(self) -> int:
        """How many characters are not the same."""
        asked, recorded = ("" if one is None else str(one) for one in (self.asked, self.recorded))
        at = _same_start(asked, recorded)
        return max(len(asked), len(recorded)) - at - _same_start(asked[at:][::-1], recorded[at:][::-1])


def miss(request: dict[str, Any], folder: Path) -> CassetteMiss:
    """The error that says what was asked, what the nearest recording is, and how they differ. Reads the whole folder, the first time."""
    what = f"the cassette {str(folder)!r} has no answer to this call of the {request['role']} ({request['prompt']['name']})"
    near = min(_recorded(folder), key=lambda found: _distance(request, found[1]), default=None)
    if near is None:
        return CassetteMiss(f"{what}; it holds no calls at all\n{_how(folder)}")
    path, recorded = near
    differences = list(differing(request, recorded))
    shown = "".join(f"\n  {difference}" for difference in differences[:_MOST_SHOWN])
    more = f"\n  and {len(differences) - _MOST_SHOWN} more" if len(differences) > _MOST_SHOWN else ""
    return CassetteMiss(f"{what}\nThe nearest is {path.relative_to(folder)}, where (asked / recorded):{shown}{more}\n{_how(folder)}")


def _how(folder: Path) -> str:
    return f"Record it: play the same with the model itself, recording into {str(folder)!r}."


def differing(asked: Any, recorded: Any, where: str = "") -> Iterator[Difference]:
    """Every part in which two requests differ, in the order of the parts. What is the same on both sides is not looked into."""
    if asked == recorded:
        return
    if isinstance(asked, dict) and isinstance(recorded, dict):
        for key in dict.fromkeys((*asked, *recorded)):
            yield from differing(asked.get(key), recorded.get(key), f"{where}.{key}".removeprefix("."))
    elif isinstance(asked, list) and isinstance(recorded, list):
        for position, (ours, theirs) in enumerate(zip_longest(asked, recorded)):
            yield from differing(ours, theirs, f"{where}[{position}]")
    else:
        yield from _of_leaves(dict(_leaves(asked, where)), dict(_leaves(recorded, where)))


def _of_leaves(ours: Leaves, theirs: Leaves) -> Iterator[Difference]:
    """The differences of two parts of which one at least is a single value."""
    for where in dict.fromkeys((*ours, *theirs)):
        if ours.get(where) != theirs.get(where):
            yield Difference(where, ours.get(where), theirs.get(where))


def _recorded(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.glob("??/*.json")):
        with suppress(FileNotFoundError):
            found = path.stat()
            request = _request(path, found.st_mtime_ns, found.st_size)
            if request is not None:
                yield path, request


@lru_cache(maxsize=KEPT)
def _request(path: Path, changed: int, size: int) -> dict[str, Any] | None:
    """The request in a file, None where that is damaged. It is kept, for where one call is missing others are."""
    try:
        return read(path).request
    except (ModelError, FileNotFoundError):
        return None


def _distance(asked: dict[str, Any], recorded: dict[str, Any]) -> tuple[bool, bool, int]:
    is_other_prompt = asked["prompt"]["name"] != recorded["prompt"]["name"]
    return asked["role"] != recorded["role"], is_other_prompt, sum(difference.size for difference in differing(asked, recorded))


def _leaves(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(inner, f"{where}.{key}".removeprefix("."))
    elif isinstance(value, list) and value:
        for position, inner in enumerate(value):
            yield from _leaves(inner, f"{where}[{position}]")
    else:
        yield where, value


def _same_start(one: str, other: str) -> int:
    """The length of the longest common beginning."""
    shortest = min(len(one), len(other))
    return bisect_left(range(shortest), True, key=lambda end: one[: end + 1] != other[: end + 1])


def _shown(value: Any) -> str:
    if value is None:
        return "not there"
    return repr(f"{value[:_AROUND]}…" if isinstance(value, str) and len(value) > _AROUND else value)
