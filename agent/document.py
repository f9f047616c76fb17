"""What every data file has in common: a frozen, fully checked pydantic model."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

D = TypeVar("D", bound=BaseModel)
T = TypeVar("T")

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""A name in lower case, words joined by hyphens; equal to the file's name."""

CompetencyId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=60)]
"""The id of a competency in a rubric: lower case, words joined by underscores."""

SemVer = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
"""A semantic version, `major.minor.patch`."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Prose that is not empty."""


class Document(BaseModel):
    """Base of everything read from YAML: unknown keys are errors, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_PLAIN = re.compile(r"[\w' -]*")
"""Cues that are plain words, and so right."""


@lru_cache(maxsize=20_000)
def compiled(cue: str) -> re.Pattern[str]:
    """A cue as a regular expression; each is compiled once."""
    return re.compile(cue)


def _all_compile(cues: tuple[str, ...]) -> tuple[str, ...]:
    for cue in cues:
        if _PLAIN.fullmatch(cue):
            continue
        try:
            compiled(cue)
        except re.error as error:
            raise ValueError(f"cue {cue!r} is not a regular expression: {error}") from error
    return cues


Cues = Annotated[tuple[str, ...], AfterValidator(_all_compile)]
"""Regular expressions, matched against lower-case text at word boundaries."""


class Pattern(Document):
    """How a thing said is recognised: by sentences that mean it, and by words that give it away.

    A sentence is a hit when it is close in meaning to an example and no closer to a counter-example. A cue
    lowers the bar; it never decides alone.
    """

    examples: tuple[Text, ...] = Field(min_length=1, description="Sentences a candidate might say that mean this, in varied wording.")
    not_examples: tuple[Text, ...] = Field(default=(), description="Sentences that sound alike but do not mean it.")
    cues: Cues = Field(default=(), description="Words or regular expressions that speak for it.")
    requires: Cues = Field(default=(), description="If given, at least one must occur, whatever the similarity.")


class PerDocument(Generic[D, T]):
    """What a function makes of a document, worked out once for each: documents never change. The last few are kept, by identity."""

    def __init__(self, make: Callable[[D], T], kept: int = 8) -> None:
        self._make = make
        self._most = kept
        self._kept: dict[int, tuple[D, T]] = {}

    def __call__(self, document: D) -> T:
        """What the function makes of it."""
        found = self._kept.get(id(document))
        if found is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            found = self._kept[id(document)] = document, self._make(document)
        return found[1]


def fingerprint(document: BaseModel) -> str:
    """The sha256 of a document's canonical JSON: the same for the same content, however its file is laid out."""
    return digest(document.model_dump(mode="json"))


def digest(content: object) -> str:
    """The sha256 of the canonical JSON of what a JSON file holds."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
