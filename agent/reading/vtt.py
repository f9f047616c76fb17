"""WebVTT: captions of a recorded call."""

from __future__ import annotations

import re

from agent.reading.captions import TIMING, Cue, lines_of
from agent.reading.labels import attributed, seconds_of
from agent.reading.said import Said

_BLOCK = re.compile(r"\n[ \t]*\n")


def is_vtt(text: str) -> bool:
    """Whether `text` starts as every WebVTT file must."""
    return re.match(r"WEBVTT(?:[ \t\n]|$)", text) is not None


def read_vtt(text: str, candidate: str | None) -> list[Said]:
    """Everything said in the cues; headers, notes, styles, regions and cue settings are left out."""
    return attributed(lines_of(cues(text)), candidate)


def cues(text: str) -> list[Cue]:
    """The cues of a WebVTT or SRT file: blocks with a timing line in the first or second place."""
    found = []
    for block in _BLOCK.split(text):
        cue = _cue(block.strip("\n").split("\n"))
        if cue:
            found.append(cue)
    return found


def _cue(block: list[str]) -> Cue | None:
    for place, line in enumerate(block[:2]):
        timing = TIMING.match(line)
        if timing:
            return Cue(seconds_of(timing[1]), seconds_of(timing[2]), tuple(block[place + 1 :]))
    return None
