"""From what was heard of a competency to its verdict, in words that say what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agent.judge.evidence import Heard, Hearing, best_of
from agent.judge.levels import rate
from agent.judge.quotes import is_verified
from agent.rubric import LEVELS, Cap, Competency
from agent.transcript import Transcript
from agent.verdict import Evidence, State, Verdict

BARELY = 0.15
"""A single sentence that is heard with no more certainty is no observation."""
UNNAMED = "what is quoted, though it is no clear case of anything on the rubric's list"
MISSING = 3
"""At most so many missing indicators are named."""


def verdict_on(competency: Competency, hearing: Hearing, transcript: Transcript, substance: Sequence[float] = ()) -> Verdict:
    """The verdict on one competency: scored if anything was heard whose quote is verified, else not observed.

    `substance` has a figure for every sentence that was judged, in their order.
    """
    real = Hearing(*(tuple(one for one in side if is_verified(evidence_of(one, supports=True), transcript)) for side in hearing))
    support, against = best_of(real.support), best_of(real.against)
    if not _is_enough([*support, *against]):
        return Verdict(state=State.NOT_OBSERVED, reasoning=unheard(competency))
    caps = caps_in_force(competency, real)
    signals = [one.signal._replace(substance=substance[one.order]) if substance else one.signal for one in support]
    rating = rate(signals, [one.signal for one in against], [cap.level for cap in caps])
    return Verdict(
        state=State.SCORED,
        level=rating.level,
        score=rating.score,
        confidence=rating.confidence,
        evidence=(*(evidence_of(one, supports=True) for one in support), *(evidence_of(one, supports=False) for one in against)),
        missing=missing_of(competency, {one.id for one in support}, rating.level),
        reasoning=reasoning_of([one.text for one in support], [one.text for one in against], caps),
    )


def _is_enough(heard: Sequence[Heard]) -> bool:
    return len({one.order for one in heard}) > 1 or any(one.certainty > BARELY for one in heard)


def caps_in_force(competency: Competency, hearing: Hearing) -> tuple[Cap, ...]:
    """The caps whose counter-indicator was heard and not followed by the indicator that lifts them."""
    against = {one.id: one.order for one in hearing.against}
    support = {one.id: one.order for one in hearing.support}
    return tuple(cap for cap in competency.caps if cap.counter in against and support.get(cap.unless or "", -1) < against[cap.counter])


def evidence_of(one: Heard, *, supports: bool) -> Evidence:
    """What was heard as evidence, with the words it was heard in."""
    return Evidence(turn=one.said.turn, quote=one.said.text, indicator=one.id, text=one.text, supports=supports)


def missing_of(competency: Competency, heard: Collection[str], level: int) -> tuple[str, ...]:
    """What was not heard and the next level needs: any indicator below 3, from 3 on the strong ones while there are any."""
    if level == LEVELS[-1]:
        return ()
    unheard = [indicator for indicator in competency.indicators if indicator.id not in heard]
    strong = [indicator for indicator in unheard if indicator.strength == 2]
    wanted = strong if level >= 3 and strong else unheard
    return tuple(indicator.text for indicator in wanted[:MISSING])


def reasoning_of(support: Sequence[str], against: Sequence[str], caps: Sequence[Cap]) -> str:
    """What was heard for it and against it, as the rubric words it (empty where that is not clear), and what holds the level."""
    heard = f"Heard: {_listed(support)}." if support else "Nothing was heard that speaks for it."
    opposed = f" Against it: {_listed(against)}." if against else ""
    return heard + opposed + _held(caps)


def unheard(competency: Competency) -> str:
    """What is missing from the answers and what would count, with no claim about the scene."""
    wanted = _as_clause(competency.indicators[0].text)
    return f"Nothing the candidate said speaks clearly for or against it. What would, for one: an answer that {wanted}."


def _held(caps: Sequence[Cap]) -> str:
    if not caps:
        return ""
    lowest = min(caps, key=lambda cap: cap.level)
    return f" {lowest.reason.rstrip('.')}, which holds the level at {lowest.level}."


def _listed(heard: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(_as_clause(text) for text in heard if text)) or UNNAMED


def _as_clause(text: str) -> str:
    return (text[0].lower() + text[1:]).rstrip(".")
