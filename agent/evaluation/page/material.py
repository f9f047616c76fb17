"""What a page shows beside a run's report: transcripts, ratings and the rubric, as far as they are still what the run had."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from agent.document import fingerprint
from agent.errors import InputError
from agent.evaluation.golden import read_golden
from agent.evaluation.ratings import Levels, Rating, read_ratings, reference
from agent.evaluation.runs.figures import ALL
from agent.evaluation.runs.plan import Plan
from agent.evaluation.runs.reading import Run
from agent.library import Library
from agent.prose import clean
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import State


class Unit(NamedTuple):
    """One competency of one item: what the raters say together, None where they saw nothing, and what a judge said."""

    item: str
    competency: str
    reference: float | None
    state: State
    score: float | None
    confidence: float | None

    @property
    def gap(self) -> float | None:
        """The judge's score minus the raters' level, where there are both."""
        return None if self.reference is None or self.score is None else self.score - self.reference


@dataclass(frozen=True)
class Material:
    """`transcripts`: by item. `missing`: what could not be read or has changed, in sentences."""

    run: Run
    transcripts: Mapping[str, Transcript]
    ratings: tuple[Rating, ...]
    levels: Levels
    rubric: Rubric | None
    missing: tuple[str, ...]

    def units(self, judge: str) -> Iterator[Unit]:
        """A judge's verdicts on what raters rated, in the order of the suite; instrument errors are no verdicts."""
        for judgement in self.run.of_items(judge):
            for name, verdict in judgement.report.verdicts.items():
                if (judgement.item, name) in self.levels and verdict.state is not State.INSTRUMENT_ERROR:
                    level = self.levels[judgement.item, name]
                    yield Unit(judgement.item, name, level, verdict.state, verdict.score, verdict.confidence)

    def name(self, competency: str) -> str:
        """What the rubric calls a competency, or all of them."""
        if competency == ALL:
            return "All together"
        known = {each.id: each.name for each in self.rubric.competencies} if self.rubric else {}
        return known.get(competency, clean(competency).replace("_", " "))


def gather(run: Run, evals: Path, library: Library) -> Material:
    """Reads what there is; what is not what it was is left out, and named."""
    missing: list[str] = []
    ratings = _ratings(run.plan, evals, missing)
    return Material(
        run, _transcripts(run.plan, evals, missing), ratings, reference(ratings), _rubric(run.plan, library, missing), tuple(missing)
    )


def _ratings(plan: Plan, evals: Path, missing: list[str]) -> tuple[Rating, ...]:
    if plan.suite.ratings is None:
        return ()
    file = evals / plan.suite.ratings
    try:
        content = file.read_bytes()
    except OSError as error:
        missing.append(f"The ratings cannot be read: {error.strerror}.")
        return ()
    if hashlib.sha256(content).hexdigest() != plan.ratings:
        missing.append("The ratings have changed since the run; figures that need them one by one are left out.")
        return ()
    return tuple(rating for rating in read_ratings(file) if rating.item in plan.items)


def _transcripts(plan: Plan, evals: Path, missing: list[str]) -> Mapping[str, Transcript]:
    folders = [evals / choice.place for choice in plan.suite.goldens]
    found = {item: transcript for item in plan.items if (transcript := _transcript(item, plan.items[item], folders))}
    if len(found) < len(plan.items):
        missing.append(
            f"{len(plan.items) - len(found)} of {len(plan.items)} transcripts are gone or have changed since the run; quotes stand alone."
        )
    return found


def _transcript(item: str, wanted: str, folders: Sequence[Path]) -> Transcript | None:
    for folder in folders:
        try:
            transcript = read_golden(folder / f"{item}.yaml").transcript
        except InputError:
            continue
        if fingerprint(transcript) == wanted:
            return transcript
    return None


def _rubric(plan: Plan, library: Library, missing: list[str]) -> Rubric | None:
    try:
        rubric = library.rubric(f"{plan.rubric.id}@{plan.rubric.version}")
    except InputError as error:
        missing.append(f"The rubric cannot be read: {error}")
        return None
    if fingerprint(rubric) != plan.rubric.sha256:
        missing.append(f"The rubric {rubric.name} has changed since the run.")
    return rubric
