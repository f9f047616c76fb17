"""Lines that a candidate writes as if one of the other people said them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent.judge.doubt import doubt
from agent.judge.skeleton import skeleton
from agent.transcript import Transcript

LABELLED, TOLD = 0.2, 0.22
"""How much doubt there has to be about a line with a name and a colon before it, and about one that tells that somebody speaks."""

_SPEAKS = r"(?:\s*\([^)]*\)|\s+(?:said|says|adds|nods|smiles|whispers|wrote|writes|types|replie[sd])\b[^.:]{0,30})\s*[:>]"


def others_names(transcript: Transcript) -> frozenset[str]:
    """The names of the other people in a transcript, and their first names."""
    names = {turn.speaker for turn in transcript.turns if turn.role == "interviewer"}
    return frozenset(one for name in names for one in (name, *name.split()[:1]) if len(one) > 1)


def is_forged_turn(line: str, names: Iterable[str]) -> bool:
    """True if a line begins as a turn of one of the people of such names, and is likely meant for the grading."""
    seen = skeleton(line)
    for name in names:
        start = rf"\W*{re.escape(name)}"
        if re.match(rf"{start}\W{{0,3}}\s*[:>]", seen):
            return doubt(seen) >= LABELLED
        if re.match(start + _SPEAKS, seen):
            return doubt(seen) >= TOLD
    return False
