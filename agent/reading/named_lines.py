"""`Name: text` lines, as people type or paste them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from textwrap import dedent

from agent.reading.labels import Line, attributed
from agent.reading.said import Said, clean_line


def read_named_lines(text: str, candidate: str | None) -> list[Said]:
    """Everything said in `text`. Where turns carry timestamps, a turn lasts until the next one starts."""
    raw = dedent(text).split("\n")
    return _timed(attributed([_line(line, before) for before, line in pairwise(["", *raw])], candidate))


def _line(raw: str, before: str) -> Line:
    body = clean_line(raw)
    margin = raw[: len(raw) - len(raw.lstrip(" \t"))].expandtabs(4)
    return Line(margin[2:] + body if body else "", indented=len(margin) >= 2, opens=not before.strip())


def _timed(said: Sequence[Said]) -> list[Said]:
    return [replace(one, end=after.start) for one, after in pairwise(said)] + list(said[-1:])
