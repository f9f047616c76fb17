"""Insults and contempt towards the people in the room: evidence against, however short, unless apologised for later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from agent.judge.evidence import Heard, Hearing
from agent.judge.own_words import Said
from agent.judge.rude import is_contempt
from agent.rubric import Competency, Rubric

COUNTERS = {"resilience": "hostile", "collaboration_influence": "contempt"}
"""The counter-indicator of the rubric that contempt stands for, by competency."""

_APOLOGY = re.compile(
    r"\b(?:i(?:'m| am)|so|very|really) (?:\w+ )?sorry\b|^\W*sorry\b(?!.*\bbut you\b)|\b(?:i|my) apolog\w+\b"
    r"|\bi take (?:that|it) back\b|\bi (?:should not|shouldn't) have (?:said|called|spoken|sworn|snapped)\b"
    r"|\bthat was (?:rude|out of line|uncalled for|unfair of me)\b",
    re.IGNORECASE,
)


def with_contempt(rubric: Rubric, heard: dict[str, Hearing], said: Sequence[Said]) -> dict[str, Hearing]:
    """`heard` with every insult as evidence against; what was apologised for afterwards counts no more."""
    rude = {order: one for order, one in enumerate(said) if is_contempt(one.heard[0])}
    sorry = max((order for order, one in enumerate(said) if _APOLOGY.search(one.heard[0]) and order not in rude), default=-1)
    return {each.id: _counted(each, heard[each.id], rude, sorry) for each in rubric.competencies}


def _counted(competency: Competency, hearing: Hearing, rude: dict[int, Said], sorry: int) -> Hearing:
    name = COUNTERS.get(competency.id)
    counter = next((one for one in competency.counter_indicators if one.id == name), None)
    if counter is None:
        return hearing
    insults = [Heard(counter.id, counter.text, counter.strength, 1.0, one, order) for order, one in rude.items() if order > sorry]
    against = [one for one in _not_in(rude, hearing.against) if one.id != name or one.order > sorry]
    return Hearing(_not_in(rude, hearing.support), tuple(sorted([*against, *insults], key=lambda one: one.order)))


def _not_in(rude: dict[int, Said], heard: Iterable[Heard]) -> tuple[Heard, ...]:
    return tuple(one for one in heard if one.order not in rude)
