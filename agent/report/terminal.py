"""The report in a terminal: with colour and a table where there is room, and as plain lines for screen readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.report.plain import plain_lines
from agent.report.view import CompetencyView, QuoteView, ReportView, TwistView, view
from agent.report.wording import NO_QUOTE
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

Bar = Callable[[int | None], str]

TABLE_WIDTH = 72
"""From so many columns on the overview is a table."""


def to_terminal(
    report: GradeReport, transcript: Transcript | None = None, *, rubric: Rubric | None = None, plain: bool = False
) -> RenderableType:
    """The report as something rich can print; `plain` without boxes, tables or symbols."""
    shown = view(report, transcript, rubric)
    return _Plain(shown) if plain else _Report(shown)


@dataclass(frozen=True)
class _Plain:
    shown: ReportView

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.text import Text

        yield from (Text(line) for line in plain_lines(self.shown))


@dataclass(frozen=True)
class _Report:
    shown: ReportView

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.max_width >= TABLE_WIDTH
        bar = _ascii_bar if options.ascii_only else _bar
        yield from _header(self.shown)
        yield from _table(self.shown, bar) if wide else _stack(self.shown, bar)
        for competency in self.shown.competencies:
            yield from _competency(competency)
        for twist in self.shown.twists:
            yield from _twist(twist)
        yield from _rest(self.shown)


def _bar(level: int | None) -> str:
    return "" if level is None else "■" * level + "□" * (5 - level)


def _ascii_bar(level: int | None) -> str:
    return "" if level is None else "#" * level + "-" * (5 - level)


def _header(shown: ReportView) -> Iterator[RenderableType]:
    yield _head(shown.title)
    yield _line(shown.overall, "bold")
    yield _line(f"Rubric {shown.rubric}. Judge {shown.judge}.", "dim")
    yield _line(shown.about, "dim")
    yield _line("")


def _table(shown: ReportView, bar: Bar) -> Iterator[RenderableType]:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("Competency", "Outcome", "Level", "Score", "How sure"):
        table.add_column(name, justify="right" if name == "Score" else "left", no_wrap=name in ("Level", "Score"))
    for one in shown.competencies:
        style = "" if one.level else "dim"
        table.add_row(*(Text(cell, style) for cell in (one.name, one.outcome, bar(one.level), one.score_text, one.sure)))
    yield table


def _stack(shown: ReportView, bar: Bar) -> Iterator[RenderableType]:
    for one in shown.competencies:
        yield _line(one.name, "bold")
        yield _indented(" ".join(part for part in (bar(one.level), one.outcome) if part), "" if one.level else "dim")
        if one.score_text:
            yield _indented(f"score {one.score_text}, {one.sure}", "dim")


def _competency(shown: CompetencyView) -> Iterator[RenderableType]:
    yield _head(f"{shown.name}: {shown.outcome}")
    yield _line(shown.reasoning)
    if shown.level is None:
        yield _line(shown.meaning, "dim")
    for quote in shown.speaks_for[:2]:
        yield from _quote("+", quote)
    for quote in shown.speaks_against[:1]:
        yield from _quote("-", quote)
    yield from _list("Not heard", shown.missing)
    yield from (_indented(f"{row.label}: {row.value}") for row in shown.moments)
    yield from (_indented(line, "dim") for line in shown.spread)


def _twist(shown: TwistView) -> Iterator[RenderableType]:
    yield _head(f"Twist in turn {shown.turn}: {shown.label}")
    yield _line(shown.what_changed)
    for when, quote in (("Before", shown.before), ("After", shown.after)):
        yield _indented(f'{when}: "{quote.quote}" ({quote.where})' if quote else f"{when}: {NO_QUOTE}", "italic")
    yield from _list("Heard", shown.heard)
    yield from _list("Not heard", shown.missing)


def _rest(shown: ReportView) -> Iterator[RenderableType]:
    for section in (*shown.feedback, *shown.debrief):
        yield _head(section.head)
        yield from (_indented(line, "", 4 if line.startswith("- ") else 2) for line in section.lines)
    if shown.delivery:
        yield _head("Delivery, measured and not graded")
        yield from (_indented(f"{row.label}: {row.value}") for row in shown.delivery)
    if shown.notes:
        yield _head("Notes")
        yield from (_indented(note) for note in shown.notes)
    if shown.steps:
        yield _head("Next steps")
        yield from (_indented(f"{number}. {row.label}: {row.value}") for number, row in enumerate(shown.steps, start=1))
    if shown.graded:
        yield _line(f"\n{shown.graded}", "dim")


def _quote(sign: str, quote: QuoteView) -> Iterator[RenderableType]:
    yield _indented(f'{sign} "{quote.quote}" ({quote.where})', "italic")
    if quote.says:
        yield _indented(quote.says, "dim", 4)


def _list(head: str, texts: Sequence[str]) -> Iterator[RenderableType]:
    if texts:
        yield _indented(f"{head}:", "bold")
        yield from (_indented(text, "", 4) for text in texts)


def _head(text: str) -> RenderableType:
    return _line(f"\n{text}", "bold cyan")


def _line(text: str, style: str = "") -> RenderableType:
    from rich.text import Text

    return Text(text, style)


def _indented(text: str, style: str = "", left: int = 2) -> RenderableType:
    from rich.padding import Padding

    return Padding(_line(text, style), (0, 0, 0, left), expand=False)
