"""From the worth of the candidate's sentences to the verdict on a competency that the model was fitted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from agent.judge.adaptability import COMPETENCY as ADAPTABILITY
from agent.judge.evidence import Hearing
from agent.judge.learned.measures import level_measures, observed_measures, whole
from agent.judge.learned.model import JudgeModel
from agent.judge.learned.talk import Room, Talk, counting, room_of
from agent.judge.learned.worth import Worth, inputs, worth
from agent.judge.own_words import Said
from agent.judge.verdicts import caps_in_force, missing_of, reasoning_of, unheard
from agent.protocols import Embedder
from agent.rubric import Competency, Indicator
from agent.verdict import Evidence, State, Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_SUPPORT, MOST_AGAINST = 4, 3
"""At most so many sentences are quoted for and against."""
CLEAR = 0.3
"""How much a sentence has to be worth to be quoted; the best is quoted if none is."""
SURE_CAP = 0.5
"""How certain a counter-indicator has to be heard for its cap."""

Naming = Callable[[Competency, Said, bool], Indicator]
"""Which indicator, or counter-indicator, of a competency a sentence is nearest to."""


class Listening(NamedTuple):
    """The model, what the rubric's own patterns heard, and how an indicator is named."""

    model: JudgeModel
    heard: Mapping[str, Hearing]
    naming: Naming


def verdicts_of(competencies: Sequence[Competency], talk: Talk, by: Listening, embedder: Embedder) -> dict[str, Verdict]:
    """The verdicts on competencies that the model knows."""
    model = by.model
    seen = inputs([said.heard[0] for said in talk.said], embedder)
    worths = {name: worth(seen, model.heads(name)) for name in model.competencies}
    room = room_of(talk, inputs([line.text for line in talk.lines], embedder), model.asks, model.news_head)
    return {each.id: verdict_of(each, talk, room, worths, by) for each in competencies}


def verdict_of(competency: Competency, talk: Talk, room: Room, worths: Mapping[str, Worth], by: Listening) -> Verdict:
    """The verdict: scored where there is something to rate, with the sentences that weigh most as quotes.

    There always is where a cap is in force, and for adaptability where a twist is marked.
    """
    model, hearing = by.model, by.heard[competency.id]
    said, own = counting(competency.id, talk, room, worths[competency.id])
    shared = whole(worths)
    seen = observed_measures(own, shared, room.asked[competency.id], room.change)
    caps = caps_in_force(competency, Hearing(hearing.support, tuple(one for one in hearing.against if one.certainty >= SURE_CAP)))
    must = bool(caps) or (competency.id == ADAPTABILITY and talk.marked is not None)
    if not said or not (must or model.observed(competency.id, seen, talk.exchanges)):
        return Verdict(state=State.NOT_OBSERVED, reasoning=unheard(competency))
    measures = level_measures(own, shared)
    score = round(min([model.score(competency.id, measures), *(float(cap.level) for cap in caps)]), 2)
    level = int(score + 0.5)
    support, against = _quoted(competency, own, said, by.naming)
    low, high = model.interval
    return Verdict(
        state=State.SCORED,
        level=level,
        score=score,
        interval=(round(max(1.0, score - low), 2), round(min(5.0, score + high), 2)),
        confidence=model.sure(seen["touched"]),
        evidence=(*support, *against),
        missing=missing_of(competency, {one.indicator for one in support}, level),
        reasoning=reasoning_of([one.text for one in support], [one.text for one in against], caps),
    )


def _quoted(competency: Competency, worth: Worth, said: Sequence[Said], naming: Naming) -> tuple[list[Evidence], list[Evidence]]:
    """What speaks for it and what against it, the weightiest first; no sentence is on both sides."""
    for_it, against_it = worth["supports"] + worth["strong"], 2 * worth["against"]
    support = _heaviest(for_it, for_it > against_it, MOST_SUPPORT)
    against = _heaviest(against_it, for_it <= against_it, MOST_AGAINST)
    if not support and not against:
        best = int(worth["touches"].argmax())
        (support if for_it[best] > against_it[best] else against).append(best)
    return (
        [_evidence(competency, said[place], naming, supports=True) for place in support],
        [_evidence(competency, said[place], naming, supports=False) for place in against],
    )


def _heaviest(values: NDArray[np.float64], own: NDArray[np.bool_], most: int) -> list[int]:
    ranked = sorted((place for place, is_own in enumerate(own) if is_own and values[place] >= 2 * CLEAR), key=lambda place: -values[place])
    return ranked[:most]


def _evidence(competency: Competency, said: Said, naming: Naming, *, supports: bool) -> Evidence:
    indicator = naming(competency, said, supports)
    return Evidence(turn=said.turn, quote=said.text, indicator=indicator.id, text=indicator.text, supports=supports)
