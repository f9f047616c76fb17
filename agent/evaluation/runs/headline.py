"""What a run came to, in a sentence."""

from __future__ import annotations

from agent.evaluation.runs.gates import Passed
from agent.evaluation.runs.run_report import Ending, RunReport

FAILED = "Failed: a gate or a probe did."
BROKEN = "Broken: more verdicts are instrument errors than the suite allows, or a probe had nothing to compare."


def headline(report: RunReport) -> str:
    """The outcome; where nothing failed, also how many gates were too unsure to tell."""
    if report.outcome is Ending.BROKEN:
        return BROKEN
    if report.outcome is Ending.FAILED:
        return FAILED
    unsure = sum(gate.outcome is Passed.UNSURE for gate in report.gates)
    if not unsure:
        return "Held: no gate and no probe failed."
    return f"Nothing failed; {unsure} of {len(report.gates)} gates cannot be told with these items, which passes."
