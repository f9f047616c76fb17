"""What WebVTT and SRT have in common: cues with times, tags and captions that roll."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from agent.reading.labels import Line
from agent.reading.said import clean_line

TIMING = re.compile(r"\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]{1,200})>")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>]{0,300}>|</?>|\{\\[^{}]{0,100}\}")
_GAP = 0.25
"""Cues that start at most so many seconds after the last one ended may repeat its lines."""


@dataclass(frozen=True)
class Cue:
    """A caption: its times in seconds and its lines as they stand in the file."""

    start: float
    end: float
    lines: tuple[str, ...]


def lines_of(cues: Iterable[Cue]) -> list[Line]:
    """The lines of all cues without tags; lines that a rolling caption repeats come once."""
    found: list[Line] = []
    previous: list[Line] = []
    for cue in cues:
        current = _lines(cue)
        if previous and cue.start <= (previous[-1].end or 0) + _GAP:
            if current and _grows(previous[-1], current[0]):
                found.pop()
            found.extend(current[_overlap(previous, current) :])
        else:
            found.extend(current)
        previous = current or previous
    return found


def _grows(old: Line, new: Line) -> bool:
    return new.voice == old.voice and new.text != old.text and new.text.startswith(old.text + " ")


def _overlap(previous: list[Line], current: list[Line]) -> int:
    old, new = [(line.voice, line.text) for line in previous], [(line.voice, line.text) for line in current]
    return next((size for size in range(min(len(old), len(new)), 0, -1) if old[-size:] == new[:size]), 0)


def _lines(cue: Cue) -> list[Line]:
    voice: str | None = None
    found: list[Line] = []
    for raw in cue.lines:
        for speaker, piece in _voices(raw):
            voice = speaker or voice
            text = clean_line(unescape(_TAG.sub("", piece)))
            if text:
                found.append(Line(text, cue.start, cue.end, voice, opens=not found))
    return found


def _voices(raw: str) -> list[tuple[str | None, str]]:
    parts = _VOICE.split(raw)
    named = zip(parts[1::2], parts[2::2], strict=True)
    return [(None, parts[0]), *((clean_line(unescape(name)) or None, text) for name, text in named)]
