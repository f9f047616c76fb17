"""Patterns: cues that can match, examples that can be heard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.document import Pattern
from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Loc, Problem
from agent.library.rules.walk import models

_CAPITAL = re.compile(r"(?<!\\)(?:\\\\)*[A-Z]")
_NESTED_REPEAT = re.compile(r"\((?:[^()\\]|\\.)*[+*](?:[^()\\]|\\.)*\)[+*]")


def check_patterns(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Problems with every pattern of a document."""
    del library
    for loc, pattern in models(loaded.document, Pattern):
        yield from _check_cues(loaded, loc, pattern)
        yield from _check_examples(loaded, loc, pattern)


def _check_cues(loaded: Loaded, loc: Loc, pattern: Pattern) -> Iterator[Problem]:
    for field in ("cues", "requires"):
        for index, cue in enumerate(getattr(pattern, field)):
            yield from _check_cue(loaded, (*loc, field, index), cue)


def _check_cue(loaded: Loaded, loc: Loc, cue: str) -> Iterator[Problem]:
    if _CAPITAL.search(cue):
        yield loaded.problem(loc, f"the cue {cue!r} has a capital letter, but answers are compared in lower case; it never matches")
    if re.compile(cue).search(""):
        yield loaded.problem(loc, f"the cue {cue!r} matches the empty text, so it always matches")
    if _NESTED_REPEAT.search(cue):
        yield loaded.problem(loc, f"the cue {cue!r} repeats a repetition, which can take forever; write it without the inner + or *")
    if re.compile(cue).groupindex or re.search(r"\\[1-9]|\(\?[aiLmsux]+\)", cue):
        yield loaded.problem(loc, f"the cue {cue!r} uses a group reference or a flag; cues are joined, write plain alternatives")


def _check_examples(loaded: Loaded, loc: Loc, pattern: Pattern) -> Iterator[Problem]:
    counter = {example.lower() for example in pattern.not_examples}
    required = [re.compile(rf"(?<!\w)(?:{cue})(?!\w)") for cue in pattern.requires]
    for index, example in enumerate(pattern.examples):
        if example.lower() in counter:
            yield loaded.problem((*loc, "examples", index), "the sentence is an example and a counter-example; keep one")
        if required and not any(one.search(example.lower()) for one in required):
            message = "the example holds nothing of what `requires` asks for, so it is never heard"
            yield loaded.problem((*loc, "examples", index), message, "warning")
