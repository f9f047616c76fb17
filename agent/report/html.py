"""One self-contained HTML page: no script, nothing loaded from anywhere."""

from __future__ import annotations

from typing import NamedTuple

from agent.prose import clean
from agent.report.chart import chart
from agent.report.quoted import Piece, pieces
from agent.report.text import named, twist_line
from agent.report.view import ReportView, view
from agent.report.wording import NO_QUOTE, UNGRADED
from agent.rubric import Rubric
from agent.transcript import Transcript, Turn
from agent.verdict import GradeReport


class TurnView(NamedTuple):
    """A turn cut into pieces, so that what is quoted can be marked, and what happened right before it."""

    turn: Turn
    pieces: list[Piece]
    marks: list[str]


def to_html(report: GradeReport | None, transcript: Transcript | None = None, *, rubric: Rubric | None = None) -> str:
    """The report and the transcript, whichever there is, as a whole HTML document."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    page = Environment(
        loader=PackageLoader("agent.report", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    shown = view(report, transcript, rubric) if report else None
    return page.get_template("report.html.j2").render(
        title=clean(shown.title if shown else transcript.title if transcript else "Session"),
        report=shown,
        chart=chart(shown.competencies) if shown else None,
        turns=_turns(transcript, shown) if transcript else [],
        source=clean(transcript.source) if transcript else "",
        ungraded=UNGRADED,
        no_quote=NO_QUOTE,
    )


def _turns(transcript: Transcript, shown: ReportView | None) -> list[TurnView]:
    return [
        TurnView(
            turn.model_copy(update={"speaker": named(turn)}),
            pieces(clean(turn.text), _quotes(turn, shown)),
            [twist_line(mark) for mark in transcript.marks if mark.turn == turn.number],
        )
        for turn in transcript.turns
    ]


def _quotes(turn: Turn, shown: ReportView | None) -> list[tuple[int, str]]:
    return [(quote.number, quote.quote) for quote in shown.quotes if quote.turn == turn.number and quote.found] if shown else []
