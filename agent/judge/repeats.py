"""From what a model said about one competency, once or several times, to a verdict: pure functions.

    level of one answer = its level, at most the lowest cap of the rubric whose counter-indicator it proves
    score               = the median of these levels, over the answers that scored
    level               = score, rounded half up
    confidence          = certainty × share × (1 − spread), within 0.05 and 0.95

`share` is the part of all answers that scored, `spread` the mean distance of their levels from the median. `certainty` is
0.6 + 0.4 × (1 − 1/n) for n ≥ 2 answers that scored; of a single one the model's own confidence, at most 0.6, because
nothing but a second answer shows how much of a level is chance. These constants were set by hand, not fitted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import fmean, median
from typing import NamedTuple

from agent.judge.answer_shape import CompetencyAnswer
from agent.judge.proof import Proven
from agent.judge.quotes import normalised
from agent.prose import clean
from agent.rubric import LEVELS, Cap, Competency
from agent.verdict import Evidence, Opinion, State, Verdict

ALONE = 0.6
"""The most that one answer alone can be sure of."""
MOST_QUOTES = 5
"""So many quotes for, and so many against, are shown."""
MISSING = 3
"""At most so many missing things are named."""
LONGEST = 1200
"""Characters of a model's reasoning that are shown."""

NO_PROOF = "The model chose a level, but none of its quotes stands in the candidate's own words, so there is no grade."
NO_MAJORITY = "Asked several times, the model did not agree on whether this can be graded."


class Answered(NamedTuple):
    """One answer of a model, and what of its evidence is proven."""

    answer: CompetencyAnswer
    proven: tuple[Proven, ...]

    @property
    def state(self) -> State:
        """The model's own, but nothing is scored without proof."""
        return State.ABSTAINED if self.answer.state is State.SCORED and not self.proven else self.answer.state


class Failed(NamedTuple):
    """Why there is no answer, in words. `is_gone`: there was one, and its recording is not there any more."""

    reason: str
    is_gone: bool = False


def verdict_of(competency: Competency, outcomes: Sequence[Answered | Failed], reveal: Callable[[str], str] = str) -> Verdict:
    """The verdict on a competency from one or more answers; `reveal` puts names back into the model's prose.

    An answer that failed is left out, unless its recording is gone: without it the others would come to another verdict in silence.
    """
    answered = [one for one in outcomes if isinstance(one, Answered)]
    failed = [one for one in outcomes if isinstance(one, Failed)]
    if not answered or any(one.is_gone for one in failed):
        return Verdict(state=State.INSTRUMENT_ERROR, reasoning=max(failed, key=lambda one: one.is_gone).reason)
    state = majority(one.state for one in answered)
    if state is None:
        return Verdict(state=State.ABSTAINED, reasoning=NO_MAJORITY)
    agreeing = [one for one in answered if one.state is state]
    if state is State.SCORED:
        return _scored(competency, agreeing, len(answered), reveal)
    return Verdict(state=state, evidence=_unscored_evidence(state, agreeing), reasoning=_why(agreeing[0], reveal))


def opinion_of(judge: str, competency: Competency, outcomes: Sequence[Answered | Failed], verdict: Verdict) -> Opinion:
    """What `judge` said in all its answers."""
    levels = tuple(_whole(competency, one) for one in outcomes)
    return Opinion(judge=judge, state=verdict.state, levels=levels, score=verdict.score, reasoning=verdict.reasoning)


def _whole(competency: Competency, one: Answered | Failed) -> int | None:
    return int(level_of(competency, one)) if isinstance(one, Answered) and one.state is State.SCORED else None


def caps_in_force(competency: Competency, proven: Sequence[Proven]) -> list[Cap]:
    """The caps whose counter-indicator is proven and not followed by the indicator that lifts them."""
    last: dict[str, tuple[int, int]] = {}
    for one in proven:
        last[one.evidence.indicator] = max(one.place, last.get(one.evidence.indicator, one.place))
    return [cap for cap in competency.caps if cap.counter in last and last.get(cap.unless or "", (0, 0)) < last[cap.counter]]


