"""The engine: what all sessions of a process share. Loading is lazy, and each scenario is prepared once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.action import Action
from agent.document import Pattern
from agent.events import Event, parse_event
from agent.interview.context import Clock, Context
from agent.interview.graph import build_graph
from agent.interview.interruption import Gate
from agent.interview.observer import EmbeddedObserver, patterns
from agent.interview.stage import Stage
from agent.interview.voice import EmbeddedVoice
from agent.library import Library
from agent.memory.embedder import LazyEmbedder
from agent.memory.vectors import prepare
from agent.protocols import Embedder, Judge
from agent.scene import Scene
from agent.settings import Settings

if TYPE_CHECKING:
    from agent.memory.chroma import ChromaMemory
    from agent.rubric import Rubric


@cache
def compiled_graph() -> Any:
    """The graph without a checkpointer: the log keeps the state."""
    return build_graph().compile()


@dataclass
class Engine:
    """Library, embedder and clock, and the scenarios prepared with them."""

    library: Library = field(default_factory=Library.default)
    clock: Clock = time.time
    embedder: Embedder | None = None
    _contexts: dict[str, Context] = field(default_factory=dict, repr=False)
    _stages: dict[str, Stage] = field(default_factory=dict, repr=False)

    def stage(self, scenario: str) -> Stage:
        """The stage of a scenario; needs no embedder."""
        if scenario not in self._stages:
            self._stages[scenario] = Stage.load(self.library, scenario)
        return self._stages[scenario]

    def context(self, scenario: str) -> Context:
        """The context in which a scenario is played."""
        if scenario not in self._contexts:
            stage = self.stage(scenario)
            observer = EmbeddedObserver(stage, self._embedder, self.memory)
            voice, gate = EmbeddedVoice(stage), Gate(stage, observer)
            self._contexts[scenario] = Context(stage, observer, voice, self.clock, gate, self._embedder)
        return self._contexts[scenario]

    def put(self, context: Context) -> None:
        """Plays the scenario of `context` with it from now on: another observer, another voice, a changed stage."""
        self._contexts[context.stage.scenario.slug] = context
        self._stages[context.stage.scenario.slug] = context.stage

    def warm(self, scenario: str, stop: Callable[[], bool] = lambda: False) -> None:
        """Embeds all sentences of a scenario and its rubric now, or takes them from the cache; ends early when told to stop."""
        self.hear(scenario, stop)
        self.prepare(self.stage(scenario).rubric, stop)

    def hear(self, scenario: str, stop: Callable[[], bool] = lambda: False) -> None:
        """Readies the observer of a scenario."""
        observer = self.context(scenario).observer
        if not isinstance(observer, EmbeddedObserver) or observer.is_warm:
            return
        prepare(self._embedder, _sentences(pattern for _, pattern in patterns(self.stage(scenario))), _cache(), stop)
        if not stop():
            observer.warm()
            threading.Thread(target=self.memory.warm, daemon=True).start()

    def prepare(self, rubric: Rubric, stop: Callable[[], bool] = lambda: False) -> None:
        """Readies the judge for a rubric."""
        heard = (one.heard for each in rubric.competencies for one in (*each.indicators, *each.counter_indicators))
        prepare(self._embedder, _sentences(heard), _cache(), stop)

    def rubric(self, name: str) -> Rubric:
        """A rubric by name, `slug` or `slug@version`."""
        return self.library.rubric(name)

    @cached_property
    def memory(self) -> ChromaMemory:
        """What is found again by meaning."""
        from agent.memory.chroma import ChromaMemory

        return ChromaMemory(self._embedder)

    @cached_property
    def judge(self) -> Judge:
        """The embedded judge."""
        from agent.judge import EmbeddedJudge

        return EmbeddedJudge(self._embedder)

    async def turn(self, scenario: str, action: Action, scene: Scene | None) -> tuple[Sequence[Event], Scene]:
        """One run of the graph: the new events, and the scene with them in."""
        if action["type"] in ("message", "draft"):
            self.hear(scenario)
        state = await compiled_graph().ainvoke({"action": action, "scene": scene, "events": []}, context=self.context(scenario))
        return [parse_event(event) for event in state["events"]], state["scene"]

    @cached_property
    def _embedder(self) -> Embedder:
        return self.embedder or LazyEmbedder()


def _cache() -> Path:
    return Settings.from_environment().cache_dir


def _sentences(patterns: Iterable[Pattern]) -> list[str]:
    return [text for pattern in patterns for text in (*pattern.examples, *pattern.not_examples)]


@cache
def default_engine() -> Engine:
    """The engine of this process: the default library, the system's clock."""
    return Engine()
