"""SubRip: numbered captions."""

from __future__ import annotations

import re

from agent.reading.captions import TIMING, lines_of
from agent.reading.labels import attributed
from agent.reading.said import Said
from agent.reading.vtt import cues


def is_srt(text: str) -> bool:
    """Whether `text` starts with a caption number and a timing line (or the timing line alone)."""
    lines = text.split("\n", 2)
    numbered = len(lines) > 1 and re.fullmatch(r"\s*\d+\s*", lines[0]) is not None
    return TIMING.match(lines[1] if numbered else lines[0]) is not None


def read_srt(text: str, candidate: str | None) -> list[Said]:
    """Everything said in the captions."""
    return attributed(lines_of(cues(text)), candidate)
