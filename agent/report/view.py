"""A report laid out for reading: names, words and numbered quotes, before any format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from agent.prose import clean
from agent.report.debrief import Section, sections
from agent.report.feedback import feedback_sections, moments
from agent.report.measures import Row, rows
from agent.report.quoted import locate
from agent.report.wording import NOT_FOUND, STATE_MEANING, STATE_WORDS, about, overall, sure, titled
from agent.rubric import Competency, Rubric
from agent.transcript import Transcript
from agent.verdict import Evidence, GradeReport, Opinion, State, TwistResponse, Verdict


@dataclass(frozen=True)
class QuoteView:
    """Words of the candidate. `number` counts all quotes of the report; `found` is None without a transcript."""

    number: int
    turn: int
    quote: str
    says: str
    supports: bool
    found: bool | None

    @property
    def where(self) -> str:
        """`turn 4`, or that the quote is not there."""
        return f"turn {self.turn}" + (f", {NOT_FOUND}" if self.found is False else "")


@dataclass(frozen=True)
class OpinionView:
    """What one judge said: `levels 3, 3, 4`, or the state, and why."""

    judge: str
    levels: str
    reasoning: str


@dataclass(frozen=True)
class CompetencyView:
    """One competency's outcome in words. Without a score there are no numbers."""

    id: str
    name: str
    state: State
    level: int | None
    score: float | None
    confidence: float | None
    interval: tuple[float, float] | None
    reasoning: str
    missing: tuple[str, ...]
    quotes: tuple[QuoteView, ...]
    anchor: str
    moments: tuple[Row, ...] = ()
    opinions: tuple[OpinionView, ...] = ()

    @property
    def spread(self) -> tuple[str, ...]:
        """The levels of every answer, where there were several: `Levels 3, 3, 4.`, with names where several judges gave them."""
        if len(self.opinions) == 1:
            return (f"{self.opinions[0].levels.capitalize()}.",)
        return tuple(f"{one.judge}: {one.levels}." for one in self.opinions)

    @property
    def outcome(self) -> str:
        """`level 3 of 5`, or the state."""
        return STATE_WORDS[self.state] if self.level is None else f"level {self.level} of 5"

    @property
    def meaning(self) -> str:
        """What the state means."""
        return STATE_MEANING[self.state]

    @property
    def score_text(self) -> str:
        """`3.2`, with its interval `3.2 (2.1-4.2)` where there is one, or nothing."""
        if self.score is None:
            return ""
        return f"{self.score:.1f}" + (f" ({self.interval[0]:.1f}-{self.interval[1]:.1f})" if self.interval else "")

    @property
    def sure(self) -> str:
        """`fairly sure (0.81)`, or nothing."""
        return "" if self.confidence is None else f"{sure(self.confidence)} ({self.confidence:.2f})"

    @property
    def speaks_for(self) -> tuple[QuoteView, ...]:
        """What supports the level."""
        return tuple(quote for quote in self.quotes if quote.supports)

    @property
    def speaks_against(self) -> tuple[QuoteView, ...]:
        """What counts against it."""
        return tuple(quote for quote in self.quotes if not quote.supports)


@dataclass(frozen=True)
class TwistView:
    """A twist, with the candidate's words before and after it."""

    label: str
    what_changed: str
    turn: int
    before: QuoteView | None
    after: QuoteView | None
    heard: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ReportView:
    """Everything a report shows."""

    title: str
    about: str
    overall: str
    competencies: tuple[CompetencyView, ...]
    twists: tuple[TwistView, ...]
    debrief: tuple[Section, ...]
    feedback: tuple[Section, ...]
    delivery: tuple[Row, ...]
    notes: tuple[str, ...]
    steps: tuple[Row, ...]
    rubric: str
    judge: str
    graded: str
    provenance: tuple[Row, ...]

    @property
    def quotes(self) -> list[QuoteView]:
        """All numbered quotes."""
        return [quote for competency in self.competencies for quote in competency.quotes]


