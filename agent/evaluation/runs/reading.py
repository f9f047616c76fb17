"""Reads the folder of a run that has ended, or that goes on elsewhere; writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from io import FileIO
from pathlib import Path

from pydantic import ValidationError

from agent.errors import InputError
from agent.evaluation.runs.folder import JUDGEMENTS, REPORT, read_plan
from agent.evaluation.runs.judgement import Judgement
from agent.evaluation.runs.lines import Lines
from agent.evaluation.runs.plan import Plan
from agent.evaluation.runs.run_report import RunReport


class Run:
    """What a run's folder holds."""

    def __init__(self, path: Path, plan: Plan) -> None:
        self.path = path
        self.plan = plan

    def judgements(self) -> Iterator[Judgement]:
        """All gradings, one at a time, also those of probes; where a key was graded twice, the last one."""
        with self.lines() as lines:
            yield from lines.each()

    def of_items(self, judge: str) -> Iterator[Judgement]:
        """A judge's gradings of the suite's items as they are, in the order of the suite.

        Raises:
            InputError: there is no such judge.
        """
        if judge not in self.plan.judges:
            raise InputError(f"the run in {self.path} has no judge {judge!r}; it has {', '.join(self.plan.judges)}")
        with self.lines() as lines:
            found = (lines.get(self.plan.key(judge, item)) for item in self.plan.items_of(judge))
            yield from (judgement for judgement in found if judgement)

    @property
    def report(self) -> RunReport:
        """The report.

        Raises:
            InputError: the run has not ended, or its report cannot be read.
        """
        try:
            return RunReport.model_validate_json((self.path / REPORT).read_bytes())
        except OSError as error:
            raise InputError(f"the run in {self.path} has no report yet; run its suite again with --out {self.path}") from error
        except ValidationError as error:
            raise InputError(f"{self.path / REPORT} is damaged; run its suite again with --out {self.path}") from error

    @property
    def damage(self) -> str:
        """Which gradings cannot be read, in a sentence; nothing where all can. They are left out wherever gradings are read."""
        with self.lines() as lines:
            return f"{lines.path}: {lines.damage}; that is left out." if lines.damage else ""

    def lines(self) -> AbstractContextManager[Lines[Judgement]]:
        """The gradings by their keys, while a block runs."""
        return _Reading(self.path / JUDGEMENTS)


def read_run(folder: Path) -> Run:
    """The run in a folder.

    Raises:
        InputError: there is none, or its plan cannot be read.
    """
    return Run(folder, read_plan(folder))


class _Reading:
    """The lines of a file that is only read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Lines[Judgement]:
        try:
            self._file = FileIO(str(self._path))
        except OSError as error:
            raise InputError(f"cannot read {self._path}: {error.strerror}") from error
        return Lines(self._path, self._file, Judgement)

    def __exit__(self, *raised: object) -> None:
        self._file.close()
