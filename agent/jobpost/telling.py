"""What the interviewer can be asked about the place: told in the post's own sentences, or said to be missing there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from agent.jobpost.frame import Askable, Frame
from agent.jobpost.matching import Matcher
from agent.jobpost.post import Sentence, sayable
from agent.protocols import Embedder
from agent.scenario import Fact

SAYS_IT = 0.5
"""Strength from which a sentence of a post says something about a fact."""
DOUBTFUL = 0.42
"""Strength up to which it can be said that the post is silent."""
MOST_PARTS = 3
LONG, MANY_ITEMS = 60, 2
TERM_WORDS = 3
SHORT = 70

Answers = dict[str, tuple[Sentence, ...]]
"""For each thing to ask, by id, what the post says."""

_WORD = re.compile(r"\S+")
_LIST = re.compile(r"[,;]\s+(?:and\s+)?")


def answers_in(askable: Sequence[Askable], sentences: Sequence[Sentence], embedder: Embedder) -> Answers:
    """For each thing to ask the parts of the post that answer it best, in their order; every part answers one thing."""
    units = _units(sentences)
    strengths = Matcher({one.id: one.sign for one in askable}, embedder).strengths(units)
    offers = ((strength, -index, name) for name, of in strengths.items() for index, strength in enumerate(of) if strength >= SAYS_IT)
    best_first = sorted(offers, reverse=True)
    found: dict[str, list[int]] = {}
    taken: set[int] = set()
    for most in range(1, MOST_PARTS + 1):
        for _, index, name in best_first:
            if -index not in taken and len(found.get(name, ())) < most:
                taken.add(-index)
                found.setdefault(name, []).append(-index)
    return {name: tuple(units[index] for index in sorted(of)) for name, of in found.items()}


def unsaid(askable: Sequence[Askable], sentences: Sequence[Sentence], embedder: Embedder) -> set[str]:
    """What the post says nothing about, as far as can be told: nothing comes near."""
    strengths = Matcher({one.id: one.sign for one in askable}, embedder).strengths(_units(sentences))
    return {name for name, of in strengths.items() if max(of, default=0.0) < DOUBTFUL}


def facts_of(frame: Frame, answers: Answers, silent: Collection[str], teller: str, elsewhere: str) -> Iterator[Fact]:
    """A fact for each thing that is told, and for each on which the post is `silent`.

    `elsewhere` is all that is said in the scene besides; it gives none of the facts away.
    """
    for askable in frame.facts:
        said = answers.get(askable.id)
        others = " ".join(_joined(of) for name, of in answers.items() if name != askable.id)
        if said:
            yield _told(frame, askable, _joined(said), teller, f"{elsewhere} {others}")
        elif askable.id in silent:
            yield _silent(frame, askable, teller)


def _units(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences; of a long list its items, because each may answer another question."""
    return [one._replace(text=part) for one in sentences for part in _items(one.text)]


def _items(text: str) -> list[str]:
    parts = [part for part in _LIST.split(text) if part.strip()]
    return parts if len(text) > LONG and len(parts) > MANY_ITEMS else [text]


def _joined(said: Sequence[Sentence]) -> str:
    return " ".join(ended(sayable(one.text)) for one in said)


def _told(frame: Frame, askable: Askable, said: str, teller: str, elsewhere: str) -> Fact:
    return Fact(
        id=askable.id,
        short=frame.short.replace("%SAID%", _short(said)),
        known_by=(teller,),
        asked=askable.asked,
        told=tuple(line.replace("%SAID%", said) for line in frame.told),
        key_terms=(_term(said, elsewhere.lower()),),
    )


def _silent(frame: Frame, askable: Askable, teller: str) -> Fact:
    return Fact(
        id=askable.id,
        short=frame.silent_short.replace("%ABOUT%", askable.about),
        known_by=(teller,),
        asked=askable.asked,
        told=tuple(line.replace("%ABOUT%", askable.about) for line in frame.silent),
        key_terms=(frame.silent_term.replace("%ABOUT%", askable.about),),
    )


def ended(text: str) -> str:
    """`text` with an end mark."""
    return text if text[-1:] in (".", "!", "?", "…") else f"{text.rstrip(',;:')}."


def _short(said: str) -> str:
    text = said.rstrip(".!?…")
    return text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + "…"


def _term(said: str, elsewhere: str) -> str:
    """The words of a sentence that give it away: the longest three in a row that are said nowhere else."""
    places = list(_WORD.finditer(said.rstrip(".!?…")))
    spans = [said[first.start() : last.end()] for first, last in zip(places, places[TERM_WORDS - 1 :], strict=False)]
    fresh = [span.strip(".,;:()'") for span in spans if span.lower() not in elsewhere]
    return max(fresh, key=len, default=said).lower()
