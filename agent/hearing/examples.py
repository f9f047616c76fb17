"""The examples of one document, held against what the observer makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from agent.document import Pattern
from agent.heads import Heads
from agent.interview.observer import BEHAVIOUR_THRESHOLD, FACT_THRESHOLD
from agent.interview.questions import apart, asks
from agent.library.loading import Loaded
from agent.library.problem import Loc, Problem
from agent.library.rules.walk import models
from agent.persona import Condition, Position
from agent.prose import sentences
from agent.protocols import Embedder
from agent.scenario import Contingency, Fact, Point
from agent.twist import Twist

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEW = 4
"""Examples below which holding one out says nothing about the others."""
NEARER = 0.75
"""The share of examples nearer to a counter-example than to each other at which a pattern tells nothing apart."""
ASKED_TOO = ("empathy", "test")
"""Kinds of conditions that a question meets as well."""

Placed = tuple[Loc, Pattern]


def check(loaded: Loaded, said_anywhere: Sequence[str], embedder: Embedder) -> Iterator[Problem]:
    """Examples of one document that are not heard, counter-examples that are, and patterns that cannot tell the two apart."""
    if loaded.kind == "twist":
        yield from _check_twist(loaded, said_anywhere, embedder)
    if loaded.kind == "scenario":
        yield from _check_facts(loaded, said_anywhere, embedder)
    if loaded.kind in ("scenario", "persona"):
        yield from _check_statements(loaded, embedder)


def texts(loaded: Loaded) -> Iterator[str]:
    """Every example of a document, and the pieces in which it is heard."""
    for _, pattern in models(loaded.document, Pattern):
        for text in (*pattern.examples, *pattern.not_examples):
            yield text
            yield from (part for sentence in sentences(text) for part in apart(sentence))


def _check_twist(loaded: Loaded, said_anywhere: Sequence[str], embedder: Embedder) -> Iterator[Problem]:
    twist: Twist = loaded.document
    heads = Heads({behaviour.id: behaviour.heard for behaviour in twist.behaviours}, said_anywhere, embedder)
    for index, behaviour in enumerate(twist.behaviours):
        loc: Loc = ("behaviours", index, "heard")
        unheard = [text for text in behaviour.heard.examples if not _shows(heads, behaviour.id, text)]
        reason = f"the observer does not hear {behaviour.id!r} in this example; add sentences like it, or `cues`"
        yield from _unheard(loaded, loc, behaviour.heard, dict.fromkeys(unheard, reason))
        for number, text in enumerate(behaviour.heard.not_examples):
            if _shows(heads, behaviour.id, text):
                message = f"the observer hears {behaviour.id!r} in this counter-example; add others like it, or narrow the cues"
                yield loaded.problem((*loc, "not_examples", number), message, "warning")


def _check_facts(loaded: Loaded, said_anywhere: Sequence[str], embedder: Embedder) -> Iterator[Problem]:
    facts: Sequence[Fact] = loaded.document.facts
    heads = Heads({fact.id: fact.asked for fact in facts}, said_anywhere, embedder, rivals=True)
    for index, fact in enumerate(facts):
        loc: Loc = ("facts", index, "asked")
        heard = {text: list(_asked_for(heads, text)) for text in fact.asked.examples}
        unheard = {text: _why(fact.id, text, found) for text, found in heard.items() if fact.id not in found}
        yield from _unheard(loaded, loc, fact.asked, unheard)
        for number, text in enumerate(fact.asked.not_examples):
            if fact.id in _asked_for(heads, text):
                message = f"this counter-example is heard as a question for {fact.id!r}; add others like it, or narrow the cues"
                yield loaded.problem((*loc, "not_examples", number), message, "warning")


def _check_statements(loaded: Loaded, embedder: Embedder) -> Iterator[Problem]:
    """What is recognised by the nearest example: conditions, what hardens, contingencies, points."""
    for loc, pattern in _statements(loaded):
        yield from _unheard(loaded, loc, pattern, _unlike_statements(pattern))
    for loc, pattern in (*_statements(loaded), *_asked_or_said(loaded)):
        yield from _unheard(loaded, loc, pattern, _in_pieces(pattern))
        yield from _check_apart(loaded, loc, pattern, embedder)


def _check_apart(loaded: Loaded, loc: Loc, pattern: Pattern, embedder: Embedder) -> Iterator[Problem]:
    if len(pattern.examples) < FEW or not pattern.not_examples:
        return
    nearer = _nearer_to_counter(embedder.embed(pattern.examples), embedder.embed(pattern.not_examples))
    if nearer >= NEARER * len(pattern.examples):
        message = (
            f"{nearer} of {len(pattern.examples)} examples are nearer to a counter-example than to another example, "
            "so few new wordings are heard; add examples like these, or take counter-examples out that share their words"
        )
        yield loaded.problem((*loc, "examples"), message, "warning")


def _shows(heads: Heads, behaviour: str, text: str) -> bool:
    return any(heads.scores(sentence).get(behaviour, 0.0) >= BEHAVIOUR_THRESHOLD for sentence in sentences(text))


def _asked_for(heads: Heads, text: str) -> Iterator[str]:
    """The facts that a text asks for."""
    for question in (part for sentence in sentences(text) if asks(sentence) for part in apart(sentence)):
        scores = heads.scores(question)
        best = max(scores, key=lambda fact: scores[fact], default=None)
        if best and scores[best] >= FACT_THRESHOLD:
            yield best


def _why(fact: str, text: str, heard: Sequence[str]) -> str:
    if heard:
        return f"this question is heard as one for fact {heard[0]!r}; word it differently, or make the two facts one"
    if not any(map(asks, sentences(text))):
        return "the observer does not take this for a question that wants an answer, so nobody gives one; word it differently"
    return f"the observer does not hear this as a question for {fact!r}; add questions like it, or `cues`"


def _statements(loaded: Loaded) -> Iterator[Placed]:
    """Patterns that only a statement meets."""
    for loc, position in models(loaded.document, Position):
        for index, condition in enumerate(position.moves_when):
            if condition.kind not in ASKED_TOO:
                yield (*loc, "moves_when", index, "heard"), condition.heard
        if position.hardens_when:
            yield (*loc, "hardens_when"), position.hardens_when
    for loc, contingency in models(loaded.document, Contingency):
        yield (*loc, "heard"), contingency.heard


def _asked_or_said(loaded: Loaded) -> Iterator[Placed]:
    for loc, point in models(loaded.document, Point):
        yield (*loc, "heard"), point.heard
    for loc, condition in models(loaded.document, Condition):
        if condition.kind in ASKED_TOO:
            yield (*loc, "heard"), condition.heard


def _unlike_statements(pattern: Pattern) -> dict[str, str]:
    reason = "this is heard only in statements, and the example is a question; make it a statement, or leave it out"
    return {text: reason for text in pattern.examples if all(map(asks, sentences(text)))}


def _in_pieces(pattern: Pattern) -> dict[str, str]:
    several = [text for text in pattern.examples if len(sentences(text)) > 1]
    return dict.fromkeys(several, "answers are heard sentence by sentence, and this example is several; keep the one that says it")


def _unheard(loaded: Loaded, loc: Loc, pattern: Pattern, reasons: Mapping[str, str]) -> Iterator[Problem]:
    """A warning for each example that is not heard; an error instead where none is."""
    if reasons and len(reasons) == len(set(pattern.examples)):
        yield loaded.problem((*loc, "examples"), f"none of the examples is heard: {next(iter(reasons.values()))}")
        return
    for index, text in enumerate(pattern.examples):
        if text in reasons:
            yield loaded.problem((*loc, "examples", index), reasons[text], "warning")


def _nearer_to_counter(examples: NDArray[np.float32], counters: NDArray[np.float32]) -> int:
    import numpy as np

    among = examples @ examples.T
    np.fill_diagonal(among, -1.0)
    return int(((examples @ counters.T).max(axis=1) > among.max(axis=1)).sum())
