"""Moved items side by side: both levels, both reasons, both quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from agent.counted import counted

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.evaluation.comparing.moved import Moved
    from agent.verdict import Verdict

QUOTES = 4
LONGEST = 160


def show_moved(moved: Sequence[Moved], screen: Screen, count: int) -> None:
    """The first `count`, each with what both sides rest on; and how many there are."""
    if not moved:
        screen.text("\nNo item has another level.")
        return
    of = f"{counted(len(moved), 'level')} of {counted(len({one.item for one in moved}), 'item')}"
    screen.text(f"\n{of} moved{_some(count, len(moved))}", style="bold")
    for one in moved[:count]:
        shift = "" if one.shift is None else f" ({one.shift:+.2f})"
        screen.text(f"\n{one.item}, {one.competency}: {_level(one.before)} → {_level(one.after)}{shift}", style="bold")
        for side, verdict in (("before", one.before), ("after", one.after)):
            screen.text("\n".join([f"  {side:<7} {_level(verdict)}: {_cut(verdict.reasoning, 2 * LONGEST)}", *_quotes(verdict)]))


def _some(count: int, all_: int) -> str:
    if count >= all_:
        return ""
    return "; --show N shows them" if not count else f"; the first{f' {count}' if count > 1 else ''}, --show N shows more"


def _level(verdict: Verdict) -> str:
    return verdict.state.value.replace("_", " ") if verdict.level is None else f"level {verdict.level}"


def _quotes(verdict: Verdict) -> Iterator[str]:
    for evidence in verdict.evidence[:QUOTES]:
        yield f"          {'+' if evidence.supports else '−'} turn {evidence.turn}: “{_cut(evidence.quote, LONGEST)}”"
    if len(verdict.evidence) > QUOTES:
        yield f"          and {counted(len(verdict.evidence) - QUOTES, 'more quote')}"


def _cut(text: str, longest: int) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= longest else f"{one_line[:longest].rstrip()}…"
