"""What changed from one version of a rubric to another: weights, anchors, indicators, caps, and which competencies they touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from agent.document import Document
from agent.rubric import Cap, Competency, Indicator, Rubric

Way = Literal["added", "removed", "changed"]
_Parts = dict[str, dict[str, str]]
"""Everything of a competency that can differ, in words, by kind and name."""


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
    return RubricDiff(before=before.name, after=after.name, changes=tuple(_changes(before, after)))


def _changes(before: Rubric, after: Rubric) -> Iterator[Change]:
    old, new = _by_id(before.competencies), _by_id(after.competencies)
    for name in [*new, *(name for name in old if name not in new)]:
        if name not in new:
            yield Change(competency=name, part="competency", way="removed", before=old[name].name)
        elif name not in old:
            yield Change(competency=name, part="competency", way="added", after=new[name].name)
        else:
            yield from _within(name, _parts(old[name], before), _parts(new[name], after))


def _within(competency: str, old: _Parts, new: _Parts) -> Iterator[Change]:
    for kind, after in new.items():
        before = old[kind]
        for part in [*after, *(part for part in before if part not in after)]:
            if before.get(part) != after.get(part):
                yield _change(competency, f"{kind} {part}".strip(), before.get(part), after.get(part))


def _change(competency: str, part: str, before: str | None, after: str | None) -> Change:
    way: Way = "added" if before is None else "removed" if after is None else "changed"
    return Change(competency=competency, part=part, way=way, before=before, after=after)


def _parts(competency: Competency, rubric: Rubric) -> _Parts:
    alone = {"name": competency.name, "definition": competency.definition, "weight": f"{competency.weight:g}"}
    return {
        "": alone | {"not observed": competency.not_observed},
        "weight in": {name: f"{weights[competency.id]:g}" for name, weights in rubric.formats.items() if competency.id in weights},
        "level": {str(level): text for level, text in competency.levels.items()},
        "indicator": {one.id: _indicator(one) for one in competency.indicators},
        "counter-indicator": {one.id: _indicator(one) for one in competency.counter_indicators},
        "cap": {cap.counter: _cap(cap) for cap in competency.caps},
        "next step": {str(number): text for number, text in enumerate(competency.next_steps, 1)},
    }


def _indicator(one: Indicator) -> str:
    heard = {name: value for name, value in one.heard.model_dump().items() if value}
    listed = "; ".join(f"{name.replace('_', '-')}: {' | '.join(map(str, value))}" for name, value in heard.items())
    return f"{one.text} (strength {one.strength}) [{listed}]"


def _cap(cap: Cap) -> str:
    unless = f", unless {cap.unless} follows" if cap.unless else ""
    return f"at most {cap.level}{unless}: {cap.reason}"


def _by_id(competencies: Iterable[Competency]) -> dict[str, Competency]:
    return {each.id: each for each in competencies}
