"""YAML with line numbers, built from the parser's events and never by recursion.

Scalars follow the YAML 1.2 core schema: `no`, `on` and dates stay text. Duplicate keys, tags, control characters,
aliases that contain themselves, and documents that are too deep or grow too large are problems, not crashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from agent.library.problem import Loc, Problem, Wrong, field_name

MAX_DEPTH = 30
MAX_NODES = 60_000

_NULL = re.compile(r"~|null|Null|NULL|")
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?\d{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.\d{1,18}|\d{1,18}(?:\.\d{0,18})?)(?:[eE][-+]?\d{1,3})?")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PLAIN_TAGS = {None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Lined:
    """Plain data, and the line on which each part of it starts."""

    data: Any
    lines: Mapping[Loc, int]

    def known(self, loc: Loc) -> Loc:
        """The longest part of `loc` that is in the file."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return loc

    def line(self, loc: Loc) -> int:
        """The line of `loc`, or of the nearest thing around it."""
        return self.lines.get(self.known(loc), 1)


def parse_yaml(text: str, path: Path, first_line: int = 1) -> Lined:
    """The one YAML document in `text`, whose first line is number `first_line` of the file.

    Raises:
        InvalidDocument: with file, line and field of everything that is wrong with the YAML itself.
    """
    builder = _Builder(path, first_line)
    for event in _events(text, path, first_line):
        builder.take(event)
    if builder.problems:
        raise Wrong(builder.problems)
    return Lined(builder.root, builder.lines)


def _events(text: str, path: Path, first_line: int) -> Iterator[yaml.Event]:
    try:
        loader = _Loader(text)
        while loader.check_event():
            yield loader.get_event()
    except yaml.YAMLError as error:
        raise Wrong([Problem(path, first_line + _error_line(error, text), "", f"this is not YAML: {_reason(error)}")]) from error


def _error_line(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.line if mark else text[: getattr(error, "position", 0)].count("\n")


def _reason(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError):
        problem = error.problem or error.context or "it cannot be parsed"
        return f"{problem}; put text that contains ': ' in quotes" if "mapping values" in problem else problem
    return str(error).splitlines()[0]


@dataclass
class _Frame:
    """A list or mapping that is still open."""

    value: list[Any] | dict[Any, Any]
    loc: Loc
    line: int
    anchor: str | None
    nodes_before: int
    key: Any = None
    has_key: bool = False


@dataclass
class _Builder:
    path: Path
    first_line: int
    root: Any = None
    lines: dict[Loc, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    documents: int = 0
    nodes: int = 0
    open: list[_Frame] = field(default_factory=list)
    anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)

    def take(self, event: yaml.Event) -> None:
        line = self.first_line + (event.start_mark.line if event.start_mark else 0)
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(line)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(str(event.anchor), line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()

    def _start_document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(line, "a second document starts here; keep one document in a file")

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        self._count(1, line)
        self._check_tag(event.tag, line)
        value = _resolve(event.value) if event.implicit[0] and event.tag is None else event.value
        if isinstance(value, str) and _CONTROL.search(value):
            self._report(line, self._here(), "the text holds a control character; remove it")
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self._place(value, line)

    def _alias(self, anchor: str, line: int) -> None:
        if any(frame.anchor == anchor for frame in self.open):
            self._stop(line, f"the alias *{anchor} stands inside what it names; write the value out")
        if anchor not in self.anchors:
            self._stop(line, f"the alias *{anchor} has no anchor &{anchor} before it")
        value, size = self.anchors[anchor]
        self._count(size, line)
        self._place(value, line)

    def _start(self, event: yaml.CollectionStartEvent, line: int) -> None:
        self._count(1, line)
        self._check_tag(event.tag, line)
        if len(self.open) >= MAX_DEPTH:
            self._stop(line, f"this is nested deeper than {MAX_DEPTH} levels")
        if self.open and isinstance(self.open[-1].value, dict) and not self.open[-1].has_key:
            self._stop(line, "a key has to be a word, not a list or mapping")
        value: list[Any] | dict[Any, Any] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        loc = self._here()
        self.lines.setdefault(loc, line)
        self.open.append(_Frame(value, loc, line, event.anchor, self.nodes))

    def _end(self) -> None:
        frame = self.open.pop()
        if frame.anchor:
            self.anchors[frame.anchor] = (frame.value, self.nodes - frame.nodes_before + 1)
        self._place(frame.value, frame.line)

    def _place(self, value: Any, line: int) -> None:
        if not self.open:
            self.root = value
            self.lines.setdefault((), line)
            return
        frame = self.open[-1]
        if isinstance(frame.value, list):
            self.lines.setdefault((*frame.loc, len(frame.value)), line)
            frame.value.append(value)
        elif frame.has_key:
            frame.value[frame.key] = value
            frame.has_key = False
        else:
            self._key(frame, value, line)

    def _key(self, frame: _Frame, key: Any, line: int) -> None:
        if isinstance(key, bool) or not isinstance(key, str | int):
            self._stop(line, f"the key {key!r} has to be a word; put it in quotes")
        if key == "<<":
            self._stop(line, "merge keys (<<) are not supported; write the fields out")
        if key in frame.value:
            self._report(line, (*frame.loc, key), f"the key is there twice, first in line {self.lines[(*frame.loc, key)]}")
        self.lines.setdefault((*frame.loc, key), line)
        frame.key, frame.has_key = key, True

    def _here(self) -> Loc:
        if not self.open:
            return ()
        frame = self.open[-1]
        if isinstance(frame.value, list):
            return (*frame.loc, len(frame.value))
        return (*frame.loc, frame.key) if frame.has_key else frame.loc

    def _check_tag(self, tag: str | None, line: int) -> None:
        if tag not in _PLAIN_TAGS:
            self._stop(line, f"the tag {str(tag).replace('tag:yaml.org,2002:', '!!')} is not allowed; write plain text, lists and mappings")

    def _count(self, nodes: int, line: int) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            self._stop(line, f"the document has more than {MAX_NODES:,} parts, aliases written out; split it")

    def _report(self, line: int, loc: Loc, message: str) -> None:
        self.problems.append(Problem(self.path, line, field_name(loc), message))

    def _stop(self, line: int, message: str) -> None:
        self._report(line, self._here(), message)
        raise Wrong(self.problems)


def _resolve(text: str) -> Any:
    if _NULL.fullmatch(text):
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
