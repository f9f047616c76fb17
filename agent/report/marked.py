"""Text made literal for Markdown: nothing in it formats, links, or is HTML."""

from __future__ import annotations

import re

from agent.prose import clean

_SPECIAL = re.compile(r"[\\`*_\[\]#|~$]|:(?=//)|(?<=\w)@(?=\w)")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)


def inline(text: str) -> str:
    """`text` as literal Markdown on one line."""
    return _escaped(" ".join(clean(text).split()))


def block(text: str) -> str:
    """`text` as literal Markdown in a quotation, its lines kept."""
    lines = _escaped(clean(text).expandtabs(4)).split("\n")
    return "\n".join(f"> {_indent(line)}  " if line.strip() else ">" for line in lines)


def _escaped(text: str) -> str:
    literal = _SPECIAL.sub(r"\\\g<0>", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return _LINE_START.sub(_held, literal).replace("www.", "www\\.")


def _held(match: re.Match[str]) -> str:
    space, start = match.groups()
    return f"{space}{start}\\" if start.isdigit() else f"{space}\\{start}"


def _indent(line: str) -> str:
    body = line.lstrip(" ")
    return "&nbsp;" * (len(line) - len(body)) + body
