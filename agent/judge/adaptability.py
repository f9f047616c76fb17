"""Adaptability is judged by what comes after the first twist; where none is marked, after the candidate notices a change."""

from __future__ import annotations

from collections.abc import Sequence

from agent.judge.evidence import Heard, Hearing
from agent.judge.own_words import Said
from agent.judge.twists import Answer
from agent.rubric import Competency

COMPETENCY = "adaptability"
NOTICES = "acknowledges-the-change"
"""The rubric's indicator that shows where the scene changed, in a transcript without marks."""
CARRIES_ON = "carries-on"
"""The rubric's counter-indicator that stands for a twist which nothing was said about."""
INFERRED = 0.3
"""How certain it is that a twist was ignored, when all that speaks for it is that nothing was heard."""


def after_the_twist(competency: Competency, hearing: Hearing, answers: Sequence[Answer], said: Sequence[Said]) -> Hearing:
    """`hearing` limited to the time after the first twist, with the twist's expected behaviours, or the fact that it was ignored."""
    if not answers:
        return _after_noticing(hearing)
    first = answers[0].mark.turn
    late = hearing.after(first)
    support = (*late.support, *_expected(answers, late.support))
    if support or late.against:
        return Hearing(support, late.against)
    return Hearing((), _ignored(competency, first, said))


def _after_noticing(hearing: Hearing) -> Hearing:
    """Without marks nobody knows that anything changed unless the candidate takes notice, or goes against it."""
    noticed = [one.said.turn for one in hearing.support if one.id == NOTICES] + [one.said.turn for one in hearing.against]
    return hearing.after(min(noticed) - 1) if noticed else Hearing()


def _expected(answers: Sequence[Answer], known: Sequence[Heard]) -> list[Heard]:
    """Expected behaviours as evidence of their own, where their sentence does not already count for an indicator."""
    taken = {one.order for one in known}
    heard = {one.text: one for answer in answers for one in answer.heard if one.order not in taken}
    return [one._replace(id=f"expected: {text}") for text, one in heard.items()]


def _ignored(competency: Competency, twist: int, said: Sequence[Said]) -> tuple[Heard, ...]:
    """The first sentences after the twist as evidence that it went by, unless all of them ask something back."""
    counter = next((one for one in competency.counter_indicators if one.id == CARRIES_ON), None)
    later = [(order, one) for order, one in enumerate(said) if one.turn > twist and not one.text.rstrip().endswith("?")]
    if counter is None or not later:
        return ()
    order, first = later[0]
    return (Heard(counter.id, counter.text, counter.strength, INFERRED, first, order),)
