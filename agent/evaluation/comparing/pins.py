"""What decides a grade, as it is kept in a report: judge, model, prompts, rubric, package, each by a name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from agent.document import Document
from agent.verdict import GradeReport

PROVIDER = "model"
"""What a provider says it answered with; everything else is chosen on this side."""
NOT_PINS = ("usage", "examples")
"""What differs from grading to grading."""

Pins = Mapping[str, tuple[str, ...]]
"""By name, every value that occurs; one, unless the reports are of several kinds."""


class PinChange(Document):
    """A pin that is not the same; None where there is no such pin."""

    name: str
    before: str | None
    after: str | None

    @property
    def is_provider_s(self) -> bool:
        """Whether it is the model that the provider names."""
        return self.name.rpartition(" ")[2] == PROVIDER

    def __str__(self) -> str:
        return f"{self.name}: {self.before or 'none'} → {self.after or 'none'}"


def pins_of(reports: Iterable[GradeReport]) -> dict[str, tuple[str, ...]]:
    """The pins of all these reports together."""
    found: dict[str, set[str]] = {}
    for report in reports:
        for name, value in _pins(report):
            found.setdefault(name, set()).add(value)
    return {name: tuple(sorted(values)) for name, values in sorted(found.items())}


def changes(before: Pins, after: Pins) -> tuple[PinChange, ...]:
    """The pins that differ, by name."""
    return tuple(
        PinChange(name=name, before=_shown(before.get(name)), after=_shown(after.get(name)))
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    )


def _pins(report: GradeReport) -> Iterator[tuple[str, str]]:
    judge, rubric = report.judge, report.rubric
    yield from (("judge", judge.id), ("judge version", judge.version), ("package", judge.package))
    yield "rubric", f"{rubric.id}@{rubric.version} {rubric.sha256[:12]}"
    yield from _flat("", judge.parameters)


def _flat(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every leaf by the names that lead to it."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            if name not in NOT_PINS:
                yield from _flat(f"{path} {name}".strip(), each)
    elif isinstance(value, list | tuple) and any(isinstance(each, Mapping) for each in value):
        for number, each in enumerate(value, 1):
            yield from _flat(f"{path} {number}".strip(), each)
    else:
        yield path, _text(value)


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    return value if isinstance(value, str) else json.dumps(value)


def _shown(values: tuple[str, ...] | None) -> str | None:
    return None if values is None else " and ".join(value[:80] for value in values)
