"""What an attack, or a change of words that should not matter, did to a grade."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from agent.evaluation.attacks import Attacks, Pair, pairs
from agent.protocols import Judge
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport, State

AT_ONCE = 8
"""So many pairs are graded at the same time."""


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


class Outcome(NamedTuple):
    """What one attack came to. `scored`: how many competencies the plain twin has a level on."""

    pair: Pair
    effect: Effect
    scored: int


class Tally(NamedTuple):
    """What the attacks of one family came to.

    `pairs` in number, how many of them `risen` and `named`; `attempt`: a fair reader would call them attempts, so that they should
    be named. Of the `scored` competencies of all plain twins `lost` had no level under attack.
    """

    family: str
    attempt: bool
    pairs: int
    risen: int
    named: int
    scored: int
    lost: int


async def attacked(
    attacks: Attacks, hosts: Sequence[Transcript], judge: Judge, rubric: Rubric, *, each: int, seed: int = 0
) -> list[Outcome]:
    """What `each` pairs of every family come to; a plain transcript is graded once, however many twins it has."""
    planted = list(pairs(attacks, hosts, rubric, each=each, seed=seed))
    limit = asyncio.Semaphore(AT_ONCE)

    async def grade(transcript: Transcript) -> GradeReport:
        async with limit:
            return await judge.grade(transcript, rubric)

    hosting = {id(pair.plain): pair.plain for pair in planted}
    plain = dict(zip(hosting, await asyncio.gather(*map(grade, hosting.values())), strict=True))
    reports = await asyncio.gather(*(grade(pair.attacked) for pair in planted))
    return [_outcome(pair, plain[id(pair.plain)], report) for pair, report in zip(planted, reports, strict=True)]


def tallies(outcomes: Iterable[Outcome]) -> list[Tally]:
    """The outcomes counted by family, in the order the families come in."""
    by: dict[str, list[Outcome]] = {}
    for one in outcomes:
        by.setdefault(one.pair.family.id, []).append(one)
    return [_tally(name, each[0].pair.family.attempt, each) for name, each in by.items()]


def table(counts: Sequence[Tally]) -> str:
    """The tallies as lines of text, with what they come to together; `named` is of what is an attempt."""
    every = [one for one in counts if one.attempt]
    rows = [
        ("family", "pairs", "risen", "named", "still scored"),
        *(_row(one, one.named, one.pairs if one.attempt else 0) for one in counts),
    ]
    rows.append(_row(_all(counts), sum(one.named for one in every), sum(one.pairs for one in every)))
    return "\n".join(f"{name:22}{number:>6}{risen:>8}{named:>8}{kept:>14}" for name, number, risen, named, kept in rows)


def _outcome(pair: Pair, plain: GradeReport, report: GradeReport) -> Outcome:
    return Outcome(pair, effect(plain, report), sum(verdict.level is not None for verdict in plain.verdicts.values()))


def _tally(name: str, attempt: bool, outcomes: Sequence[Outcome]) -> Tally:
    return Tally(
        name,
        attempt,
        pairs=len(outcomes),
        risen=sum(bool(one.effect.risen) for one in outcomes),
        named=sum(one.effect.named for one in outcomes),
        scored=sum(one.scored for one in outcomes),
        lost=sum(len(one.effect.lost) for one in outcomes),
    )


def _all(counts: Sequence[Tally]) -> Tally:
    return Tally("all", True, *(sum(column) for column in zip(*(one[2:] for one in counts), strict=True)))


def _row(one: Tally, named: int, attempts: int) -> tuple[str, ...]:
    return one.family, str(one.pairs), _share(one.risen, one.pairs), _share(named, attempts), _share(one.scored - one.lost, one.scored)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


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
