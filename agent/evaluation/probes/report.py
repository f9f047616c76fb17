"""What several probes found of one judge, with everything that is needed to find it again."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from agent.document import Document
from agent.evaluation.probes.bench import Bench
from agent.evaluation.probes.finding import Finding, Outcome
from agent.verdict import JudgePin
from agent.version import __version__


class ProbeReport(Document):
    """The findings. `format` is the version of this shape."""

    format: Literal[2] = 2
    version: str = __version__
    judge: JudgePin | None = Field(description="Which judge it was; None where none of the probes graded anything.")
    rubric: str
    goldens: int
    seed: int
    limit: int
    gradings: int
    reproduce: str = Field(description="The command that finds the same, where the judge is repeatable.")
    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        """1 if a probe failed, else 2 if one could not run, else 0; unsure is no failure."""
        outcomes = {finding.outcome for finding in self.findings}
        return 1 if Outcome.FAILED in outcomes else 2 if Outcome.NOT_RUN in outcomes else 0


def report_of(bench: Bench, findings: tuple[Finding, ...], reproduce: str) -> ProbeReport:
    """The report on what was found on a bench."""
    return ProbeReport(
        judge=bench.pin,
        rubric=bench.rubric.name,
        goldens=len(bench.goldens),
        seed=bench.seed,
        limit=bench.limit,
        gradings=bench.gradings,
        reproduce=reproduce,
        findings=findings,
    )
