"""One unit of work: a scene, who plays it, and the seed; its key tells whether it is the same work."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from agent.document import Document
from agent.engine import Engine
from agent.evaluation.scenes.suite import SceneSuite
from agent.judge.embedded import EmbeddedJudge
from agent.library.kinds import ACTS_NAME
from agent.version import __version__


class Unit(Document):
    """A session to be played. `key` is the sha256 of all that it depends on; `library` a directory of one's own, or None."""

    scenario: str
    candidate: str
    seed: int
    key: str
    library: str | None = None

    @property
    def name(self) -> str:
        """It in a word, for the screen."""
        return f"{self.scenario}/{self.candidate}/{self.seed}"


class Keys:
    """Makes the keys of units, as this process has what they depend on; a scene's documents are read once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._scenes: dict[str, dict[str, Any]] = {}

    def key(self, scenario: str, candidate: str, seed: int) -> str:
        """The sha256 of everything that moves the session or its grade."""
        if scenario not in self._scenes:
            self._scenes[scenario] = self._of_scene(scenario)
        player = [candidate, self._engine.library.fingerprint("candidate", candidate)]
        depends = {**self._scenes[scenario], "candidate": player, "seed": seed}
        return hashlib.sha256(json.dumps(depends, sort_keys=True).encode()).hexdigest()

    def _of_scene(self, scenario: str) -> dict[str, Any]:
        judge = self._engine.judge
        return {
            "pins": self._engine.stage(scenario).pins(),
            "acts": self._engine.library.fingerprint("acts", ACTS_NAME),
            "judge": judge.pin().model_dump(mode="json") if isinstance(judge, EmbeddedJudge) else judge.id,
            "package": __version__,
        }


def units_of(suite: SceneSuite, engine: Engine, library: str | None) -> list[Unit]:
    """All units of a suite: scene by scene, so that what a scene needs is loaded once.

    Raises:
        LibraryError: a scene or a candidate is not there, or wrong.
    """
    keys, seeds = Keys(engine), range(1, suite.seeds + 1)
    return [
        Unit(scenario=scenario, candidate=candidate, seed=seed, key=keys.key(scenario, candidate, seed), library=library)
        for scenario in suite.scenarios or engine.library.names("scenario")
        for candidate in suite.candidates
        for seed in seeds
    ]
