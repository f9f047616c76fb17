"""The blast radius of a new version of a rubric: goldens graded by both, as far as the change reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field

from agent.document import Document
from agent.evaluation.comparing.affected import Affected, affected, narrowed
from agent.evaluation.comparing.moved import Moved, moved
from agent.evaluation.comparing.proof import Proof, nothing_proved, proof_of
from agent.evaluation.comparing.shift import OVERALL, Pair, Shift, shifts, together
from agent.evaluation.golden import Golden
from agent.evaluation.probes.bench import Bench
from agent.evaluation.statistics.paired import Change
from agent.judge.grade import expected_competencies, overall
from agent.rubric import Rubric
from agent.rubric_diff import RubricDiff, diff
from agent.verdict import GradeReport, JudgePin
from agent.version import __version__


class BlastRadius(Document):
    """What a change of a rubric does to the grades of goldens. `format` is the version of this shape."""

    format: Literal[1] = 1
    version: str = __version__
    rubrics: RubricDiff
    affected: Affected
    judge: JudgePin | None = Field(description="None where nothing had to be graded.")
    goldens: int
    gradings: int
    margin: float
    seed: int
    rows: tuple[Shift, ...] = Field(description="The overall score where it was measured, and each competency whose levels can move.")
    moved: tuple[Moved, ...]
    proof: Proof
    notes: tuple[str, ...]
    change: Change

    @property
    def exit_code(self) -> int:
        """1 if something moved beyond the margin, or anything that should not have moved at all, else 0."""
        return int(self.change is Change.MOVED or bool(self.proof.differing))


async def blast_radius(bench: Bench, after: Rubric, *, margin: float) -> BlastRadius:
    """Grades the goldens of a bench by its rubric and by `after`, and compares.

    A repeatable judge grades by the whole of both: its work lies in hearing the talk, not in the competencies. Any other is asked about
    those competencies alone whose levels can move, in the same company on both sides; about the rest once, if weights changed.
    """
    found = diff(bench.rubric, after)
    touched = affected(found, bench.rubric)
    pairs, proof = await (_whole if bench.is_repeatable else _narrow)(bench, after, touched)
    rows = _rows(pairs, touched, margin, bench)
    return BlastRadius(
        rubrics=found,
        affected=touched,
        judge=bench.pin,
        goldens=len(bench.goldens),
        gradings=bench.gradings,
        margin=margin,
        seed=bench.seed,
        rows=rows,
        moved=tuple(one for one in moved(pairs) if one.competency in touched.levels),
        proof=proof,
        notes=_notes(pairs, touched),
        change=together(row.change for row in rows) if rows else Change.SAME,
    )


async def _whole(bench: Bench, after: Rubric, touched: Affected) -> tuple[list[Pair], Proof]:
    async def both(golden: Golden) -> Pair:
        return Pair(golden.id, await bench.plain(golden), await bench.grade(golden.transcript, after))

    pairs = await bench.each(both, bench.goldens)
    return pairs, proof_of(pairs, touched.untouched)


async def _narrow(bench: Bench, after: Rubric, touched: Affected) -> tuple[list[Pair], Proof]:
    asked, rest = (*touched.levels, *touched.added, *touched.removed), touched.untouched if touched.moves_overall else ()

    async def both(golden: Golden) -> Pair:
        kept = await _reports(golden, bench, narrowed(bench.rubric, rest))
        before, later = [
            _put_together(golden, rubric, [*await _reports(golden, bench, narrowed(rubric, asked)), *kept])
            for rubric in (bench.rubric, after)
        ]
        return Pair(golden.id, before, later)

    return await bench.each(both, bench.goldens if asked or rest else ()), nothing_proved(touched.untouched)


async def _reports(golden: Golden, bench: Bench, rubric: Rubric) -> list[GradeReport]:
    return [await bench.grade(golden.transcript, rubric)] if rubric.competencies else []


def _put_together(golden: Golden, rubric: Rubric, parts: Sequence[GradeReport]) -> GradeReport:
    """One report of parts that grade some competencies each; it has an overall score where no competency is missing."""
    verdicts = {name: verdict for part in parts for name, verdict in part.verdicts.items()}
    is_whole = all(each.id in verdicts for each in rubric.competencies)
    expected = expected_competencies(golden.transcript, rubric) if is_whole else ()
    whole = overall(rubric, verdicts, expected, golden.transcript.format)
    return parts[0].model_copy(update={"verdicts": verdicts, "overall": whole})


def _rows(pairs: Sequence[Pair], touched: Affected, margin: float, bench: Bench) -> tuple[Shift, ...]:
    has_overall = bench.is_repeatable or touched.moves_overall
    names = (*((OVERALL,) if has_overall else ()), *touched.levels)
    return shifts(pairs, names, margin, seed=bench.seed) if pairs else ()


def _notes(pairs: Sequence[Pair], touched: Affected) -> tuple[str, ...]:
    return (*_uncalibrated(pairs, touched), *_new(touched))


def _uncalibrated(pairs: Sequence[Pair], touched: Affected) -> Iterator[str]:
    """Competencies whose levels had an interval before and have none now: another way of grading, not only another wording."""
    before, after = [pair.before for pair in pairs], [pair.after for pair in pairs]
    lost = [name for name in touched.levels if _has_interval(before, name) and not _has_interval(after, name)]
    if lost:
        yield (
            f"{', '.join(lost)}: the fitted model knows the old wording only, so the new one is graded by the formula for rubrics of one's "
            "own. The shift is that of both together; a model judge (--judge), or fitting anew, shows the wording alone."
        )


def _has_interval(reports: Sequence[GradeReport], name: str) -> bool:
    return any(report.verdicts[name].interval for report in reports)


def _new(touched: Affected) -> Iterator[str]:
    if touched.added:
        yield f"{', '.join(touched.added)}: only in the new version, so there is nothing to compare."
    if touched.removed:
        yield f"{', '.join(touched.removed)}: only in the old version; what was graded by it is no longer."
