"""The voice spoken by a model: one line at a time, checked before it counts, with the embedded voice behind it.

The embedded voice goes first and picks the authored line for the move. The model says it in words that fit the talk; where
it fails or its words cannot be said, the authored line stands.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from agent.errors import FailureKind, ModelError
from agent.interview.brief import brief
from agent.interview.live_check import Attempt, Fault, LiveCheck
from agent.interview.prepared import Key, Prepared
from agent.interview.stage import Stage
from agent.llm.asking import Asked, CallFailed, ask
from agent.llm.call import Call, Finish, Model, PromptPin
from agent.llm.prices import Prices
from agent.move import Hear, Move, Spoken, Streamed
from agent.prompting import Message, Prompts
from agent.prose import clean
from agent.protocols import Embedder, Voice
from agent.scene import Scene

LINE = "voice/line@1.2.0"
AGAIN = "voice/again@1.1.0"
TRIES = 2
"""How often a model is asked for a line before the authored one is said."""
TOKENS_A_WORD = 4
"""Room for each word a line may have: twice the words, in a language with long ones."""

Ask = Callable[..., Awaitable[Asked]]
"""Asks a model for one whole answer, as `agent.llm.asking.ask` does."""


@dataclass
class _Line:
    """One line on its way: the move, the scene, the authored line, what was asked so far."""

    move: Move
    scene: Scene
    written: Spoken
    hear: Hear | None = None
    calls: list[dict[str, Any]] = field(default_factory=list)

    def show(self, text: str, *, withdrawn: bool = False) -> None:
        if self.hear:
            self.hear(Streamed(self.move["speaker"], text, self.move["private"], withdrawn))

    def attempt(self, text: str) -> Attempt:
        return Attempt(text, self.move, self.scene, self.written["text"])


class ModelVoice:
    """Speaks the moves of a stage in a model's words; shared by all sessions in which that scene is played.

    Args:
        stage: the scenario and its people.
        prompts: where `voice/line` and `voice/again` come from.
        model: who finds the words.
        embedded: who chooses the authored line, and takes over when the model does not deliver.
        embedder: what the check hears meanings with; without it, words alone.
        ask: asks the model; records what the call took.
        prices: what tokens cost; the packaged table unless given.
        temperature: of the model; its own default when None.
        spare_tokens: room for a model that thinks before it answers.
    """

    def __init__(
        self,
        stage: Stage,
        prompts: Prompts,
        model: Model,
        embedded: Voice,
        *,
        embedder: Embedder | None = None,
        ask: Ask = ask,
        prices: Prices | None = None,
        temperature: float | None = None,
        spare_tokens: int = 0,
    ) -> None:
        self.id = f"model:{model.address}"
        self._stage, self._prompts, self._model, self._embedded, self._ask = stage, prompts, model, embedded, ask
        self._check = LiveCheck(stage, embedder)
        self._prices, self._temperature, self._spare_tokens = prices, temperature, spare_tokens
        self._prepared = Prepared()
        self._pin = PromptPin(LINE, prompts.fingerprint(LINE))

    @property
    def check(self) -> LiveCheck:
        """What looks at every line; to be readied before the first answer, see `LiveCheck.warm`."""
        return self._check

    def warm(self) -> None:
        """Compiles the prompts and lets the check read what is known, which takes some tens of milliseconds."""
        for prompt in (LINE, AGAIN):
            self._prompts.compile(prompt)
        self._check.read()

    async def speak(self, move: Move, scene: Scene, hear: Hear | None = None) -> Spoken:
        """The line in the model's words, or the authored one with `failed` saying why; empty where there is nothing to say.

        A cut-in never waits: it is the prepared line if that is there, else the authored one.
        """
        line = _Line(move, scene, await self._embedded.speak(move, scene), hear)
        spoken = self._cut_in(line) if move["kind"] == "cut" else await self._spoken(line)
        return Spoken(**{**spoken, "calls": [*self._prepared.spent(scene["session"], scene["turns"]), *spoken.get("calls", [])]})

    async def prepare(self, moves: Sequence[Move], scene: Scene) -> None:
        """Begins to find the lines of `moves`, cut-ins that may come while the next answer is typed; returns at once."""
        for move in moves:
            key = Key.of(move, scene)
            if key not in self._prepared:
                line = _Line(move, scene, await self._embedded.speak(move, scene))
                pending = {"role": "voice", "model": str(self._model.address), "prompt": LINE}
                self._prepared.start(key, self._spoken(line), line.calls, pending)

    def spent(self, session: str) -> list[dict[str, Any]]:
        """The calls for prepared lines of `session` that no line has accounted for yet; what is under way is broken off.

        To be put into the log when the session ends.
        """
        return self._prepared.spent(session)

    def _cut_in(self, line: _Line) -> Spoken:
        return self._prepared.take(Key.of(line.move, line.scene)) or line.written

    async def _spoken(self, line: _Line) -> Spoken:
        if not line.written["text"]:
            return line.written
        try:
            return await self._found(line)
        except ModelError as error:
            line.calls += _record(error)
            return self._authored(line, f"{error.kind}: {str(error).splitlines()[0]}")

    async def _found(self, line: _Line) -> Spoken:
        """Asks until a line can be said, at most `TRIES` times."""
        call, faults = self._call(line), []
        for _ in range(TRIES):
            text, fault = await self._try(call, line)
            if fault is None:
                return Spoken(text=text, templates=line.written["templates"], calls=line.calls, failed=None)
            faults.append(fault)
            call = self._once_more(call, text, fault, line)
        return self._authored(line, "rejected: " + ", ".join(fault.check for fault in faults))

    async def _try(self, call: Call, line: _Line) -> tuple[str, Fault | None]:
        """One answer of the model, and what is wrong with it; what was shown of a bad one is withdrawn."""
        try:
            asked = await self._ask(self._model, call, on_piece=self._shows(line), prices=self._prices)
            text = self._tidy(asked.reply.text, line.move)
            fault = self._fault(asked, line, text)
        except ModelError:
            line.show("", withdrawn=True)
            raise
        line.calls.append((asked.record.with_outcome(f"rejected: {fault.check}") if fault else asked.record).fields())
        if fault:
            line.show("", withdrawn=True)
        return text, fault

    def _shows(self, line: _Line) -> Callable[[str], None] | None:
        if line.hear is None:
            return None
        so_far: list[str] = []

        def show(piece: str) -> None:
            so_far.append(piece)
            line.show(self._tidy("".join(so_far), line.move))

        return show

    def _fault(self, asked: Asked, line: _Line, text: str) -> Fault | None:
        if asked.reply.finish is Finish.LENGTH:
            return Fault("cut_off")
        if asked.reply.finish is Finish.REFUSAL:
            record = asked.record.with_outcome("refused")
            raise CallFailed(ModelError(FailureKind.REFUSED, "the model would not say the line"), record)
        return self._check.fault(line.attempt(text))

    def _authored(self, line: _Line, reason: str) -> Spoken:
        failed = {"role": "voice", "model": str(self._model.address), "reason": reason, "instead": self._embedded.id}
        return Spoken(**{**line.written, "calls": line.calls, "failed": failed})

    def _call(self, line: _Line) -> Call:
        variables = brief(self._stage, line.scene, line.move, line.written["text"])
        return Call(
            role="voice",
            messages=tuple(self._prompts.render(LINE, **variables)),
            prompt=self._pin,
            max_tokens=TOKENS_A_WORD * variables["max_words"] + self._spare_tokens,
            temperature=self._temperature,
            seed=line.scene["seed"],
        )

    def _once_more(self, call: Call, text: str, fault: Fault, line: _Line) -> Call:
        max_words = (call.max_tokens - self._spare_tokens) // TOKENS_A_WORD
        note: list[Message] = self._prompts.render(AGAIN, line=text, check=fault.check, about=fault.about, max_words=max_words)
        return replace(call, messages=(*call.messages, *note))

    @cached_property
    def _named(self) -> dict[str, re.Pattern[str]]:
        """Everybody's name in front of a line, with a colon."""
        names = {slug: (self._stage.name(slug), self._stage.first_name(slug)) for slug in self._stage.personas}
        return {slug: re.compile(rf"^[*_]*(?:{'|'.join(map(re.escape, both))})[*_]*\s*:[*_]*\s*") for slug, both in names.items()}

    def _tidy(self, text: str, move: Move) -> str:
        """The words alone: without the speaker's own name in front, or quotation marks around the whole."""
        said = clean(text)
        said = self._named[move["speaker"]].sub("", said)
        is_quoted = len(said) > 1 and said[0] in '"“«' and said[-1] in '"”»' and not re.search(r"[\"“”«»]", said[1:-1])
        return said[1:-1].strip() if is_quoted else said


def _record(error: ModelError) -> list[dict[str, Any]]:
    return [error.record.fields()] if isinstance(error, CallFailed) else []
