"""What is heard of a rubric in the candidate's own sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from agent.judge.ear import Ear
from agent.judge.levels import Signal, certainty
from agent.judge.own_words import Said
from agent.polarity import turns_away
from agent.protocols import Embedder
from agent.rubric import Competency, Indicator, Rubric

THRESHOLD = 0.33
"""How strongly an indicator has to be heard."""
COUNTER_THRESHOLD = 0.42
"""What speaks against somebody has to be clearer than what speaks for them."""
MOST_COMPETENCIES = 2
"""One sentence supports at most so many competencies, each by one indicator: those heard most surely."""


class Heard(NamedTuple):
    """One indicator heard in one sentence. `order` is the sentence's place among all that were judged."""

    id: str
    text: str
    strength: Literal[1, 2]
    certainty: float
    said: Said
    order: int

    @property
    def signal(self) -> Signal:
        """What the level model needs of it."""
        return Signal(self.strength, self.certainty, self.order)


class Hearing(NamedTuple):
    """All that was heard of one competency, in the order it was said: every hit, not only the best."""

    support: tuple[Heard, ...] = ()
    against: tuple[Heard, ...] = ()

    def after(self, turn: int) -> Hearing:
        """What was heard in later turns."""
        return Hearing(*(tuple(one for one in side if one.said.turn > turn) for side in self))


def best_of(heard: Iterable[Heard]) -> tuple[Heard, ...]:
    """Each indicator once, by its most certain sentence, the clearest first."""
    best: dict[str, Heard] = {}
    for one in heard:
        if one.id not in best or one.certainty > best[one.id].certainty:
            best[one.id] = one
    return tuple(sorted(best.values(), key=lambda one: (-one.strength * (1 + one.certainty), one.order)))


class _Part(NamedTuple):
    competency: str
    indicator: Indicator
    supports: bool

    def refuses(self) -> bool:
        """True if its own examples turn something away, so that doing so may be the behaviour."""
        return any(turns_away(example) for example in self.indicator.heard.examples)


class Listener:
    """A rubric made ready to be heard: its patterns embedded once."""

    def __init__(self, rubric: Rubric, embedder: Embedder) -> None:
        self.rubric = rubric
        self._parts = {f"{part.competency}/{part.indicator.id}": part for each in rubric.competencies for part in _parts(each)}
        self._ear = Ear({name: part.indicator.heard for name, part in self._parts.items()}, embedder)
        self._may_refuse = {name for name, part in self._parts.items() if part.refuses()}

    def hear(self, said: Sequence[Said]) -> dict[str, Hearing]:
        """What is heard of every competency in `said`."""
        sides: dict[str, tuple[list[Heard], list[Heard]]] = {each.id: ([], []) for each in self.rubric.competencies}
        for order, sentence in enumerate(said):
            for competency, support, against in self._heard_in(sentence, order):
                sides[competency][0].extend(support)
                sides[competency][1].extend(against)
        return {competency: Hearing(tuple(support), tuple(against)) for competency, (support, against) in sides.items()}

    def _heard_in(self, sentence: Said, order: int) -> list[tuple[str, list[Heard], list[Heard]]]:
        found: dict[str, tuple[list[Heard], list[Heard]]] = {}
        for name, strength in self._strengths(sentence).items():
            part = self._parts[name]
            threshold = THRESHOLD if part.supports else COUNTER_THRESHOLD
            one = _heard(part.indicator, certainty(strength, threshold), sentence, order)
            found.setdefault(part.competency, ([], []))[0 if part.supports else 1].append(one)
        return _surest([(competency, *_stronger_side(*both)) for competency, both in found.items()])

    def _strengths(self, sentence: Said) -> dict[str, float]:
        """The best strength of each pattern in any form of the sentence; counter-indicators in the whole only."""
        best: dict[str, float] = {}
        for place, form in enumerate(sentence.heard):
            for name, strength in self._ear.strengths(form, THRESHOLD).items():
                if self._counts(name, form, place == 0, strength):
                    best[name] = max(strength, best.get(name, 0.0))
        return best

    def _counts(self, name: str, form: str, is_whole: bool, strength: float) -> bool:
        if not self._parts[name].supports:
            return is_whole and strength >= COUNTER_THRESHOLD
        return name in self._may_refuse or not turns_away(form)


def _parts(competency: Competency) -> list[_Part]:
    return [
        *(_Part(competency.id, indicator, True) for indicator in competency.indicators),
        *(_Part(competency.id, indicator, False) for indicator in competency.counter_indicators),
    ]


def _heard(indicator: Indicator, sure: float, sentence: Said, order: int) -> Heard:
    return Heard(indicator.id, indicator.text, indicator.strength, sure, sentence, order)


def _stronger_side(support: list[Heard], against: list[Heard]) -> tuple[list[Heard], list[Heard]]:
    """One sentence does not speak for and against the same competency: the clearer side stands."""
    if not support or not against:
        return support, against
    is_for = max(one.certainty for one in support) >= max(one.certainty for one in against)
    return (support, []) if is_for else ([], against)


def _surest(found: list[tuple[str, list[Heard], list[Heard]]]) -> list[tuple[str, list[Heard], list[Heard]]]:
    """One supporting indicator per competency, and support for the surest competencies only."""
    first = {competency: max(support, key=lambda one: one.certainty) for competency, support, _ in found if support}
    kept = sorted(first, key=lambda competency: -first[competency].certainty)[:MOST_COMPETENCIES]
    return [(competency, [first[competency]] if competency in kept else [], against) for competency, _, against in found]
