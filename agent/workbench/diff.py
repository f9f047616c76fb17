"""What an edit changed."""

from __future__ import annotations

from difflib import SequenceMatcher, unified_diff


def changed_lines(before: str, after: str) -> list[str]:
    """The lines of `after` that are new or other than in `before`, from top to bottom. A line that only went away is not among them."""
    old, new = before.splitlines(), after.splitlines()
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [line for tag, _, _, first, last in blocks if tag != "equal" for line in new[first:last]]


def unified(before: str, after: str, name: str) -> str:
    """The edit as a unified diff with three lines of context; empty if nothing changed."""
    lines = unified_diff(before.splitlines(), after.splitlines(), f"{name} (as given)", f"{name} (edited)", lineterm="")
    return "".join(f"{line}\n" for line in lines)
