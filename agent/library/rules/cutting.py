"""Personas: they cut in for a reason that can occur, and not at every word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Problem
from agent.library.rules.references import look_up
from agent.persona import Persona

STORM = 3
"""Cut-ins into one answer beyond which nobody can answer any more."""
EVERYDAY = 0.05
"""The share of the sentences that people say in any scene beyond which a word in them is no jargon."""


def check_cutting(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """A storm of cut-ins, triggers that never hold, triggers that always hold."""
    persona: Persona = loaded.document
    limits = persona.interruption
    if limits.triggers and limits.frequency == 1 and limits.min_gap_seconds == 0 and limits.per_turn > STORM:
        message = f"a storm of cut-ins: no occasion left out, no gap, {limits.per_turn} in one answer; set `min_gap_seconds`"
        yield loaded.problem(("interruption",), message, "warning")
    if "jargon" in limits.triggers and not persona.listener.jargon:
        yield loaded.problem(("interruption", "triggers"), "cuts in at jargon, but `listener.jargon` is empty; name the terms", "warning")
    yield from _everyday(loaded, library)


def _everyday(loaded: Loaded, library: Library) -> Iterator[Problem]:
    acts = look_up(lambda _: library.acts(), "") or {}
    said = [example.lower() for pattern in acts.values() for example in pattern.examples]
    for index, term in enumerate(loaded.document.listener.jargon):
        sign = re.compile(rf"(?<!\w){re.escape(term.lower())}(?!\w)")
        holding = sum(term.lower() in sentence and sign.search(sentence) is not None for sentence in said)
        if holding > EVERYDAY * len(said):
            message = f"{term!r} is an everyday word, in {holding} of {len(said)} sentences of any talk; leave it out"
            yield loaded.problem(("listener", "jargon", index), message, "warning")
