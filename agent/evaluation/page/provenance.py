"""Where everything on a page comes from, and who is no human."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from agent.counted import counted
from agent.evaluation.ratings import Rating
from agent.evaluation.runs.run_report import JudgeResult, RunReport
from agent.prose import clean
from agent.report.measures import Row, rows

WRITERS = {"author": "by the project's authors", "model": "by a language model", "human": "by people in an interview"}
KINDS = {"model": "runs of language models", "author": "authors of the project", "person": "persons"}
UNKNOWN = "raters of a kind that nothing tells"


def kind_of(rater: str) -> str:
    """A rater's kind: the first word of the name, where that is a kind."""
    first = rater.partition("-")[0]
    return first if first in KINDS else ""


def raters(ratings: Iterable[Rating]) -> dict[str, int]:
    """How many raters there are of each kind, in words."""
    kinds = Counter(kind_of(rater) for rater in sorted({rating.rater for rating in ratings}))
    return {KINDS.get(kind, UNKNOWN): count for kind, count in sorted(kinds.items())}


def not_human(report: RunReport, ratings: Iterable[Rating]) -> tuple[str, ...]:
    """What no person has done, in sentences."""
    return (*_of_items(report), *_of_raters(raters(ratings)))


def pins(report: RunReport, ratings: Iterable[Rating]) -> tuple[Row, ...]:
    """Suite, package, rubric, items and raters."""
    plan = report.plan
    return _cleaned(
        (
            Row("Suite", f"{plan.suite.id}. {plan.suite.about}"),
            Row("Hotseat", plan.package),
            Row("Rubric", f"{plan.rubric.id}@{plan.rubric.version}, sha256 {plan.rubric.sha256}"),
            Row("Items", f"{len(plan.items)}, written: {_told({WRITERS.get(who, who): n for who, n in report.provenance.items()})}"),
            Row("Ratings", f"{plan.suite.ratings}, sha256 {plan.ratings}" if plan.ratings else "none"),
            Row("Raters", _told(raters(ratings)) or "none that could be read"),
        )
    )


def judge_pins(name: str, report: RunReport) -> tuple[Row, ...]:
    """What decides a judge's grades, what a model called itself, and what its gradings took."""
    inputs, result = report.plan.judges[name], report.judges[name]
    models = Row("The model called itself", ", ".join(f"{model} ({counted(count, 'grading')})" for model, count in result.models.items()))
    return _cleaned((*rows(inputs), *([models] if result.models else []), Row("Took", _took(result))))


def files(report: RunReport) -> tuple[Row, ...]:
    """The fingerprint of each item's transcript, and of each file that probes read."""
    plan = report.plan
    return _cleaned(Row(name, sha256) for name, sha256 in (*plan.items.items(), *plan.materials.items()))


def _took(result: JudgeResult) -> str:
    gradings = counted(result.counts.judged + result.probe_gradings, "grading")
    if not result.calls.number:
        return f"{gradings}, no call of a model"
    calls = result.calls
    cost = "at an unknown price" if calls.cost is None else f"${calls.cost:.4f} by the price table"
    return f"{gradings}, {counted(calls.number, 'call')}, {calls.input_tokens:,} tokens in, {calls.output_tokens:,} out, {cost}"


def _of_items(report: RunReport) -> Iterator[str]:
    human, total = report.provenance.get("human", 0), len(report.plan.items)
    if human == 0:
        yield f"None of the {total:,} items was spoken or written by a person in an interview."
    elif human < total:
        yield f"Only {human:,} of the {total:,} items were spoken or written by people in an interview."


def _of_raters(kinds: dict[str, int]) -> Iterator[str]:
    persons, total = kinds.get(KINDS["person"], 0), sum(kinds.values())
    if total and not persons and UNKNOWN not in kinds:
        yield f"None of the {total} raters is an independent person: {_told(kinds)}."
    elif total and persons < total:
        yield f"{persons} of the {total} raters are known to be persons: {_told(kinds)}."
    if total and persons < total:
        yield "So “the raters” on this page does not mean people, and agreement with them is not agreement with people."


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())


def _cleaned(of: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(Row(clean(row.label), clean(row.value)) for row in of)
