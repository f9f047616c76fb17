"""A suite: which items, judges, rubric and probes make one run, and which gates it has to pass."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field, model_validator

from agent.document import Document, Slug, Text
from agent.errors import InputError, nearest
from agent.evaluation.checked_file import checked, lined
from agent.evaluation.golden import Split
from agent.evaluation.suites import FOLDER, is_played, played_by, there_is_none

EMBEDDED = "embedded"
RATERS = "raters"


class Goldens(Document):
    """Goldens of one split or folder: those that are named, or so many drawn by seed, or all."""

    split: Split | None = Field(default=None, description="A folder of evals/goldens.")
    folder: str | None = Field(default=None, description="Another folder of YAML files, from the evals directory on.")
    items: tuple[Slug, ...] = Field(default=(), description="Only these goldens, by id.")
    limit: int | None = Field(default=None, ge=1, description="At most so many, drawn by seed.")
    seed: int = Field(default=0, ge=0)

    @property
    def place(self) -> str:
        """The folder, from the evals directory on."""
        return f"goldens/{self.split}" if self.split else str(self.folder)

    @model_validator(mode="after")
    def _is_one_choice(self) -> Goldens:
        if (self.split is None) == (self.folder is None):
            raise ValueError("name a split or a folder, one of the two")
        if self.items and self.limit:
            raise ValueError("name items or a limit, not both")
        return self


class SuiteJudge(Document):
    """Who grades: `embedded`, or a model string as after --judge. The folder of cassette:DIR is taken from the evals directory."""

    model: Text
    repeats: int = Field(default=1, ge=1, le=9, description="How often a model is asked for each grading; the median counts.")
    recorded_only: bool = Field(default=False, description="Leave out items of which the cassette holds nothing; they are counted.")
    attempts: int = Field(default=6, ge=1, le=10, description="Tries of one call, where a failure may pass.")
    attempt_timeout: float = Field(default=180.0, gt=0, description="Seconds for one try of a call, which brings a whole answer.")
    total_timeout: float = Field(default=900.0, gt=0, description="Seconds over all tries of a call and the pauses between them.")

    @model_validator(mode="after")
    def _fits(self) -> SuiteJudge:
        if self.model == EMBEDDED and self.repeats > 1:
            raise ValueError("the embedded judge says the same each time; leave out repeats")
        if self.recorded_only and not self.model.startswith("cassette:"):
            raise ValueError("recorded_only is for a cassette:DIR")
        return self


class SuiteProbes(Document):
    """Which probes are run, on at most `limit` of the suite's items, drawn by seed."""

    names: tuple[str, ...] = Field(default=(), description="Probes by name; all of them if there are none.")
    judges: tuple[Slug, ...] = Field(min_length=1, description="Whom of the suite's judges they are asked of.")
    limit: int = Field(default=60, ge=1)
    seed: int = Field(default=0, ge=0)


class Gate(Document):
    """What a figure of the report has to be, named by its path: `embedded/agreement/all/qwk`, `embedded/probe/pad`."""

    figure: Text
    least: float | None = None
    most: float | None = None
    margin: float = Field(default=0.0, ge=0, description="So far beyond the bound still counts as on it.")

    @property
    def judge(self) -> str:
        """The first part of the path."""
        return self.figure.partition("/")[0]

    @property
    def is_count(self) -> bool:
        """Whether the figure is a whole number."""
        return self.figure.split("/")[1:2] == ["counts"]

    @model_validator(mode="after")
    def _has_a_bound(self) -> Gate:
        if self.least is None and self.most is None:
            raise ValueError("a gate says at least, at most, or both")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError(f"a gate has at least {self.least:g} and at most {self.most:g}, which nothing can hold; swap the two")
        return self


class Suite(Document):
    """One file of `evals/suites/`. Paths in it are taken from the evals directory."""

    id: Slug
    about: Text
    goldens: tuple[Goldens, ...] = Field(min_length=1)
    ratings: str | None = Field(default="goldens/ratings.jsonl", description="What raters said of the items; null: nobody rated them.")
    rubric: Text = Field(default="core", description="A rubric, `core` or `core@1.0.0`.")
    judges: dict[Slug, SuiteJudge] = Field(min_length=1)
    probes: SuiteProbes | None = None
    gates: tuple[Gate, ...] = ()
    concurrency: int = Field(default=8, ge=1, le=512, description="Calls of models at the same time.")
    calls_a_minute: int | None = Field(default=None, ge=1, description="The most calls to models that begin in any minute.")
    instrument_errors: float = Field(default=0.0, ge=0, le=1, description="The share of verdicts that may be instrument errors.")

    @model_validator(mode="after")
    def _names_its_judges(self) -> Suite:
        if wrong := [*self._not_probed(), *self._not_gated()]:
            raise ValueError("\n".join(wrong))
        return self

    def _not_probed(self) -> Iterator[str]:
        for name in self.probes.judges if self.probes else ():
            if name not in self.judges:
                yield f"probes are asked of {name!r}, and there is no such judge{nearest(name, self.judges)}"

    def _not_gated(self) -> Iterator[str]:
        for gate in self.gates:
            if gate.judge not in (*self.judges, RATERS):
                yield f"the gate {gate.figure!r} names {gate.judge!r}, and there is no such judge{nearest(gate.judge, self.judges)}"

    def only(self, names: tuple[str, ...]) -> Suite:
        """The suite with these judges and the gates on them alone; all of them where none is named.

        Raises:
            InputError: there is none of a name.
        """
        for name in names:
            if name not in self.judges:
                raise InputError(f"suite {self.id!r} has no judge {name!r}{nearest(name, self.judges)}; it has {', '.join(self.judges)}")
        if not names:
            return self
        judges = {name: judge for name, judge in self.judges.items() if name in names}
        probed = tuple(name for name in self.probes.judges if name in judges) if self.probes else ()
        probes = self.probes.model_copy(update={"judges": probed}) if self.probes and probed else None
        gates = tuple(gate for gate in self.gates if gate.judge in (*judges, RATERS))
        return self.model_copy(update={"judges": judges, "probes": probes, "gates": gates})


def read_suite(name: str, evals: Path) -> Suite:
    """The suite of a name, `evals/suites/NAME.yaml`, or in a file of any name.

    Raises:
        InputError: there is none, or it is wrong.
    """
    file = Path(name) if name.endswith((".yaml", ".yml")) else evals / FOLDER / f"{name}.yaml"
    if not file.is_file():
        raise there_is_none(name, file, "name the directory that holds suites/ with --evals")
    data = lined(file)
    if is_played(data.data):
        raise InputError(f"{file} is a suite of simulated sessions, which no judge of a suite grades; play it: {played_by(file)}")
    suite = checked(data, file, Suite, "suite")
    if suite.id != file.stem:
        raise InputError(f"{file}: the suite's id {suite.id!r} and the file's name differ; make them equal")
    return suite
