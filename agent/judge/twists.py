"""How a twist was answered: the candidate's words before and after it, and which expected behaviours were heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from agent.judge.evidence import Heard
from agent.judge.levels import certainty
from agent.judge.own_words import Said
from agent.polarity import turns_away
from agent.prose import words
from agent.protocols import Embedder
from agent.recognition import Recogniser
from agent.transcript import Mark, Transcript
from agent.verdict import Evidence, TwistResponse

SUBSTANCE = 6
"""A sentence of so many words says something; a shorter one is taken only where there is none."""
THRESHOLD = 0.58
"""How strongly a pattern of the scene has to be heard to be shown as evidence; the scene itself hears sooner."""
SURE = 0.77
"""The strength from which a pattern of the scene is heard with certainty."""
SAME_SENSE = 0.45
"""A description of a behaviour, and a sentence or a rubric's indicator that means it, are at least so similar."""


class Answer(NamedTuple):
    """One twist as it was answered. `heard` holds the expected behaviours, each with the sentence that shows it."""

    mark: Mark
    before: Said | None
    after: Said | None
    heard: tuple[Heard, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Expected behaviours that were not heard, in words."""
        known = {one.text for one in self.heard}
        return tuple(text for text in self.mark.expected if text not in known)


def twists_of(transcript: Transcript) -> tuple[Mark, ...]:
    """The twists of a transcript, in the order they came."""
    return tuple(sorted((mark for mark in transcript.marks if mark.kind == "twist"), key=lambda mark: mark.turn))


def answer_to(mark: Mark, said: Sequence[Said], adaptive: Iterable[Heard], embedder: Embedder) -> Answer:
    """How `mark` was answered in `said`; `adaptive` are a rubric's indicators heard anywhere, used where a mark has no patterns."""
    earlier = [one for one in said if one.turn < mark.turn]
    later = [(order, one) for order, one in enumerate(said) if one.turn > mark.turn]
    heard = _by_pattern(mark, later, embedder) if mark.patterns else _by_description(mark, later, adaptive, embedder)
    return Answer(mark, _substantial(earlier[::-1]), _substantial([one for _, one in later]), heard)


def in_report(answer: Answer) -> TwistResponse:
    """The answer as the report shows it."""
    return TwistResponse(
        label=answer.mark.label,
        what_changed=answer.mark.text,
        turn=answer.mark.turn,
        before=_quoted(answer.before),
        after=_quoted(answer.after),
        heard=tuple(one.text for one in answer.heard),
        missing=answer.missing,
    )


def _substantial(said: Sequence[Said]) -> Said | None:
    """The first of the nearest turn's sentences that says something, else the first."""
    return next((one for one in said if len(words(one.text)) >= SUBSTANCE), said[0] if said else None)


def _by_pattern(mark: Mark, later: Sequence[tuple[int, Said]], embedder: Embedder) -> tuple[Heard, ...]:
    recogniser = Recogniser(dict(zip(mark.expected, mark.patterns, strict=False)), embedder)
    best: dict[str, Heard] = {}
    for order, said in later:
        hits = recogniser.hits([form for form in said.heard if not turns_away(form)], threshold=THRESHOLD)
        for text, hit in sorted(hits.items(), key=lambda each: -each[1].strength)[:1]:
            one = _heard(text, certainty(hit.strength, THRESHOLD, SURE), said, order)
            if text not in best or one.certainty > best[text].certainty:
                best[text] = one
    return tuple(best[text] for text in mark.expected if text in best)


def _by_description(mark: Mark, later: Sequence[tuple[int, Said]], adaptive: Iterable[Heard], embedder: Embedder) -> tuple[Heard, ...]:
    """Without patterns: a later sentence close to the description, or a heard indicator that describes the same."""
    candidates = [(said.heard[0], said, order) for order, said in later if not turns_away(said.heard[0])]
    candidates += [(one.text, one.said, one.order) for one in adaptive if one.said.turn > mark.turn]
    if not candidates or not mark.expected:
        return ()
    similarity = embedder.embed(mark.expected) @ embedder.embed([text for text, _, _ in candidates]).T
    found = []
    for text, row in zip(mark.expected, similarity, strict=True):
        nearest = int(row.argmax())
        if row[nearest] >= SAME_SENSE:
            _, said, order = candidates[nearest]
            found.append(_heard(text, 0.0, said, order))
    return tuple(found)


def _heard(text: str, sure: float, said: Said, order: int) -> Heard:
    return Heard(id="", text=text, strength=1, certainty=sure, said=said, order=order)


def _quoted(said: Said | None) -> Evidence | None:
    return Evidence(turn=said.turn, quote=said.text) if said else None
