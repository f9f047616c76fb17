"""Choosing questions and twists that fit a post and differ from each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from agent.jobpost.frame import FittingTwist
from agent.jobpost.matching import Matcher
from agent.jobpost.post import Sentence
from agent.jobpost.requirements import Requirement
from agent.protocols import Embedder
from agent.questions import Question

RELEVANT = 0.5
"""Strength from which a sentence brings a question up."""
BY_COMPETENCY = 0.15
"""What it adds when the sentence also asks for the question's competency."""
SUPPORT, MOST_SUPPORT = 0.04, 3
"""What each further sentence on the same theme adds, and how many count."""
FITS_ALL = 0.08
"""What a question that fits every interview is behind one that fits this post."""
SAME_COMPETENCY, SAME_SENTENCE = 0.12, 0.2
"""What it costs to ask for a competency, or from a sentence, that has had a question."""


class Choice(NamedTuple):
    """A question, and the sentence that brought it; None where the post brought up too little."""

    question: Question
    sentence: Sentence | None
    strength: float


def choose_questions(
    bank: Sequence[Question], found: Sequence[Requirement], embedder: Embedder, count: int, spoken: Sentence | None
) -> list[Choice]:
    """`count` questions, one at a time: each the most relevant that is left, with a discount for what was asked before.

    The sentence `spoken` is quoted in another question already.
    """
    sentences = [requirement.sentence for requirement in found]
    strengths = Matcher({question.id: question.theme for question in bank}, embedder).strengths(sentences)
    offers = [offer for question in bank for offer in _offers(question, found, strengths[question.id])]
    chosen: list[Choice] = []
    while len(chosen) < count:
        left = [offer for offer in offers if offer.question.topic not in {one.question.topic for one in chosen}]
        if not left:
            break
        chosen.append(max(left, key=lambda offer: (_worth(offer, chosen, spoken), offer.question.id, -_line(offer))))
    return [*chosen, *_general(bank, chosen, count - len(chosen))]


def _offers(question: Question, found: Sequence[Requirement], strengths: Sequence[float]) -> list[Choice]:
    """The question once for every sentence that brings it up."""
    bringing = [(one, strength) for one, strength in zip(found, strengths, strict=True) if strength >= RELEVANT]
    support = SUPPORT * min(len(bringing) - 1, MOST_SUPPORT) - (FITS_ALL if question.general else 0.0)
    return [
        Choice(question, one.sentence, strength + support + BY_COMPETENCY * one.competencies.get(question.competency, 0.0))
        for one, strength in bringing
    ]


def _worth(offer: Choice, chosen: Sequence[Choice], spoken: Sentence | None) -> float:
    same = sum(one.question.competency == offer.question.competency for one in chosen)
    again = [spoken, *(one.sentence for one in chosen)].count(offer.sentence)
    return offer.strength - SAME_COMPETENCY * same - SAME_SENTENCE * again


def _line(offer: Choice) -> int:
    return offer.sentence.line if offer.sentence else 0


def _general(bank: Sequence[Question], chosen: Sequence[Choice], count: int) -> list[Choice]:
    """Questions that fit every interview, those for competencies that have none yet first."""
    topics = {one.question.topic for one in chosen}
    had = {one.question.competency for one in chosen}
    left = [question for question in bank if question.general and question.topic not in topics]
    return [Choice(question, None, 0.0) for question in sorted(left, key=lambda one: one.competency in had)[: max(count, 0)]]


def choose_twists(
    fitting: Sequence[FittingTwist], there: Collection[str], sentences: Sequence[Sentence], embedder: Embedder, count: int = 2
) -> list[tuple[FittingTwist, Sentence | None]]:
    """The twists of the library that fit best, each with the sentence it fits; the first ones in order where nothing fits."""
    known = [one for one in fitting if one.twist in there]
    strengths = Matcher({one.twist: one.fits for one in known}, embedder).strengths(sentences)
    ranked = sorted(known, key=lambda one: -max(strengths[one.twist], default=0.0))
    return [(one, _best(sentences, strengths[one.twist])) for one in ranked[:count]]


def _best(sentences: Sequence[Sentence], strengths: Sequence[float]) -> Sentence | None:
    index = max(range(len(strengths)), key=lambda one: strengths[one], default=None)
    return sentences[index] if index is not None and strengths[index] >= RELEVANT else None
