"""Lines that were broken where there was no room for more: put together again, so that a sentence is one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from agent.prose import words

WRAPPED = 50
"""Characters: a typed line that is shorter was ended by whoever typed it."""
A_SENTENCE = 60
"""Words: captions with fewer ends of sentences than one for so many have none that could be trusted."""
_ENDS = re.compile(r"[.!?…:;][\"')\]»”’]*$")
_GOES_ON = re.compile(r"[^\W\dA-Z_]|\d|[(\"'“‘]|I\b")
"""How a line begins that goes on with the one before: not with a capital, unless it is the speaker."""
_ITEM = re.compile(r"\s*(?:(?:\d{1,3}|[A-Za-z])[.)]|[-*•–#>|])\s")


def flowing(lines: Sequence[str], *, spoken: bool) -> str:
    """What one person said in a stretch, from its lines; those that were broken in mid-sentence are joined by a space.

    `spoken`: they are captions, which break anywhere; otherwise somebody typed or wrapped them.
    """
    joins = spoken and _has_sentences(lines)
    text = "".join(lines[:1])
    for before, after in pairwise(lines):
        goes_on = joins if spoken else len(before) >= WRAPPED and _GOES_ON.match(after.lstrip())
        is_one = goes_on and _is_open(before) and after.strip() and not _ITEM.match(after)
        text += (" " if is_one else "\n") + after
    return text


def _has_sentences(lines: Sequence[str]) -> bool:
    """Whether captions have marks at the ends of sentences; those that a machine made often have none."""
    ends = sum(len(re.findall(r"[.!?…](?=\s|$)", line)) for line in lines)
    return ends * A_SENTENCE >= sum(len(words(line)) for line in lines)


def _is_open(line: str) -> bool:
    return bool(line.strip()) and not _ENDS.search(line.rstrip())
