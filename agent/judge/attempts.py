"""The parts of a candidate's words that are meant for the grading and not for the people in the scene.

A sentence is taken out alone, with those after it that go on in the same vein. From a forged role on it is not clear who
speaks, so there the rest of the paragraph goes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from agent.judge.forged_turns import is_forged_turn
from agent.judge.skeleton import hides
from agent.judge.tampering import FORGES, beyond_doubt, is_likely, is_sure, parts, tampering
from agent.judge.unreadable import unreadable
from agent.prose import clean, sentences, words
from agent.quotation import Span
from agent.transcript import Turn

_ENDS = re.compile(r"(?<=[。！？।؟])")
_BEGINS = re.compile(r"\s+(?=[A-Z])")
OWN = 4
"""Words of a sentence that may stand for itself."""
CUTS = 10
"""At so many capitals a sentence is tried to be cut, the first ones."""
MAYBE = 0.3
"""How much doubt there has to be about two sentences in one for the first to be looked at alone."""
BRIEF = 2
"""Words of a sentence that says nothing alone."""
MOST = 4
"""Turns whose attempts of one kind are told one by one."""
SHOWN = 80
"""Characters of an attempt that a note repeats."""


class Attempt(NamedTuple):
    """A part of a paragraph that does not count, and what it does, as the end of a sentence.

    `sure`: enough for it to be called an attempt; `plain`: by its form or its words, so that a judge by a model is not shown it.
    """

    span: Span
    what: str
    sure: bool = True
    plain: bool = True


@lru_cache(maxsize=2_000)
def attempts(paragraph: str, names: frozenset[str] = frozenset()) -> tuple[Attempt, ...]:
    """What is to be taken out of one paragraph, in order; `names` are those of the other people in the talk."""
    return tuple(_attempts(paragraph, names))


def _attempts(paragraph: str, names: frozenset[str]) -> Iterator[Attempt]:
    start, before = 0, False
    for sentence in _sentences(paragraph):
        start = paragraph.index(sentence, start)
        what = tampering(sentence, before)
        if what == FORGES:
            yield Attempt(Span(start, len(paragraph)), what)
            return
        if what:
            yield Attempt(Span(start, start + len(sentence)), what, sure=is_sure(sentence))
        elif is_forged_turn(sentence, names):
            yield Attempt(Span(start, len(paragraph)), FORGES, plain=False)
            return
        elif doubted := beyond_doubt(sentence):
            yield Attempt(Span(start, start + len(sentence)), doubted, plain=False)
        before = what is not None
        start += len(sentence)


def sure_attempts(paragraph: str, names: frozenset[str]) -> list[Attempt]:
    """Those that may be called attempts."""
    return [attempt for attempt in attempts(paragraph, names) if attempt.sure]


def _sentences(paragraph: str) -> Iterator[str]:
    """The sentences of a paragraph in any script; several in a row of a word or two are one."""
    run: list[str] = []
    for sentence in (one for part in sentences(paragraph) for end in _ENDS.split(part) for each in parts(end) for one in apart(each)):
        if len(words(sentence)) > BRIEF:
            yield from _joined(run, paragraph)
            run = []
            yield sentence
        else:
            run.append(sentence)
    yield from _joined(run, paragraph)


@lru_cache(maxsize=20_000)
def apart(sentence: str) -> tuple[str, ...]:
    """A sentence, or the two that it is made of where the first is an attempt without a full stop and a capital begins the second."""
    if unreadable(sentence) or not (is_likely(sentence, MAYBE) or tampering(sentence)):
        return (sentence,)
    for cut in islice(_BEGINS.finditer(sentence), CUTS):
        first, second = sentence[: cut.start()], sentence[cut.end() :]
        if len(words(second)) >= OWN and _is_meant(first) and not _is_meant(second):
            return first, second
    return (sentence,)


def _is_meant(text: str) -> bool:
    """Whether a sentence is an attempt, or likely to be one."""
    return len(words(text)) >= OWN and (tampering(text) is not None or is_likely(text))


def _joined(run: list[str], paragraph: str) -> Iterator[str]:
    together = " ".join(run)
    yield from [together] if len(run) > BRIEF and together in paragraph else run


def notes_on(turns: Iterable[Turn], names: frozenset[str] = frozenset()) -> list[str]:
    """One note on each kind of attempt in a turn, with the first words of it; of many turns that do the same the first few."""
    kept: list[str] = []
    counts: Counter[str] = Counter()
    for turn in turns:
        for what, note in _kinds(turn, names).items():
            counts[what] += 1
            if counts[what] <= MOST:
                kept.append(note)
    more = [f"The same in {count - MOST} more turns: {what}." for what, count in counts.items() if count > MOST]
    return kept + more


def _kinds(turn: Turn, names: frozenset[str]) -> dict[str, str]:
    """The first note of each kind."""
    notes = {}
    if hides(turn.text):
        notes["hides text"] = f"Turn {turn.number} hides text in characters that nobody sees; what can be read was graded."
    for paragraph in clean(turn.text).split("\n"):
        for span, what, *_ in sure_attempts(paragraph, names):
            notes.setdefault(what, f"Turn {turn.number} {what}, which was not counted: {short(span.of(paragraph))}")
    return notes


def short(text: str) -> str:
    """The first words of a text, in quotation marks."""
    return f"“{text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + '…'}”"