def view(report: GradeReport, transcript: Transcript | None = None, rubric: Rubric | None = None) -> ReportView:
    """The report in words; `rubric` gives the competencies their names and the levels their anchors."""
    known = {competency.id: competency for competency in rubric.competencies} if rubric else {}
    numbers = count(1)
    shown = moments(report.feedback, {id: verdict.level for id, verdict in report.verdicts.items()})
    return ReportView(
        title=clean(report.title),
        about=clean(about(report.judge)),
        overall=overall(report.overall),
        competencies=tuple(
            _competency(id, verdict, _quotes(verdict, numbers, transcript), known.get(id), shown.get(id, ()))
            for id, verdict in report.verdicts.items()
        ),
        twists=tuple(_twist(twist, transcript) for twist in report.twists),
        debrief=sections(report.debrief),
        feedback=feedback_sections(report.feedback),
        delivery=tuple(rows(report.delivery)),
        notes=_cleaned(report.notes),
        steps=tuple(Row(_name(step.competency, known.get(step.competency)), clean(step.text)) for step in report.next_steps),
        rubric=clean(f"{report.rubric.id}@{report.rubric.version}"),
        judge=clean(f"{report.judge.id} {report.judge.version}"),
        graded=clean(str(report.context.get("graded", ""))),
        provenance=_provenance(report),
    )


def _competency(
    id: str, verdict: Verdict, quotes: tuple[QuoteView, ...], known: Competency | None, moments: tuple[Row, ...]
) -> CompetencyView:
    return CompetencyView(
        id=id,
        name=_name(id, known),
        state=verdict.state,
        level=verdict.level,
        score=verdict.score,
        confidence=verdict.confidence,
        interval=verdict.interval,
        reasoning=clean(verdict.reasoning),
        missing=_cleaned(verdict.missing),
        quotes=quotes,
        anchor=next((text for level, text in known.levels.items() if level == verdict.level), "") if known else "",
        moments=moments,
        opinions=tuple(OpinionView(clean(one.judge), _levels(one), clean(one.reasoning)) for one in verdict.opinions),
    )


def _levels(opinion: Opinion) -> str:
    if all(level is None for level in opinion.levels):
        return STATE_WORDS[opinion.state]
    levels = ", ".join("none" if level is None else str(level) for level in opinion.levels)
    return f"{'level' if len(opinion.levels) == 1 else 'levels'} {levels}"


def _quotes(verdict: Verdict, numbers: Iterator[int], transcript: Transcript | None) -> tuple[QuoteView, ...]:
    return tuple(_quote(next(numbers), evidence, transcript) for evidence in verdict.evidence)


def _name(id: str, known: Competency | None) -> str:
    return known.name if known else clean(titled(id))


def _quote(number: int, evidence: Evidence, transcript: Transcript | None) -> QuoteView:
    quote = clean(evidence.quote)
    found = None if transcript is None else _is_there(evidence.turn, quote, transcript)
    return QuoteView(number, evidence.turn, quote, clean(evidence.text), evidence.supports, found)


def _is_there(turn: int, quote: str, transcript: Transcript) -> bool:
    return any(said.number == turn and locate(clean(said.text), quote) for said in transcript.candidate_turns)


def _twist(twist: TwistResponse, transcript: Transcript | None) -> TwistView:
    return TwistView(
        label=clean(titled(twist.label)),
        what_changed=clean(twist.what_changed),
        turn=twist.turn,
        before=_quote(0, twist.before, transcript) if twist.before else None,
        after=_quote(0, twist.after, transcript) if twist.after else None,
        heard=_cleaned(twist.heard),
        missing=_cleaned(twist.missing),
    )


def _provenance(report: GradeReport) -> tuple[Row, ...]:
    pins = [
        Row("Rubric", f"{report.rubric.id}@{report.rubric.version}, sha256 {report.rubric.sha256}"),
        Row("Judge", f"{report.judge.id} {report.judge.version}, package {report.judge.package}"),
    ]
    context = {name: value for name, value in report.context.items() if name != "graded"}
    return tuple(Row(clean(row.label), clean(row.value)) for row in (*pins, *rows(report.judge.parameters), *rows(context)))


def _cleaned(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(clean(text) for text in texts)
