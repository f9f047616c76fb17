"""What a run came to: provenance, counts, agreement, findings, gates. Nothing in it tells how often the run was interrupted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Literal

from pydantic import Field

from agent.document import Document
from agent.evaluation.probes.finding import Finding, Outcome
from agent.evaluation.runs.counts import Counts
from agent.evaluation.runs.figures import Row
from agent.evaluation.runs.gates import GateResult, Passed
from agent.evaluation.runs.judgement import Calls
from agent.evaluation.runs.plan import Plan
from agent.evaluation.runs.raters import Among, Between


class Ending(StrEnum):
    """What a run came to. `broken`: more verdicts are instrument errors than the suite allows."""

    HELD = "held"
    FAILED = "failed"
    BROKEN = "broken"


class JudgeResult(Document):
    """What one judge of the suite said, and how far that agrees with whom.

    `models`: the names that a model gave itself, and in how many gradings; more than one means that it changed on the way.
    `agreement`: with the raters together. `against`: with each rater. `repeats`: among its own answers, where it is asked several
    times. `findings`: of the probes. `calls`: what the gradings took, of items and of probes.
    """

    id: str
    models: dict[str, int]
    counts: Counts
    probe_gradings: int
    calls: Calls
    agreement: dict[str, Row]
    against: dict[str, Between]
    repeats: dict[str, Among]
    findings: tuple[Finding, ...] = ()


class RunReport(Document):
    """`report.json` of a run's folder. `format` is the version of this shape."""

    format: Literal[1] = 1
    plan: Plan
    provenance: dict[str, int] = Field(description="How many items were written by whom: author, model, human.")
    raters: dict[str, Among] = Field(description="How far the raters agree among themselves, by competency.")
    judges: dict[str, JudgeResult]
    gates: tuple[GateResult, ...]
    notes: tuple[str, ...]
    outcome: Ending

    @property
    def exit_code(self) -> int:
        """0 held, 1 a gate or a probe failed, 2 too many instrument errors."""
        return {Ending.HELD: 0, Ending.FAILED: 1, Ending.BROKEN: 2}[self.outcome]


def ending(judges: Mapping[str, JudgeResult], gates: tuple[GateResult, ...], allowed: float) -> Ending:
    """What it all comes to. A probe that a gate names is held to the gate, not to its own bound."""
    planned = sum(judge.counts.planned for judge in judges.values())
    errors = sum(judge.counts.instrument_error for judge in judges.values())
    if errors > allowed * planned or any(finding.outcome is Outcome.NOT_RUN for _, finding in _ungated(judges, gates)):
        return Ending.BROKEN
    if any(gate.outcome is Passed.FAILED for gate in gates):
        return Ending.FAILED
    failed = any(finding.outcome is Outcome.FAILED for _, finding in _ungated(judges, gates))
    return Ending.FAILED if failed else Ending.HELD


def is_gated(judge: str, finding: Finding, gates: tuple[GateResult, ...]) -> bool:
    """Whether a gate decides about a probe."""
    return any(gate.gate.figure == f"{judge}/probe/{finding.probe}" for gate in gates)


def _ungated(judges: Mapping[str, JudgeResult], gates: tuple[GateResult, ...]) -> Iterator[tuple[str, Finding]]:
    for name, judge in judges.items():
        yield from ((name, finding) for finding in judge.findings if not is_gated(name, finding, gates))
