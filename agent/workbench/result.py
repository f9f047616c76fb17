"""What came of a run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a run ended."""

    PASSED = "passed"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    TOO_MUCH_OUTPUT = "too_much_output"
    CRASHED = "crashed"
    COULD_NOT_START = "could_not_start"


_SUMMARIES = {
    Outcome.PASSED: "The test passed.",
    Outcome.FAILED: "The test failed.",
    Outcome.TIMED_OUT: "The run took too long and was stopped.",
    Outcome.OUT_OF_MEMORY: "The run needed more memory than it is given.",
    Outcome.TOO_MUCH_OUTPUT: "The run printed or wrote too much and was stopped.",
    Outcome.CRASHED: "The program ended before the test did; that counts as failed.",
    Outcome.COULD_NOT_START: "The run could not be started, so it says nothing about the file.",
}


@dataclass(frozen=True)
class RunResult:
    """One run of the test against the edited file."""

    outcome: Outcome
    output: str
    """The end of what was printed, without control characters and without the paths of this machine."""
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether every test that the test file defines was run and passed."""
        return self.outcome is Outcome.PASSED

    @property
    def summary(self) -> str:
        """One sentence for the candidate."""
        return f"{_SUMMARIES[self.outcome]} ({self.seconds:.1f} s)"
