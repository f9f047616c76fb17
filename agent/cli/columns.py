"""Tables that fit the screen: columns as wide as what stands in them, fewer of them where it is narrow, or one under the other.

No cell is ever broken. In a pipe with --plain lines may be of any length, and every column is there.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from agent.cli.screen import Screen

GAP, INDENT = "  ", "    "
TOGETHER = "\N{NO-BREAK SPACE}"
"""Between words that stay on one line."""


class Column(NamedTuple):
    """A heading. `goes`: left out where there is no room, the highest first; 0 stays. Figures are aligned at the right."""

    head: str
    goes: int = 0
    is_text: bool = False


class Row(NamedTuple):
    """The cells of a row, the first of which names it, and a remark, which follows them or stands below."""

    cells: tuple[str, ...]
    style: str = ""
    more: str = ""


def show_table(columns: Sequence[Column], rows: Sequence[Row], screen: Screen) -> None:
    """Prints a table after an empty line, and names the columns that there was no room for."""
    widths = _widths(columns, rows)
    kept = _kept(columns, widths, screen.width)
    screen.text()
    if _length(kept) > screen.width:
        if columns[0].head:
            screen.text(columns[0].head, style="bold")
        for row in rows:
            screen.text(_stacked(columns, row, screen.width), style=row.style)
        return
    screen.text(_line([column.head for column in columns], columns, kept), style="bold")
    for row in rows:
        screen.text(_with(row.more, _line(row.cells, columns, kept), screen.width), style=row.style)
    left_out = [column.head for place, column in enumerate(columns) if place not in kept]
    if left_out:
        screen.note(f"No room for: {', '.join(left_out)}; a wider window or --json shows all.")


def _widths(columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    return [max([len(column.head), *(len(row.cells[place]) for row in rows)]) for place, column in enumerate(columns)]


def _kept(columns: Sequence[Column], widths: Sequence[int], most: int) -> dict[int, int]:
    """The places of the columns that fit, with their widths."""
    kept = dict(enumerate(widths))
    for place in sorted((place for place in kept if columns[place].goes), key=lambda place: -columns[place].goes):
        if _length(kept) > most:
            del kept[place]
    return kept


def _length(widths: Mapping[int, int]) -> int:
    return sum(widths.values()) + len(GAP) * (len(widths) - 1)


def _line(cells: Sequence[str], columns: Sequence[Column], widths: Mapping[int, int]) -> str:
    parts = (cells[place].ljust(width) if columns[place].is_text else cells[place].rjust(width) for place, width in widths.items())
    return GAP.join(parts).rstrip()


def _with(more: str, line: str, width: int) -> str:
    """A line with its remark behind it, or under it."""
    if not more or len(line) + len(GAP) + len(more) <= width:
        return f"{line}{GAP}{more}" if more else line
    return f"{line}\n{_wrapped(more, width)}"


def _stacked(columns: Sequence[Column], row: Row, width: int) -> str:
    """A row as its name, and under it each figure behind its heading."""
    told = [f"{column.head} {cell}".strip() for column, cell in zip(columns[1:], row.cells[1:], strict=True) if cell]
    return f"{row.cells[0]}\n{_wrapped(', '.join(part.replace(' ', TOGETHER) for part in told), width)}" + (
        f"\n{_wrapped(row.more, width)}" if row.more else ""
    )


def _wrapped(text: str, width: int) -> str:
    filled = textwrap.fill(text, width, initial_indent=INDENT, subsequent_indent=INDENT, break_long_words=False, break_on_hyphens=False)
    return filled.replace(TOGETHER, " ")
