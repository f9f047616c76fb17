"""Patterns: cues that can match, examples that can be heard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.document import Pattern, compiled
from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Loc, Problem
from agent.library.rules.walk import models
from agent.recognition import any_of

_CAPITAL = re.compile(r"(?<!\\)(?:\\\\)*[A-Z]")
_PLAIN = re.compile(r"[\w' -]+")
_REFERENCE = re.compile(r"\\[1-9]|\(\?[aiLmsux]+\)")
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
    if _PLAIN.fullmatch(cue):
        return
    if compiled(cue).search(""):
        yield loaded.problem(loc, f"the cue {cue!r} matches the empty text, so it always matches")
    if _NESTED_REPEAT.search(cue):
        yield loaded.problem(loc, f"the cue {cue!r} repeats a repetition, which can take forever; write it without the inner + or *")
    if compiled(cue).groupindex or _REFERENCE.search(cue):
        yield loaded.problem(loc, f"the cue {cue!r} uses a group reference or a flag; cues are joined, write plain alternatives")


def _check_examples(loaded: Loaded, loc: Loc, pattern: Pattern) -> Iterator[Problem]:
    counter = {example.lower() for example in pattern.not_examples}
    for index, example in enumerate(pattern.examples):
        if example.lower() in counter:
            yield loaded.problem((*loc, "examples", index), "the sentence is an example and a counter-example; keep one")
    required = any_of(pattern.requires)
    unheard = [index for index, example in enumerate(pattern.examples) if required and not required.search(example.lower())]
    if len(unheard) == len(pattern.examples):
        message = "no example holds anything of what `requires` asks for, so this is never heard; widen `requires`"
        yield loaded.problem((*loc, "requires"), message)
        return
    for index in unheard:
        message = "the example holds nothing of what `requires` asks for, so it is never heard; widen `requires`"
        yield loaded.problem((*loc, "examples", index), message, "warning")
