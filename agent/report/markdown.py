"""A report, a transcript, or both as one Markdown document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from agent.report.marked import inline
from agent.report.measures import Row
from agent.report.text import transcript_to_markdown
from agent.report.view import CompetencyView, QuoteView, ReportView, TwistView, view
from agent.report.wording import NO_QUOTE, UNGRADED
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport

_PIN = re.compile(r"(?<![\w.\\-])([a-z0-9-]+)\\@(\d+(?:\.\d+)+)")


def to_markdown(report: GradeReport | None, transcript: Transcript | None = None, *, rubric: Rubric | None = None) -> str:
    """The report, then the transcript, whichever there is."""
    parts = (
        _report(view(report, transcript, rubric)) if report else [f"# {inline(transcript.title if transcript else 'Session')}", UNGRADED]
    )
    if transcript:
        parts += ["## Transcript", transcript_to_markdown(transcript)]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _report(shown: ReportView) -> list[str]:
    parts = [f"# {inline(shown.title)}", inline(shown.overall), inline(shown.about)]
    parts.append(f"Rubric {_pinned(shown.rubric)}. Judge {inline(shown.judge)}.")
    parts += ["## Competencies", _table(shown.competencies)]
    for competency in shown.competencies:
        parts += _competency(competency)
    for twist in shown.twists:
        parts += _twist(twist)
    for section in (*shown.feedback, *shown.debrief):
        parts += _section(f"## {section.head}", _debriefed(section.lines))
    parts += _section("## Delivery, measured and not graded", _rows(shown.delivery))
    parts += _section("## Notes", _list(shown.notes))
    parts += _section("## Next steps", _rows(shown.steps))
    parts += [inline(shown.graded)] if shown.graded else []
    return [
        *parts,
        *_section("## What this rests on", "\n".join(f"- {inline(row.label)}: {_pinned(row.value)}" for row in shown.provenance)),
    ]


def _table(competencies: Iterable[CompetencyView]) -> str:
    head = ["| Competency | Outcome | Score | How sure |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *(f"| {inline(one.name)} | {one.outcome} | {one.score_text} | {one.sure} |" for one in competencies)])


def _competency(shown: CompetencyView) -> list[str]:
    numbers = f": {shown.outcome}, score {shown.score_text}" if shown.score_text else f": {shown.outcome}"
    parts = [f"### {inline(shown.name)}{numbers}", inline(shown.reasoning)]
    if not shown.score_text:
        parts.append(shown.meaning)
    if shown.anchor:
        parts.append(f"What level {shown.level} looks like: {inline(shown.anchor)}")
    parts += _section("Speaks for it:", "\n".join(map(_quote, shown.speaks_for)))
    parts += _section("Speaks against it:", "\n".join(map(_quote, shown.speaks_against)))
    parts += _section("Not heard:", _list(shown.missing)) + _opinions(shown)
    return [*parts, *_section("To go by:", _rows(shown.moments))]


def _opinions(shown: CompetencyView) -> list[str]:
    """The levels of a judge asked several times; of several judges also why."""
    if len(shown.opinions) < 2:
        return list(map(inline, shown.spread))
    said = "\n".join(f"- {inline(one.judge)}: {one.levels}. {inline(one.reasoning)}" for one in shown.opinions)
    return ["What each judge said:", said]


def _twist(shown: TwistView) -> list[str]:
    return [
        f"## Twist: {inline(shown.label)} (turn {shown.turn})",
        inline(shown.what_changed),
        f"- Before: {_said(shown.before)}\n- After: {_said(shown.after)}",
        *_section("Heard:", _list(shown.heard)),
        *_section("Not heard:", _list(shown.missing)),
    ]


def _quote(shown: QuoteView) -> str:
    says = f" {inline(shown.says)}" if shown.says else ""
    return f"- {_said(shown)}{says}"


def _said(shown: QuoteView | None) -> str:
    return f"“{inline(shown.quote)}” ({shown.where})" if shown else NO_QUOTE


def _section(head: str, body: str) -> list[str]:
    return [head, body] if body else []


def _list(texts: Sequence[str]) -> str:
    return "\n".join(f"- {inline(text)}" for text in texts)


def _debriefed(lines: Sequence[str]) -> str:
    """Statements as a list, what belongs to one of them below it."""
    return "\n".join(f"  - {inline(line[2:])}" if line.startswith("- ") else f"- {inline(line)}" for line in lines)


def _rows(shown: Iterable[Row]) -> str:
    return "\n".join(f"- {inline(row.label)}: {inline(row.value)}" for row in shown)


def _pinned(text: str) -> str:
    """`text` as literal Markdown with `slug@version` as code, so that it reads as it is and is no e-mail address."""
    return _PIN.sub(r"`\1@\2`", inline(text))
