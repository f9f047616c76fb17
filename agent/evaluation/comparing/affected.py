"""Which competencies a change of a rubric can touch, and how far: their levels, only what they weigh, or only what to practise.

A level depends on what a judge reads of a competency: name, definition, anchors, indicators and counter-indicators with their examples,
caps, and when it is not observed. A weight enters the overall score alone, and a next step no figure at all.
"""

from __future__ import annotations

from collections.abc import Callable

from agent.document import Document
from agent.rubric import Rubric
from agent.rubric_diff import Change, RubricDiff

WEIGHTS = ("weight",)
ADVICE = ("next step",)
WHOLE = "competency"


class Affected(Document):
    """Competencies by what of them changed. `weights` may name one of `levels` again; `untouched` are all whose levels cannot move."""

    levels: tuple[str, ...]
    weights: tuple[str, ...]
    advice: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    untouched: tuple[str, ...]

    @property
    def moves_overall(self) -> bool:
        """Whether the overall score is put together in another way, so that what stayed the same has to be graded too."""
        return bool(self.weights or self.added or self.removed)


def affected(found: RubricDiff, before: Rubric) -> Affected:
    """What a difference between two versions touches."""
    added = _with(found, lambda change: change.part == WHOLE and change.way == "added")
    removed = _with(found, lambda change: change.part == WHOLE and change.way == "removed")
    levels = _with(found, lambda change: change.part != WHOLE and not change.part.startswith((*WEIGHTS, *ADVICE)))
    weighed = _with(found, lambda change: change.part.startswith(WEIGHTS))
    advised = _with(found, lambda change: change.part.startswith(ADVICE))
    names = [each.id for each in before.competencies]
    return Affected(
        levels=levels,
        weights=weighed,
        advice=tuple(name for name in advised if name not in (*levels, *weighed)),
        added=added,
        removed=removed,
        untouched=tuple(name for name in names if name not in (*levels, *removed)),
    )


def narrowed(rubric: Rubric, names: tuple[str, ...]) -> Rubric:
    """The rubric with these competencies alone."""
    return rubric.model_copy(update={"competencies": tuple(each for each in rubric.competencies if each.id in names), "formats": {}})


def _with(found: RubricDiff, fits: Callable[[Change], bool]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(change.competency for change in found.changes if fits(change)))
