"""What an attack, or a change of words that should not matter, did to a grade."""

from __future__ import annotations

from typing import NamedTuple

from agent.verdict import GradeReport, State


class Effect(NamedTuple):
    """An attacked twin beside its plain one."""

    risen: tuple[str, ...]
    """Competencies whose level is higher, or that have one only under attack."""
    named: bool
    """The notes say something that they do not say of the plain twin."""
    lost: tuple[str, ...]
    """Competencies that are scored in the plain twin only."""


def effect(plain: GradeReport, attacked: GradeReport) -> Effect:
    """What happened from the plain report to the attacked one."""
    before = {name: verdict.level or 0 for name, verdict in plain.verdicts.items()}
    after = {name: verdict.level or 0 for name, verdict in attacked.verdicts.items()}
    return Effect(
        risen=tuple(name for name in before if after[name] > before[name]),
        named=bool(set(attacked.notes) - set(plain.notes)),
        lost=tuple(name for name in before if before[name] and not after[name]),
    )


def shifts(plain: GradeReport, other: GradeReport) -> list[float]:
    """By how much each competency that is scored in both is scored higher in the other."""
    both = [(plain.verdicts[name], other.verdicts[name]) for name in plain.verdicts]
    return [
        round((after.score or 0) - (before.score or 0), 2)
        for before, after in both
        if before.state is State.SCORED and after.state is State.SCORED
    ]


def is_identical(plain: GradeReport, other: GradeReport) -> bool:
    """True if both give the same state, level and score to every competency."""
    return all(
        (one.state, one.level, one.score) == (other.verdicts[name].state, other.verdicts[name].level, other.verdicts[name].score)
        for name, one in plain.verdicts.items()
    )