def confidence(levels: Sequence[float], answers: int, stated: float) -> float:
    """How sure a score is, 0.05 to 0.95; see the formula above. `answers` counts those that did not score too."""
    middle = median(levels)
    certainty = min(ALONE, stated) if len(levels) == 1 else ALONE + (1 - ALONE) * (1 - 1 / len(levels))
    spread = fmean(abs(level - middle) for level in levels)
    return round(min(0.95, max(0.05, certainty * len(levels) / answers * (1 - min(1.0, spread)))), 2)


def _scored(competency: Competency, scored: Sequence[Answered], answers: int, reveal: Callable[[str], str]) -> Verdict:
    levels = [level_of(competency, one) for one in scored]
    score = float(median(levels))
    level = int(score + 0.5)
    speaker = scored[min(range(len(scored)), key=lambda place: abs(levels[place] - score))]
    return Verdict(
        state=State.SCORED,
        level=level,
        score=score,
        confidence=confidence(levels, answers, speaker.answer.confidence or 0.0),
        evidence=_evidence(scored),
        missing=tuple(_prose(text, reveal) for text in speaker.answer.missing[:MISSING]) if level < LEVELS[-1] else (),
        reasoning=_prose(speaker.answer.reasoning, reveal) + _held(competency, speaker),
    )


def level_of(competency: Competency, one: Answered) -> float:
    """The level of one answer, held down by the caps that it proves."""
    return float(min([one.answer.level or LEVELS[0], *(cap.level for cap in caps_in_force(competency, one.proven))]))


def ceiling(competency: Competency, outcomes: Iterable[Answered | Failed]) -> float:
    """The most that a score may be: the median of the lowest caps that the answers prove, the top level where most prove none."""
    scored = [one for one in outcomes if isinstance(one, Answered) and one.state is State.SCORED]
    lowest = [min([LEVELS[-1], *(cap.level for cap in caps_in_force(competency, one.proven))]) for one in scored]
    return float(median(lowest or [LEVELS[-1]]))


def _held(competency: Competency, one: Answered) -> str:
    caps = caps_in_force(competency, one.proven)
    lowest = min(caps, key=lambda cap: cap.level, default=None)
    if lowest is None or (one.answer.level or 0) <= lowest.level:
        return ""
    return f" {lowest.reason.rstrip('.')}, which holds the level at {lowest.level}."


def majority(states: Iterable[State]) -> State | None:
    """The state that most have; None where none has most."""
    (first, count), *others = Counter(states).most_common()
    return None if others and others[0][1] == count else first


def _unscored_evidence(state: State, answered: Sequence[Answered]) -> tuple[Evidence, ...]:
    return _evidence(answered) if state is State.ABSTAINED else ()


def _evidence(answered: Sequence[Answered]) -> tuple[Evidence, ...]:
    return ranked([proven.evidence for one in answered for proven in one.proven])


def ranked(named: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """What is quoted most, each quote once: first what speaks for the competency, then what speaks against it."""
    counts = Counter(map(_key, named))
    once = {_key(one): one for one in named}
    most = sorted(once.values(), key=lambda one: -counts[_key(one)])
    return tuple(one for side in (True, False) for one in [each for each in most if each.supports is side][:MOST_QUOTES])


def _key(evidence: Evidence) -> tuple[int, str, str]:
    return evidence.turn, normalised(evidence.quote), evidence.indicator


def _why(one: Answered, reveal: Callable[[str], str]) -> str:
    return NO_PROOF if one.answer.state is State.SCORED else _prose(one.answer.reasoning, reveal) or "The model gave no reason."


def _prose(text: str, reveal: Callable[[str], str]) -> str:
    shown = reveal(clean(text))
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST].rstrip()}…"
