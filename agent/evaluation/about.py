"""Who gave the ratings of a file, on what and with which rubric: `FILE.about.json` beside `FILE`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from agent.document import Document, fingerprint
from agent.errors import InputError
from agent.rubric import Rubric
from agent.verdict import RubricPin
from agent.version import __version__

Kind = Literal["person", "model"]


class About(Document):
    """Where ratings come from. Times are UTC, ISO 8601."""

    format: Literal[1] = 1
    rater: str
    kind: Kind = Field(description="As the rater said. What no person rated is never called human.")
    background: str | None = Field(default=None, description="What the rater told about themselves, in their words.")
    rubric: RubricPin
    items: dict[str, str] = Field(description="By item: the sha256 of its file, or of the text of a session.")
    seed: int = Field(description="Of the order in which the first sitting showed the items.")
    package: str = Field(description="The version of Hotseat that wrote last.")
    started: str
    last_written: str

    def continued(self, rubric: Rubric, items: Mapping[str, str], rated: Iterable[str]) -> About:
        """It with the items of another sitting; `rated` are those that have ratings.

        Raises:
            InputError: the rubric or a rated item is not what it was, so the ratings would not be about the same.
        """
        if self.rubric != pin(rubric):
            raise InputError(
                f"the file was begun with {self.rubric.id}@{self.rubric.version} (sha256 {self.rubric.sha256[:12]}…), not with "
                f"{rubric.name} ({fingerprint(rubric)[:12]}…); go on with --rubric {self.rubric.id}@{self.rubric.version}, or name "
                "another file with --out"
            )
        for item in rated:
            if item in self.items and items.get(item, self.items[item]) != self.items[item]:
                raise InputError(f"{item!r} has changed since it was rated; rate what it is now into another file with --out")
        return self.model_copy(update={"items": {**self.items, **items}})


def begun(rater: str, kind: Kind, background: str, rubric: Rubric, items: Mapping[str, str], seed: int) -> About:
    """What is known when the first sitting begins."""
    at = now()
    return About(
        rater=rater,
        kind=kind,
        background=background or None,
        rubric=pin(rubric),
        items=dict(items),
        seed=seed,
        package=__version__,
        started=at,
        last_written=at,
    )


def pin(rubric: Rubric) -> RubricPin:
    """The rubric by name and content."""
    return RubricPin(id=rubric.slug, version=rubric.version, sha256=fingerprint(rubric))


def now() -> str:
    """The time, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def about_file(ratings: Path) -> Path:
    """Where it lies."""
    return ratings.with_name(f"{ratings.name}.about.json")


def read_about(ratings: Path) -> About | None:
    """What is known about a file of ratings; None where nothing is.

    Raises:
        InputError: the file beside it is damaged.
    """
    file = about_file(ratings)
    try:
        return About.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise InputError(f"{file} does not tell where ratings come from: {place}: {first['msg']}; mend it or move it away") from error


def keep_about(about: About, ratings: Path) -> None:
    """Writes it whole or not at all, with the time and this version. Items are sorted, so that it does not tell their order.

    Raises:
        InputError: it cannot be written.
    """
    file = about_file(ratings)
    told = about.model_copy(update={"items": dict(sorted(about.items.items())), "package": __version__, "last_written": now()})
    aside = file.with_name(f".{file.name}.tmp")
    try:
        with aside.open("w", encoding="ascii") as stream:
            stream.write(json.dumps(told.model_dump(mode="json"), indent=1) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(file)
    except OSError as error:
        raise InputError(f"cannot write {file}: {error.strerror}") from error
