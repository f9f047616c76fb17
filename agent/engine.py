"""The engine: what all sessions of a process share. Loading is lazy, and each scenario is prepared once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.action import Action
from agent.document import Pattern
from agent.events import Event, ModelCalled, ModelFailed, parse_event
from agent.interview.context import Clock, Context
from agent.interview.graph import build_graph
from agent.interview.interruption import Gate
from agent.interview.model_observer import Beside, Late, ModelObserver
from agent.interview.model_voice import ModelVoice
from agent.interview.observer import EmbeddedObserver, patterns
from agent.interview.reaction import cut_in
from agent.interview.situation import Situation
from agent.interview.stage import Stage
from agent.interview.tracing import run_config
from agent.interview.voice import EmbeddedVoice
from agent.library import Library
from agent.library.library import shipped
from agent.llm.names import EMBEDDED, shown
from agent.memory.chroma import ChromaMemory
from agent.memory.embedder import LazyEmbedder
from agent.memory.handful import Handful
from agent.memory.vectors import prepare
from agent.models import Models
from agent.move import Hear
from agent.prompting import Prompts
from agent.protocols import Embedder, Judge, Memory, Observer, Voice
from agent.scene import Scene, fold
from agent.settings import Settings
from agent.sync import run_sync

if TYPE_CHECKING:
    from agent.judge import ModelJudge
    from agent.judge.examples import Examples
    from agent.llm.call import Model, Role
    from agent.rubric import Rubric


@cache
def compiled_graph() -> Any:
    """The graph without a checkpointer: the log keeps the state."""
    return build_graph().compile()


@dataclass
class Engine:
    """Library, embedder, clock and models, and the scenarios prepared with them. Without `models` none is used.

    `goldens` is the folder of rated talks, from which a model judge may be shown some.
    """

    library: Library = field(default_factory=Library.default)
    clock: Clock = time.time
    embedder: Embedder | None = None
    models: Models = field(default_factory=Models)
    goldens: Path = field(default_factory=lambda: shipped() / "evals" / "goldens")
    _contexts: dict[str, Context] = field(default_factory=dict, repr=False)
    _stages: dict[str, Stage] = field(default_factory=dict, repr=False)
    _made: list[Model] = field(default_factory=list, repr=False)

    def stage(self, scenario: str) -> Stage:
        """The stage of a scenario; needs no embedder."""
        if scenario not in self._stages:
            self._stages[scenario] = Stage.load(self.library, scenario)
        return self._stages[scenario]

    def context(self, scenario: str) -> Context:
        """The context in which a scenario is played."""
        if scenario not in self._contexts:
            stage = self.stage(scenario)
            embedded = EmbeddedObserver(stage, self._embedder, self.memory)
            gate = Gate(stage, embedded)
            observer, late = self._observer(stage, embedded)
            self._contexts[scenario] = Context(stage, observer, self._voice(stage), self.clock, gate, self._embedder, late=late)
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
        """Readies the observer of a scenario, and the check of what a model says in it."""
        gate = self.context(scenario).gate
        observer = gate.observer if gate else None
        if observer is None or observer.is_warm:
            return
        voice = self.context(scenario).voice
        check = voice.check if isinstance(voice, ModelVoice) else None
        heard = _sentences(pattern for _, pattern in patterns(self.stage(scenario)))
        prepare(self._embedder, [*heard, *(check.sentences() if check else ())], _cache(), stop)
        if not stop():
            observer.warm()
            if check:
                check.warm()

    def prepare(self, rubric: Rubric, stop: Callable[[], bool] = lambda: False) -> None:
        """Readies the judge for a rubric."""
        from agent.judge.ready import sentences

        prepare(self._embedder, sentences(rubric), _cache(), stop)

    def rubric(self, name: str) -> Rubric:
        """A rubric by name, `slug` or `slug@version`."""
        return self.library.rubric(name)

    @cached_property
    def memory(self) -> Memory:
        """What is found again by meaning."""
        return Handful(self._embedder, ChromaMemory(self._embedder))

    @cached_property
    def judge(self) -> Judge:
        """The judge or the panel that the models name, or the embedded judge."""
        from agent.judge import Panel

        panel = self.models.make_panel()
        self._made += panel
        if panel:
            return Panel([self._judge_by(model) for model in panel])
        model = self._make("judge")
        return self._judge_by(model) if model else self._embedded_judge

    def _judge_by(self, model: Model) -> ModelJudge:
        from agent.judge import ModelJudge
        from agent.judge.calibration import FOLDER, Calibrations

        return ModelJudge(
            self.prompts,
            model,
            repeats=self.models.judging.repeats,
            examples=self._examples,
            embedder=self._embedder,
            prices=self.models.prices,
            calibrations=Calibrations([place / FOLDER for place in self.library.search_path]),
        )

    @cached_property
    def _examples(self) -> Examples | None:
        """The rated talks that a model judge is shown; None unless some are wished for."""
        count = self.models.judging.examples
        if not count:
            return None
        from agent.evaluation.worked import worked_examples
        from agent.judge.examples import Examples
        from agent.memory.kept import KeptMemory

        return Examples(worked_examples(self.goldens), KeptMemory(_cache() / "examples", self._embedder), count)

    @cached_property
    def _embedded_judge(self) -> Judge:
        from agent.judge import EmbeddedJudge

        return EmbeddedJudge(self._embedder)

    @cached_property
    def prompts(self) -> Prompts:
        """The prompts of the library."""
        return Prompts(self.library)

    async def turn(self, scenario: str, action: Action, scene: Scene | None, hear: Hear | None = None) -> tuple[Sequence[Event], Scene]:
        """One run of the graph: the new events, and the scene with them in. `hear` is handed lines while they grow."""
        if action["type"] in ("message", "draft"):
            self.hear(scenario)
        context = replace(self._affordable(self.context(scenario), scene), hear=hear)
        state = await compiled_graph().ainvoke({"action": action, "scene": scene, "events": []}, run_config(), context=context)
        more = self._accounts(scenario, scene, state["scene"])
        return [*map(parse_event, state["events"]), *more], fold(more, state["scene"])

    def share_spent(self, scene: Scene | None) -> float:
        """The share of its budget that a session has used up; from 1 on it goes on without models."""
        tokens, dollars = (scene["tokens"], scene["dollars"]) if scene else (0, 0.0)
        return 0.0 if self.models.is_embedded else self.models.budget.share(tokens, dollars)

    def judge_of(self, scene: Scene) -> Judge:
        """The judge, or the embedded one for a session whose budget is used up."""
        return self.judge if self.share_spent(scene) < 1 else self._embedded_judge

    def meet(self, scenario: str) -> None:
        """Readies who speaks in a scene, so that the first line does not wait for an SDK to be loaded."""
        voice = self.context(scenario).voice
        if isinstance(voice, ModelVoice):
            voice.warm()
        for model in self._made:
            model.warm()

    async def aclose(self) -> None:
        """Closes the connections to models; they open again when they are needed."""
        for model in self._made:
            await model.aclose()

    def close(self) -> None:
        """See `aclose`; the end of the process does the same."""
        run_sync(self.aclose())

    def _make(self, role: Role) -> Model | None:
        model = self.models.make(role)
        self._made += [model] if model else []
        return model

    def _affordable(self, context: Context, scene: Scene | None) -> Context:
        if self.share_spent(scene) < 1:
            return context
        observer = context.observer.embedded if isinstance(context.observer, Beside) else context.observer
        return replace(context, voice=EmbeddedVoice(context.stage), observer=observer)

    def _accounts(self, scenario: str, before: Scene | None, after: Scene) -> list[Event]:
        """What the log owes to the models' accounts: calls that came to nothing, at the end, and a budget that is used up."""
        context, now = self.context(scenario), self.clock()
        calls = [*_unused(context, after)] if after["ended"] else []
        events: list[Event] = [ModelCalled(at=now, **call) for call in calls]
        was_spent = before is not None and self.share_spent(before) >= 1
        if not was_spent and self.share_spent(after) >= 1 and not after["ended"]:
            events.append(
                ModelFailed(at=now, role="session", model=shown(self.models.voice), reason="the budget is used up", instead=EMBEDDED)
            )
        return events

    async def anticipate(self, scenario: str, draft: str, scene: Scene) -> None:
        """Lets a model's voice find lines for the cut-ins that a draft may bring; an embedded one needs no time."""
        context = self.context(scenario)
        if context.gate is None or not isinstance(context.voice, ModelVoice) or scene["calm"]:
            return
        occasions = context.gate.coming(draft, scene, self.clock())
        await context.voice.prepare([cut_in(Situation(scene, context.stage, self.clock()), one) for one in occasions], scene)

    def _voice(self, stage: Stage) -> Voice:
        embedded, model = EmbeddedVoice(stage), self._make("voice")
        return ModelVoice(stage, self.prompts, model, embedded, embedder=self._embedder, prices=self.models.prices) if model else embedded

    def _observer(self, stage: Stage, embedded: EmbeddedObserver) -> tuple[Observer, Callable[[Scene], Late | None] | None]:
        """Who observes, and where what came too late for an answer is found before the next one."""
        model = self._make("observer")
        if model is None:
            return embedded, None
        both = Beside(embedded, ModelObserver(stage, self.prompts, model, prices=self.models.prices))
        return both, both.late

    @cached_property
    def _embedder(self) -> Embedder:
        return self.embedder or LazyEmbedder()


def _unused(context: Context, scene: Scene) -> list[dict[str, Any]]:
    """The calls of lines that were prepared and of observations that came too late."""
    spoken = context.voice.spent(scene["session"]) if isinstance(context.voice, ModelVoice) else []
    late = context.late(scene) if context.late else None
    return [*spoken, *(late.calls if late else [])]


def _cache() -> Path:
    return Settings.from_environment().cache_dir


def _sentences(patterns: Iterable[Pattern]) -> list[str]:
    return [text for pattern in patterns for text in (*pattern.examples, *pattern.not_examples)]


@cache
def default_engine() -> Engine:
    """The engine of this process: the default library, the system's clock."""
    return Engine()
