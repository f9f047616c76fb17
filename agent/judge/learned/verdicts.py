"""From the worth of the candidate's sentences to the verdict on a competency that the model was fitted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from agent.judge.adaptability import COMPETENCY as ADAPTABILITY
from agent.judge.credence import SUSPECT
from agent.judge.enough import too_little_about_anything
from agent.judge.evidence import Hearing, best_of
from agent.judge.learned.measures import Whole, level_measures, observed_measures, touching, whole
from agent.judge.learned.model import JudgeModel
from agent.judge.learned.talk import Room, Talk, counting, room_of, suspicion_of, worths_of
from agent.judge.learned.worth import Worth, inputs
from agent.judge.own_words import Said
from agent.judge.verdicts import caps_in_force, evidence_of, missing_of, reasoning_of, unheard
from agent.protocols import Embedder
from agent.rubric import Cap, Competency, Indicator
from agent.verdict import Evidence, State, Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_SUPPORT, MOST_AGAINST = 4, 3
"""At most so many sentences are quoted for and against."""
CLEAR, CLEAR_AGAINST = 0.4, 0.6
"""How much a sentence has to be worth to be quoted; the best is quoted if none is."""
SURE_CAP = 0.5
"""How certain a counter-indicator has to be heard for its cap."""

Naming = Callable[[Competency, Said, bool], Indicator | None]
"""Which indicator, or counter-indicator, of a competency a sentence shows; None where that is not clear."""


class Listening(NamedTuple):
    """The model, what the rubric's own patterns heard, and how an indicator is named."""

    model: JudgeModel
    heard: Mapping[str, Hearing]
    naming: Naming


class Measured(NamedTuple):
    """A talk as the model sees it.

    `too_little` tells if all sentences about something are not enough to judge, so that words about nothing do not make enough of
    them. `suspect` are those that are most likely meant for the grading.
    """

    talk: Talk
    room: Room
    worths: Mapping[str, Worth]
    shared: Whole
    too_little: str | None
    suspect: Sequence[Said]


def verdicts_of(competencies: Sequence[Competency], measured: Measured, by: Listening) -> dict[str, Verdict]:
    """The verdicts on competencies that the model knows."""
    return {each.id: _verdict(each, measured, by) for each in competencies}


def measured(talk: Talk, model: JudgeModel, embedder: Embedder) -> Measured:
    """The talk as the model sees it."""
    seen, lines = inputs([said.heard[0] for said in talk.said], embedder), inputs([line.text for line in talk.lines], embedder)
    suspected = suspicion_of(talk, seen, lines)
    worths = worths_of(seen, {name: model.heads(name) for name in model.competencies}, suspected)
    about = [one.text for one, touches in zip(talk.said, touching(worths), strict=True) if touches]
    return Measured(
        talk,
        room_of(talk, lines, model.asks, model.news_head),
        worths,
        whole(worths),
        too_little=too_little_about_anything(about),
        suspect=[one for one, value in zip(talk.said, suspected, strict=True) if value >= SUSPECT],
    )


def _verdict(competency: Competency, measured: Measured, by: Listening) -> Verdict:
    """Scored where there is something to rate: where the model finds it, a cap is in force, or it is owed; abstained from where too
    little is about anything, unless a cap is in force."""
    said, own = counting(competency.id, measured.talk, measured.room, measured.worths[competency.id])
    seen = observed_measures(own, measured.shared, measured.room.asked[competency.id], measured.room.change)
    sure = Hearing(by.heard[competency.id].support, tuple(one for one in by.heard[competency.id].against if one.certainty >= SURE_CAP))
    caps = caps_in_force(competency, sure)
    if measured.too_little and not caps:
        return Verdict(state=State.ABSTAINED, reasoning=measured.too_little)
    must = bool(caps) or _is_owed(competency.id, measured)
    if not said or not (must or by.model.observed(competency.id, seen, measured.talk.answers)):
        return Verdict(state=State.NOT_OBSERVED, reasoning=unheard(competency))
    latent = by.model.score(competency.id, level_measures(own, measured.shared))
    score = round(min([latent, *(float(cap.level) for cap in caps)]), 2)
    support, against = _cited(competency, own, said, by.naming, _capping(sure, caps))
    return Verdict(
        state=State.SCORED,
        level=int(score + 0.5),
        score=score,
        interval=by.model.interval_of(score),
        confidence=by.model.sure(seen["touched"]),
        evidence=(*support, *against),
        missing=missing_of(competency, {one.indicator for one in support} | {one.id for one in sure.support}, int(score + 0.5)),
        reasoning=reasoning_of([one.text for one in support], [one.text for one in against], caps),
    )


def _is_owed(competency: str, measured: Measured) -> bool:
    """True after a marked twist for adaptability, and of a single answer for what its question is said to ask for."""
    if competency == ADAPTABILITY and measured.talk.marked is not None:
        return True
    return measured.talk.answers == 1 and measured.talk.asks_for == competency


def _capping(sure: Hearing, caps: Sequence[Cap]) -> list[Evidence]:
    """What the caps in force rest on."""
    counters = {cap.counter for cap in caps}
    return [evidence_of(one, supports=False) for one in best_of(sure.against) if one.id in counters]


def _cited(
    competency: Competency, worth: Worth, said: Sequence[Said], naming: Naming, capping: Sequence[Evidence]
) -> tuple[list[Evidence], list[Evidence]]:
    """What is quoted for and against, first what a cap rests on."""
    support, against = _quoted(competency, worth, said, naming)
    taken = {one.quote for one in capping}
    against = [*capping, *(one for one in against if one.quote not in taken)][:MOST_AGAINST]
    return [one for one in support if one.quote not in taken], against


def _quoted(competency: Competency, worth: Worth, said: Sequence[Said], naming: Naming) -> tuple[list[Evidence], list[Evidence]]:
    """What speaks for it and what against it, the weightiest first; no sentence is on both sides."""
    for_it, against_it = worth["supports"] + worth["strong"], 2 * worth["against"]
    support = _heaviest(for_it, (for_it > against_it) & (for_it >= CLEAR), MOST_SUPPORT)
    against = _heaviest(against_it, (for_it <= against_it) & (against_it >= CLEAR_AGAINST), MOST_AGAINST)
    if not support and not against:
        best = int(worth["touches"].argmax())
        (support if for_it[best] > against_it[best] else against).append(best)
    return (
        [_evidence(competency, said[place], naming, supports=True) for place in support],
        [_evidence(competency, said[place], naming, supports=False) for place in against],
    )


def _heaviest(values: NDArray[np.float64], own: NDArray[np.bool_], most: int) -> list[int]:
    ranked = sorted((place for place, is_own in enumerate(own) if is_own), key=lambda place: -values[place])
    return ranked[:most]


def _evidence(competency: Competency, said: Said, naming: Naming, *, supports: bool) -> Evidence:
    shown = naming(competency, said, supports)
    named = {"indicator": shown.id, "text": shown.text} if shown else {}
    return Evidence(turn=said.turn, quote=said.text, supports=supports, **named)
