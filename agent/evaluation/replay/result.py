"""What a replay came to: figures from the kept gradings, verdicts and figures of judges that graded again."""

from __future__ import annotations

from pathlib import Path

from agent.document import Document
from agent.errors import InputError
from agent.evaluation.replay.check import Checked, check
from agent.evaluation.replay.recompute import recomputed
from agent.evaluation.runs.reading import Run
from agent.library import Library


class Replayed(Document):
    """`kept`: every figure of the report, computed from what the run kept. `failed`: why that could not be done, or nothing.

    `again`: what offline judges said when they graded again; None where they were not asked, `again_failed` why they could not.
    """

    kept: tuple[Checked, ...] = ()
    failed: str = ""
    again: tuple[Checked, ...] | None = None
    again_failed: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing stood in the way."""
        return not self.failed and not self.again_failed

    @property
    def is_kept_same(self) -> bool:
        """Whether every figure from the kept gradings is the same."""
        return all(checked.is_same for checked in self.kept)

    @property
    def is_again_same(self) -> bool:
        """Whether every judge that graded again said the same."""
        return all(checked.is_same for checked in self.again or ())

    @property
    def is_same(self) -> bool:
        """Whether everything could be computed, and is the same."""
        return self.is_whole and self.is_kept_same and self.is_again_same

    @property
    def exit_code(self) -> int:
        """1 if something differs; else 2 if something could not be computed, and 0 if everything is the same."""
        if not (self.is_kept_same and self.is_again_same):
            return 1
        return 0 if self.is_whole else 2


def from_kept(run: Run, evals: Path, library: Library) -> Replayed:
    """Every figure of a run's report, computed again from what the run kept.

    Raises:
        InputError: the run has not ended.
    """
    was = run.report
    try:
        return Replayed(kept=check(was, recomputed(run, evals, library)))
    except InputError as error:
        return Replayed(failed=str(error))
