"""A judge that says again what a run has kept, and nothing else."""

from __future__ import annotations

from agent.document import fingerprint
from agent.errors import InputError
from agent.evaluation.runs.judgement import Judgement, key_of
from agent.evaluation.runs.lines import Lines
from agent.evaluation.runs.plan import Plan
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport


def lost(lines: Lines[Judgement], item: str, judge: str) -> InputError:
    """What is said where a grading that a figure comes from is not among a run's lines."""
    damaged = f"; {lines.damage}" if lines.damage else ""
    return InputError(
        f"{lines.path} holds no grading of {item!r} by {judge!r} that a figure comes from{damaged}; it was damaged or removed, or the "
        "goldens, the probes or Hotseat have changed since. Run the suite again"
    )


class KeptJudge:
    """The gradings of one judge of a run, looked up in its lines."""

    def __init__(self, lines: Lines[Judgement], plan: Plan, name: str, again: int = 0) -> None:
        self.id = str(plan.judges[name]["id"])
        self._lines = lines
        self._plan = plan
        self._name = name
        self._number = again
        self._rubrics: dict[int, tuple[Rubric, str]] = {}

    def again(self) -> KeptJudge:
        """The same judge for what it graded once more."""
        return KeptJudge(self._lines, self._plan, self._name, again=1)

    async def grade(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        """The report that the run has kept.

        Raises:
            InputError: there is none.
        """
        key = key_of(self._plan.judges[self._name], self._fingerprint(rubric), fingerprint(transcript), self._number)
        found = self._lines.get(key)
        if found is None:
            raise lost(self._lines, transcript.source, self._name)
        return found.report

    def _fingerprint(self, rubric: Rubric) -> str:
        """That of a rubric, made once for each; it takes milliseconds."""
        if id(rubric) not in self._rubrics:
            self._rubrics[id(rubric)] = (rubric, fingerprint(rubric))
        return self._rubrics[id(rubric)][1]
