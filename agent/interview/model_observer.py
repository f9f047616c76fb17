"""The observer by a model, and how it works beside the embedded one without ever being waited for."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import Any, NamedTuple

from agent.amendment import Amendment
from agent.background import Background, shared
from agent.errors import ModelError
from agent.interview.merging import current, merged
from agent.interview.notes import Notes
from agent.interview.stage import Stage
from agent.interview.still_open import StillOpen, still_open
from agent.llm.account import Account
from agent.llm.asking import CallRecord
from agent.llm.call import Call, Model, PromptPin
from agent.llm.forms import Forms
from agent.llm.prices import Prices
from agent.llm.structured import ask_structured
from agent.observation import Observation
from agent.prompting import Message, Prompts, boundary
from agent.prose import sentences
from agent.protocols import Observer
from agent.scene import Scene

PROMPT = "observer/observe@1.1.0"
REPAIR = "shared/repair@1.0.0"
MAX_TOKENS = 1500
GIVEN_UP = "given up"
"""What became of a look that was not done, or not fetched, before the next answer."""
KEPT = 256
"""Sessions of which the last observation is remembered."""


class Late(NamedTuple):
    """What a model made of an answer after the scene had gone on.

    `amendment` is None where it did not deliver, and `failure` says why. `calls` holds, for every call, the fields of a
    `ModelCalled` event, but for its type and time.
    """

    amendment: Amendment | None
    calls: list[dict[str, Any]]
    failure: str | None = None


class ModelObserver:
    """Asks a model what the candidate did in an answer, and takes over what holds.

    Args:
        stage: what can be heard.
        prompts: where the prompts are rendered.
        model: whom to ask. It should be patient: a failure is not tried again here.
        max_tokens: of one answer.
        forms: in which form addresses take a schema; shared by all who ask the same model.
        prices: for the account; the packaged table unless given.
    """

    def __init__(
        self,
        stage: Stage,
        prompts: Prompts,
        model: Model,
        *,
        max_tokens: int = MAX_TOKENS,
        forms: Forms | None = None,
        prices: Prices | None = None,
    ) -> None:
        self.id = f"model:{model.address}"
        self.stage = stage
        self._prompts = prompts
        self._model = model
        self._max_tokens = max_tokens
        self._forms = forms or Forms()
        self._prices = prices

    @property
    def given_up(self) -> dict[str, Any]:
        """The account of a call that was cancelled: what it cost nobody says."""
        return CallRecord(role="observer", model=str(self._model.address), prompt=PROMPT, outcome=GIVEN_UP).fields()

    async def look(self, answer: str, scene: Scene, seen: Observation) -> Late:
        """What there is to add to `seen` and to take back of it; a model that fails is reported, not raised."""
        account = Account(self._model, prices=self._prices)
        what_is_open = still_open(self.stage, scene, seen)
        try:
            notes = await ask_structured(
                account.ask,
                self._call(answer, scene, what_is_open),
                Notes,
                address=self._model.address,
                forms=self._forms,
                repair=self._repair,
            )
        except ModelError as error:
            account.mark(f"failed: {error.kind}")
            return Late(None, account.calls(), f"{error.kind}: {str(error).splitlines()[0]}")
        amendment = merged(notes.result, answer, seen, what_is_open, observer=self.id, turn=scene["answer_turn"])
        return Late(amendment, account.calls())

    def _call(self, answer: str, scene: Scene, what: StillOpen) -> Call:
        said = sentences(answer)
        messages = self._prompts.render(
            PROMPT,
            points=[{"id": name, "ask": ask} for name, ask in what.points.items()],
            facts=[{"id": name, "question": question} for name, question in what.facts.items()],
            conditions=[{"id": name, "text": text} for name, text in what.conditions.items()],
            hardening=[{"id": name, "words": words} for name, words in what.hardening.items()],
            behaviours=[{"id": name, "text": text} for name, text in what.behaviours.items()],
            people=[{"id": slug, "name": name} for slug, name in what.people.items()],
            taken=_taken(what, said),
            question=scene["last_line"],
            answer=said,
            boundary=boundary(f"{scene['seed']}/{scene['scenario']}/{scene['answer_turn']}", [scene["last_line"], answer]),
        )
        pin = PromptPin(PROMPT, self._prompts.fingerprint(PROMPT))
        return Call(role="observer", messages=tuple(messages), prompt=pin, max_tokens=self._max_tokens, temperature=0.0)

    def _repair(self, answer: str, complaints: Sequence[str]) -> list[Message]:
        return self._prompts.render(REPAIR, answer=answer, complaints=list(complaints))


def _taken(what: StillOpen, said: Sequence[str]) -> list[dict[str, Any]]:
    """Each point that was taken for said, with the number of the sentence."""
    numbers = {sentence: number for number, sentence in enumerate(said, start=1)}
    return [{"id": point, "ask": what.points[point], "sentence": numbers[quote]} for point, quote in what.taken.items() if quote in numbers]


@dataclass
class _Look:
    """A look at one answer that is under way."""

    turn: int
    answer: str
    future: Future[Late]


class Beside:
    """The embedded observer, which is never kept waiting, and a model's that looks at the same answer in the background.

    What the model adds is fetched by `late` before the next answer. A look that is not done by then is given up.
    """

    def __init__(self, embedded: Observer, model: ModelObserver, background: Background | None = None) -> None:
        self.id = f"{embedded.id} and {model.id}"
        self.embedded = embedded
        self._model = model
        self._background = background or shared()
        self._looks: dict[str, _Look] = {}
        self._wasted: dict[str, list[dict[str, Any]]] = {}

    async def observe(self, answer: str, scene: Scene) -> Observation:
        """What the embedded observer sees in `answer`; the model begins to look."""
        seen = await self.embedded.observe(answer, scene)
        session = scene["session"]
        self._give_up(session)
        self._forget_the_oldest()
        self._looks[session] = _Look(scene["answer_turn"], answer, self._background.start(self._model.look(answer, scene, seen)))
        return seen

    def late(self, scene: Scene) -> Late | None:
        """What the model made of the last answer of `scene`, once, as far as it still holds; None while there is nothing.

        The calls of looks that were given up before are accounted for here too.
        """
        wasted = self._wasted.pop(scene["session"], [])
        late = self._finished(scene) or (Late(None, []) if wasted else None)
        if late is None:
            return None
        amendment = self._current(late.amendment, scene) if late.amendment else None
        return late._replace(amendment=amendment, calls=[*wasted, *late.calls])

    def _finished(self, scene: Scene) -> Late | None:
        look = self._looks.get(scene["session"])
        if look is None or not look.future.done() or (look.turn, look.answer) != (scene["answer_turn"], scene["answer"]):
            return None
        del self._looks[scene["session"]]
        return look.future.result()

    def wait(self, session: str, seconds: float) -> bool:
        """Waits for the look at the last answer of a session; False if it is not done in time."""
        look = self._looks.get(session)
        return look is None or _is_done(look.future, seconds)

    def close(self) -> None:
        """Gives up all that is under way."""
        for look in self._looks.values():
            look.future.cancel()
        self._looks.clear()

    def _current(self, amendment: Amendment, scene: Scene) -> Amendment:
        stage, beat = self._model.stage, scene["beat"]
        points = {point.id for point in stage.beats[beat].points} if beat else set()
        seen = scene["seen"]
        return current(amendment, still_open(stage, scene, seen), points) if seen else amendment

    def _give_up(self, session: str) -> None:
        look = self._looks.pop(session, None)
        if look:
            calls = [self._model.given_up] if look.future.cancel() else look.future.result().calls
            self._wasted.setdefault(session, []).extend({**call, "outcome": GIVEN_UP} for call in calls)

    def _forget_the_oldest(self) -> None:
        while len(self._looks) >= KEPT:
            oldest = next(iter(self._looks))
            self._give_up(oldest)
            del self._wasted[oldest]


def _is_done(future: Future[Late], seconds: float) -> bool:
    return bool(wait([future], timeout=seconds).done)
