"""What somebody expects of a grade, and where a report falls short of it, told with level, interval and quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from agent.errors import InputError, nearest
from agent.verdict import Evidence, GradeReport, State, Verdict

MOST_QUOTES = 4


@dataclass(frozen=True)
class Expected:
    """Levels by competency, competencies that have to be scored or not, and words that evidence has to hold."""

    at_least: Mapping[str, float] = field(default_factory=dict)
    at_most: Mapping[str, float] = field(default_factory=dict)
    observed: Sequence[str] = ()
    not_observed: Sequence[str] = ()
    evidence_contains: Mapping[str, str | Sequence[str]] = field(default_factory=dict)

    @property
    def competencies(self) -> list[str]:
        """All that are named, each once."""
        named = [*self.at_least, *self.at_most, *self.observed, *self.not_observed, *self.evidence_contains]
        return list(dict.fromkeys(named))

    def failures(self, report: GradeReport) -> list[str]:
        """A paragraph for each competency that is not as expected; empty where all are.

        Raises:
            InputError: nothing is expected, a competency is not one of the rubric's, or a level is none.
        """
        self._must_make_sense(report)
        return [_told(name, wanted, report.verdicts[name]) for name in self.competencies if (wanted := list(self._unmet(name, report)))]

    def _unmet(self, name: str, report: GradeReport) -> Iterator[str]:
        verdict = report.verdicts[name]
        level = verdict.level
        if name in self.at_least and (level is None or level < self.at_least[name]):
            yield f"at least level {self.at_least[name]:g} was expected"
        if name in self.at_most and (level is None or level > self.at_most[name]):
            yield f"at most level {self.at_most[name]:g} was expected"
        if name in self.observed and verdict.state is not State.SCORED:
            yield "it was expected to be scored"
        if name in self.not_observed and verdict.state is not State.NOT_OBSERVED:
            yield "it was expected not to be observed"
        for words in _each(self.evidence_contains.get(name, ())):
            if not any(_plain(words) in _plain(one.quote) for one in verdict.evidence):
                yield f"a quote with {words!r} was expected"

    def _must_make_sense(self, report: GradeReport) -> None:
        if not self.competencies:
            raise InputError("nothing is expected of the grade; name at_least, at_most, observed, not_observed or evidence_contains")
        for name in self.competencies:
            if name not in report.verdicts:
                known = ", ".join(report.verdicts)
                raise InputError(f"the rubric has no competency {name!r}{nearest(name, report.verdicts)}; it has {known}")
        for level in (*self.at_least.values(), *self.at_most.values()):
            if not 1 <= level <= 5:
                raise InputError(f"levels are 1 to 5, and {level!r} is none")


def shortfall(report: GradeReport, expected: Expected) -> str | None:
    """Where a report falls short, as one text; None where it does not."""
    failures = expected.failures(report)
    if not failures:
        return None
    count = f"{len(failures)} of {len(expected.competencies)} competencies"
    made = f"rubric {report.rubric.id}@{report.rubric.version}, judge {report.judge.id} {report.judge.version}"
    notes = [f"Note: {note}" for note in report.notes]
    return "\n".join([f"{count} not graded as expected ({made})", *failures, *notes])


def _told(name: str, wanted: Sequence[str], verdict: Verdict) -> str:
    lines = [f"{name}: {_outcome(verdict)}; {', and '.join(wanted)}", *_quotes(verdict)]
    lines += [f"for the level above, not heard: {'; '.join(verdict.missing)}"] if verdict.missing else []
    lines += [] if verdict.evidence else [verdict.reasoning]
    return "\n    ".join(lines)


def _outcome(verdict: Verdict) -> str:
    if verdict.level is None:
        return str(verdict.state).replace("_", " ")
    where = ""
    if verdict.interval:
        low, high = verdict.interval
        where = f", raters' levels in four of five cases {low:.1f} to {high:.1f}"
    return f"level {verdict.level} (score {verdict.score:.2f}{where})"


def _quotes(verdict: Verdict) -> Iterator[str]:
    for one in verdict.evidence[:MOST_QUOTES]:
        yield f"turn {one.turn}, {_side(one)}: “{one.quote}”"
    left = len(verdict.evidence) - MOST_QUOTES
    if left > 0:
        yield f"and {left} more"


def _side(one: Evidence) -> str:
    return f"{'for' if one.supports else 'against'}{f' ({one.text})' if one.text else ''}"


def _each(words: str | Sequence[str]) -> Sequence[str]:
    return (words,) if isinstance(words, str) else words


def _plain(text: str) -> str:
    """Words without capitals and without the line breaks they were written in."""
    return " ".join(text.casefold().split())
