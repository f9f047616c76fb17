"""The report as plain lines: no boxes, tables or symbols, every number beside its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agent.report.view import CompetencyView, QuoteView, ReportView, TwistView, view
from agent.report.wording import NO_QUOTE
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport


def to_plain(report: GradeReport, transcript: Transcript | None = None, *, rubric: Rubric | None = None) -> str:
    """The report as plain text."""
    return "\n".join(plain_lines(view(report, transcript, rubric))) + "\n"


def plain_lines(shown: ReportView) -> Iterator[str]:
    """The report from top to bottom, one statement a line, an empty line between sections."""
    yield f"Report: {shown.title}"
    yield shown.overall
    yield f"Rubric {shown.rubric}. Judge {shown.judge}."
    yield shown.about
    for competency in shown.competencies:
        yield from _competency(competency)
    for twist in shown.twists:
        yield from _twist(twist)
    for section in (*shown.feedback, *shown.debrief):
        yield from _section(section.head, section.lines)
    yield from _section("Delivery, measured and not graded", (f"{row.label}: {row.value}" for row in shown.delivery))
    yield from _section("Notes", shown.notes)
    yield from _section("Next steps", (f"{number}. {row.label}: {row.value}" for number, row in enumerate(shown.steps, start=1)))
    if shown.graded:
        yield from ("", shown.graded)


def _competency(shown: CompetencyView) -> Iterator[str]:
    yield ""
    yield f"{shown.name}: {shown.outcome}" + (f", score {shown.score_text}, {shown.sure}" if shown.score_text else "")
    yield shown.reasoning
    if shown.level is None:
        yield shown.meaning
    yield from (_quote("Speaks for it", quote) for quote in shown.speaks_for[:2])
    yield from (_quote("Speaks against it", quote) for quote in shown.speaks_against[:1])
    yield from (f"Not heard: {text}" for text in shown.missing)
    yield from (f"{row.label}: {row.value}" for row in shown.moments)
    yield from shown.spread


def _twist(shown: TwistView) -> Iterator[str]:
    yield ""
    yield f"Twist in turn {shown.turn}: {shown.label}"
    yield shown.what_changed
    yield _quote("Before", shown.before) if shown.before else f"Before: {NO_QUOTE}"
    yield _quote("After", shown.after) if shown.after else f"After: {NO_QUOTE}"
    yield from (f"Heard: {text}" for text in shown.heard)
    yield from (f"Not heard: {text}" for text in shown.missing)


def _quote(head: str, quote: QuoteView) -> str:
    says = f" {quote.says}" if quote.says else ""
    return f'{head}, {quote.where}: "{quote.quote}"{says}'


def _section(head: str, lines: Iterable[str]) -> Iterator[str]:
    body = list(lines)
    if body:
        yield from ("", head, *body)
