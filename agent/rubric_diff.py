"""What changed from one version of a rubric to another: weights, anchors, indicators, caps, and which competencies they touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from agent.document import Document
from agent.rubric import Cap, Competency, Indicator, Rubric

Way = Literal["added", "removed", "changed"]


class Change(Document):
    """One thing that differs. `part` names it within its competency; `before` and `after` are its words, None where it is not there."""

    competency: str
    part: str
    way: Way
    before: str | None = None
    after: str | None = None


class RubricDiff(Document):
    """All that differs, in the order of the newer rubric, and the competencies whose grades it can move."""

    before: str
    after: str
    changes: tuple[Change, ...]

    @property
    def affected(self) -> tuple[str, ...]:
        """The competencies with a change, each once."""
        return tuple(dict.fromkeys(change.competency for change in self.changes))

    def as_json(self) -> dict[str, Any]:
        """It as plain data."""
        return {"format": 1, **self.model_dump(mode="json"), "affected": list(self.affected)}


def diff(before: Rubric, after: Rubric) -> RubricDiff:
    """What changed from `before` to `after`."""
    old, new = _by_id(before.competencies), _by_id(after.competencies)
    return RubricDiff(before=before.name, after=after.name, changes=tuple(_changes(old, new)))


def _changes(old: Mapping[str, Competency], new: Mapping[str, Competency]) -> Iterator[Change]:
    for name in [*new, *(name for name in old if name not in new)]:
        if name not in new:
            yield Change(competency=name, part="competency", way="removed", before=old[name].name)
        elif name not in old:
            yield Change(competency=name, part="competency", way="added", after=new[name].name)
        else:
            yield from _within(old[name], new[name])


def _within(old: Competency, new: Competency) -> Iterator[Change]:
    for one, other in zip(_parts(old), _parts(new), strict=True):
        kind, before = one
        _, after = other
        for part in [*after, *(part for part in before if part not in after)]:
            if before.get(part) != after.get(part):
                yield _change(new.id, f"{kind} {part}".strip(), before.get(part), after.get(part))


def _change(competency: str, part: str, before: str | None, after: str | None) -> Change:
    way: Way = "added" if before is None else "removed" if after is None else "changed"
    return Change(competency=competency, part=part, way=way, before=before, after=after)


def _parts(competency: Competency) -> list[tuple[str, dict[str, str]]]:
    """Everything of a competency that can differ, in words, by kind and name."""
    alone = {"name": competency.name, "definition": competency.definition, "weight": f"{competency.weight:g}"}
    return [
        ("", alone | {"not observed": competency.not_observed}),
        ("level", {str(level): text for level, text in competency.levels.items()}),
        ("indicator", {one.id: _indicator(one) for one in competency.indicators}),
        ("counter-indicator", {one.id: _indicator(one) for one in competency.counter_indicators}),
        ("cap", {cap.counter: _cap(cap) for cap in competency.caps}),
        ("next step", {str(number): text for number, text in enumerate(competency.next_steps, 1)}),
    ]


def _indicator(one: Indicator) -> str:
    heard = {name: value for name, value in one.heard.model_dump().items() if value}
    listed = "; ".join(f"{name.replace('_', '-')}: {' | '.join(map(str, value))}" for name, value in heard.items())
    return f"{one.text} (strength {one.strength}) [{listed}]"


def _cap(cap: Cap) -> str:
    unless = f", unless {cap.unless} follows" if cap.unless else ""
    return f"at most {cap.level}{unless}: {cap.reason}"


def _by_id(competencies: Iterable[Competency]) -> dict[str, Competency]:
    return {each.id: each for each in competencies}
