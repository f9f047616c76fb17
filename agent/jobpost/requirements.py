"""Which competencies a post asks for, and in which sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from agent.document import Pattern
from agent.jobpost.frame import frame
from agent.jobpost.matching import Matcher
from agent.jobpost.post import Sentence
from agent.protocols import Embedder
from agent.rubric import Rubric

WANTED = 0.4
"""Strength from which a sentence asks for a competency."""


class Requirement(NamedTuple):
    """A sentence of a post with the competencies it asks for, by strength."""

    sentence: Sentence
    competencies: dict[str, float]


def requirements(sentences: Sequence[Sentence], rubric: Rubric, embedder: Embedder) -> list[Requirement]:
    """Every sentence with what it asks for: nearness to what the rubric looks for, and the words that posts use for it."""
    strengths = Matcher(looked_for(rubric), embedder).strengths(sentences)
    found = []
    for index, sentence in enumerate(sentences):
        asks = {name: round(of[index], 3) for name, of in strengths.items() if of[index] >= WANTED}
        found.append(Requirement(sentence, dict(sorted(asks.items(), key=lambda pair: -pair[1]))))
    return found


def asked_for(found: Sequence[Requirement]) -> dict[str, float]:
    """The competencies of the whole post, the strongest sentence of each, the strongest first."""
    best: dict[str, float] = {}
    for requirement in found:
        for name, strength in requirement.competencies.items():
            best[name] = max(strength, best.get(name, 0.0))
    return dict(sorted(best.items(), key=lambda pair: (-pair[1], pair[0])))


def looked_for(rubric: Rubric) -> dict[str, Pattern]:
    """What speaks for each competency in a post: what the rubric looks for, and the words that posts use."""
    cues = frame().competencies
    return {
        each.id: Pattern(examples=(each.definition, *(one.text for one in each.indicators)), cues=cues.get(each.id, ()))
        for each in rubric.competencies
    }
