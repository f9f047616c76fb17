"""The judges of a suite, made ready: embedded, or a model with its pace; and what decides their grades."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.errors import InputError
from agent.evaluation.golden import Golden
from agent.evaluation.runs.elsewhere import Elsewhere
from agent.evaluation.runs.pace import Counted, Pace, Paced
from agent.evaluation.runs.suite import EMBEDDED, Suite, SuiteJudge
from agent.judge.calibration import Calibrations
from agent.judge.embedded import EmbeddedJudge
from agent.judge.model import ModelJudge
from agent.prompting import Prompts
from agent.protocols import Embedder, Judge
from agent.rubric import Rubric

if TYPE_CHECKING:
    from agent.llm.call import Model
    from agent.llm.cassette import Player
    from agent.llm.prices import Prices

CASSETTE = "cassette:"


@dataclass(frozen=True)
class Made:
    """A judge, what decides its grades, the model that it asks, and the cassette that this plays, if items may be missing in it.

    `at_once` is how many gradings it has in hand.
    """

    judge: Judge
    inputs: dict[str, Any]
    model: Model | None = None
    player: Player | None = None
    at_once: int = 1

    async def aclose(self) -> None:
        """Closes the connections to its model; they open again when they are needed."""
        if self.model:
            await self.model.aclose()

    def unrecorded(self, goldens: Iterable[Golden], rubric: Rubric) -> tuple[str, ...]:
        """The items of which the cassette holds no answer to any first question. What it holds in part is not among them."""
        return tuple(golden.id for golden in goldens if self._is_unrecorded(golden, rubric))

    def _is_unrecorded(self, golden: Golden, rubric: Rubric) -> bool:
        if self.player is None or not isinstance(self.judge, ModelJudge):
            return False
        questions = list(self.judge.questions(golden.transcript, rubric))
        return bool(questions) and not any(map(self.player.holds, questions))


@dataclass(frozen=True)
class Workshop:
    """What judges are made of.

    `evals` is where the folders of cassettes are looked for; `at_once` is how many calls a model gets; `record` takes every answer;
    `elsewhere` takes the place of the embedded judge.
    """

    evals: Path
    prompts: Prompts
    embedder: Embedder
    at_once: int
    prices: Prices | None = None
    calibrations: Calibrations | None = None
    record: Path | None = None
    elsewhere: Elsewhere | None = None

    def judges(self, suite: Suite) -> dict[str, Made]:
        """The judges of a suite by name.

        Raises:
            InputError: one of them is no model string, or its cassette cannot be used.
        """
        return {name: self._made(judge, suite) for name, judge in suite.judges.items()}

    def _made(self, wished: SuiteJudge, suite: Suite) -> Made:
        if wished.model == EMBEDDED:
            return self._embedded()
        from agent.llm.making import make_model
        from agent.llm.patience import Limits

        pace = Pace(self.at_once, suite.calls_a_minute, longest=wished.total_timeout)
        limits = Limits(wished.attempt_timeout, wished.total_timeout, wished.attempts)
        model = make_model(
            self._address(wished),
            "judge",
            env=os.environ,
            limits=limits,
            record=None if is_cassette(wished) else self.record,
            around=lambda adapter: Counted(adapter, pace),
            comes="whole",
        )
        assert model
        judge = ModelJudge(self.prompts, Paced(model, pace), repeats=wished.repeats, prices=self.prices, calibrations=self.calibrations)
        inputs = judge.pin().model_dump(mode="json")
        if not is_cassette(wished):
            return Made(judge, inputs, model, at_once=self.at_once)
        folder = self._folder(wished)
        player = _player(model) if wished.recorded_only else None
        return Made(judge, inputs | {"cassette": _content(folder)}, model, player, at_once=self.at_once)

    def _embedded(self) -> Made:
        """The embedded judge, here or elsewhere."""
        judge = self.elsewhere or EmbeddedJudge(self.embedder)
        return Made(judge, judge.pin().model_dump(mode="json"), at_once=judge.at_once if isinstance(judge, Elsewhere) else 1)

    def _address(self, wished: SuiteJudge) -> str:
        if not is_cassette(wished):
            return wished.model
        _, at, address = wished.model.partition("@")
        return f"{CASSETTE}{self._folder(wished)}{at}{address}"

    def _folder(self, wished: SuiteJudge) -> Path:
        return self.evals / Path(wished.model.removeprefix(CASSETTE).partition("@")[0]).expanduser()


def is_cassette(wished: SuiteJudge) -> bool:
    """Whether a judge plays what was recorded, and nothing else."""
    return wished.model.startswith(CASSETTE) and "," not in wished.model


def require_offline(suite: Suite) -> None:
    """Sees that no judge of a suite needs a network.

    Raises:
        InputError: one does.
    """
    for name, wished in suite.judges.items():
        if wished.model != EMBEDDED and not is_cassette(wished):
            raise InputError(
                f"the judge {name!r} is {wished.model!r}, which is not asked offline; run the suite without --offline and with "
                "--record DIR, name cassette:DIR in it from then on, or choose other judges with --judge"
            )


def _player(model: Any) -> Player:
    from agent.llm.cassette import Player

    assert isinstance(model, Player)
    return model


def _content(folder: Path) -> str:
    """The sha256 of the files of a cassette, by name and content; what is being written is left out."""
    whole = hashlib.sha256()
    for name, content in _files(folder):
        whole.update(f"{name}\n{hashlib.sha256(content).hexdigest()}\n".encode())
    return whole.hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*.json")):
        if not path.name.startswith("."):
            try:
                yield path.relative_to(folder).as_posix(), path.read_bytes()
            except OSError as error:
                raise InputError(f"the cassette file {path} cannot be read: {error.strerror}; record it again") from error
