"""How far a model's levels are off from those of raters, fitted once for a rubric, a model and a prompt, and applied to a verdict.

    score    = intercept + slope × median + shift of the competency, within 1 and 5, and at most the lowest cap in force
    level    = score, rounded half up
    interval = score − low … score + high, by how many answers the median is of

`slope` is never negative, so a better answer of the model never makes a lower score. See `agent.evaluation.calibrating` for the fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from agent.document import Document, fingerprint
from agent.errors import InputError
from agent.judge.learned.model import fingerprint_of
from agent.rubric import Competency
from agent.verdict import State, Verdict

FOLDER = "calibrations"
SHIPPED = Path(__file__).parent / FOLDER


class Shift(Document):
    """What one competency is moved by, and how many references told."""

    fingerprint: str = Field(description="Of the competency as it was graded.")
    shift: float
    references: int


class Calibration(Document):
    """One file of `calibrations/`. `format` is the version of this shape."""

    format: Literal[1] = 1
    rubric: str = Field(description="`slug@version`.")
    model: str = Field(description="Provider and model, without an address on a network.")
    prompt: str = Field(description="`role/name@version` of the prompt that asked.")
    provenance: str = Field(description="Who wrote the talks, who rated them, and how the model was asked.")
    data_sha256: str = Field(description="Of every answer and reference it was fitted to.")
    slope: float = Field(ge=0)
    intercept: float
    competencies: dict[str, Shift]
    coverage: float = Field(description="The share of unseen cases that an interval is meant to hold.")
    intervals: dict[int, tuple[float, float]] = Field(description="By number of answers: how far it reaches below and above a score.")
    report: dict[str, object] = Field(description="How it did on families of talks that it had not seen.")

    def knows(self, competency: Competency) -> bool:
        """Whether it was fitted for this very competency: same anchors, same indicators."""
        known = self.competencies.get(competency.id)
        return known is not None and known.fingerprint == fingerprint_of(competency)

    def applied(self, verdict: Verdict, competency: Competency, *, answers: int, at_most: float) -> Verdict:
        """A verdict with its score moved to where raters are, and the interval; unscored or unknown ones stay as they are."""
        if verdict.state is not State.SCORED or verdict.score is None or not self.knows(competency):
            return verdict
        score = min(at_most, self.moved(verdict.score, competency.id))
        low, high = self.intervals[max([known for known in self.intervals if known <= answers], default=min(self.intervals))]
        interval = (round(max(1.0, score - low), 2), round(min(5.0, score + high), 2))
        return verdict.model_copy(update={"score": score, "level": int(score + 0.5), "interval": interval})

    def moved(self, median: float, competency: str) -> float:
        """Where raters are when the model's median is this, 1.0 to 5.0."""
        return round(min(5.0, max(1.0, self.intercept + self.slope * median + self.competencies[competency].shift)), 2)


class Calibrations:
    """The calibrations of some folders, the first one of a kind counts; those that come with this version are looked at last."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = (*folders, SHIPPED)

    def of(self, rubric: str, model: str, prompt: str) -> Calibration | None:
        """That of a rubric, a model and a prompt, each as a calibration names it; None where there is none.

        Raises:
            InputError: a file is no calibration.
        """
        return next((one for one in self._by(model, prompt) if one.rubric == rubric), None)

    def pins(self, model: str, prompt: str) -> dict[str, str]:
        """By rubric the sha256 of what would be applied to a model that is asked with a prompt.

        Raises:
            InputError: a file is no calibration.
        """
        return {one.rubric: fingerprint(one) for one in reversed(self._by(model, prompt))}

    def _by(self, model: str, prompt: str) -> list[Calibration]:
        return [one for one in self._all if (one.model, one.prompt) == (model, prompt)]

    @cached_property
    def _all(self) -> list[Calibration]:
        return [read_calibration(file) for folder in self._folders for file in sorted(folder.glob("*.json"))]


def read_calibration(file: Path) -> Calibration:
    """The calibration in a file.

    Raises:
        InputError: it cannot be read, or is none.
    """
    try:
        return Calibration.model_validate_json(file.read_bytes())
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise InputError(f"{file} is no calibration: {place}: {first['msg']}; fit it again with: hotseat judge calibrate") from error
