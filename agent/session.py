"""A session: one interview, live. The log is appended before anything is shown."""

from __future__ import annotations

import math
import secrets
import threading
from collections.abc import Mapping, Sequence

from agent.action import Action
from agent.aids import last_answer, next_hint, rated
from agent.answer import checked_answer
from agent.engine import Engine, default_engine
from agent.errors import AnswerError, InputError, SessionError, nearest
from agent.events import ClockMoved, Event, Graded, Line, Mode, Noted, Retracted
from agent.interview.stage import Stage
from agent.move import Hear
from agent.prose import clean
from agent.protocols import EventStore
from agent.record import started, transcript_of
from agent.scene import Scene, effective, elapsed, fold
from agent.session_id import new_id
from agent.store.memory import MemoryStore
from agent.transcript import Transcript
from agent.twins import Twins
from agent.utterance import Utterance
from agent.verdict import GradeReport

MINUTES_A_DAY = 24 * 60


class Interview(Twins):
    """One role-play from the brief to the end. Every method that plays has an `a…` twin for use in a running loop.

    >>> interview = Interview("fraud-trade-off", seed=7)          # doctest: +SKIP
    >>> interview.start()[0].text                                 # doctest: +SKIP

    Args:
        scenario: name of a scenario in the library.
        seed: fixes every choice of the director. Practice: random unless given. Assessed: the scenario's own, so that
            all candidates meet the same scene.
        mode: `practice` (hints and retries) or `assessed` (neither; rubric and seed pinned).
        store: where the log goes; in memory unless given.
        minutes: time box instead of the scenario's; 0 switches the clock off.
        calm: no time pressure at all: no clock, no cutting in, no word at silence.
        engine: library, embedder and clock to use; the process's own unless given.

    Raises:
        LibraryError: the scenario, or something it refers to, is missing or wrong.
    """

    def __init__(
        self,
        scenario: str,
        *,
        seed: int | None = None,
        mode: Mode | str = Mode.PRACTICE,
        store: EventStore | None = None,
        minutes: float | None = None,
        engine: Engine | None = None,
        session: str | None = None,
        calm: bool = False,
    ) -> None:
        self.engine = engine or default_engine()
        self.stage: Stage = self.engine.stage(scenario)
        self.mode = _mode(mode)
        self.seed = seed if seed is not None else self._default_seed()
        self.calm = calm
        self.minutes = 0.0 if calm else self.stage.scenario.minutes if minutes is None else minutes
        if not 0 <= self.minutes < MINUTES_A_DAY or self.seed < 0:
            raise InputError(
                f"a session needs 0 to {MINUTES_A_DAY:,} minutes and a seed of 0 or more, not {self.minutes!r} and {self.seed!r}"
            )
        self.session = session or new_id()
        self._store: EventStore = store or MemoryStore()
        self._events: list[Event] = []
        self._scene: Scene | None = None
        self._lock = threading.Lock()
        self.hear: Hear | None = None
        """Is handed the lines of a model's voice while they grow, and every line when it stands."""

    @classmethod
    def resume(cls, session: str, store: EventStore, *, engine: Engine | None = None, check: bool = True) -> Interview:
        """The session as its log has it; `check=False` only to look at it.

        Raises:
            SessionNotFound: there is no such session.
            SessionError: it is assessed, and a document it pinned has changed.
        """
        events = store.read(session)
        terms = started(events)
        interview = cls(
            terms.scenario,
            seed=terms.seed,
            mode=terms.mode,
            store=store,
            minutes=terms.minutes,
            engine=engine,
            session=session,
            calm=terms.calm,
        )
        interview._take(events)
        if check and interview.mode is Mode.ASSESSED and interview.changed_documents():
            changed = ", ".join(interview.changed_documents())
            raise SessionError(f"session {session!r} is assessed and pinned {changed}, which has changed; start a new session")
        return interview

    @property
    def brief(self) -> str:
        """What the candidate is told before it starts."""
        return self.stage.scenario.brief

    @property
    def events(self) -> Sequence[Event]:
        """The log."""
        return tuple(self._events)

    @property
    def scene(self) -> Scene:
        """The scene as it stands.

        Raises:
            SessionError: it has not started.
        """
        if self._scene is None:
            raise SessionError("the interview has not started; call start() first")
        return self._scene

    @property
    def is_started(self) -> bool:
        """Whether the first line has been said."""
        return self._scene is not None

    @property
    def is_over(self) -> bool:
        """Whether the scene has ended."""
        return self._scene is not None and self._scene["ended"] is not None

    @property
    def seconds_left(self) -> float | None:
        """Seconds on the clock, or None when there is no time box."""
        if not self.minutes:
            return None
        gone = elapsed(self._scene, self.engine.clock()) if self._scene else 0.0
        return max(0.0, 60 * self.minutes - gone)

    @property
    def transcript(self) -> Transcript:
        """The talk so far."""
        return transcript_of(self._events, self.stage)

    def utterances(self, events: Sequence[Event] | None = None) -> list[Utterance]:
        """What personas said in `events`, or in the whole log."""
        said = effective(self._events) if events is None else events
        return [
            Utterance(self.stage.name(one.speaker), one.text, one.speaker, one.move, one.private) for one in said if isinstance(one, Line)
        ]

    def changed_documents(self) -> list[str]:
        """Documents that differ from what the session pinned."""
        current = self.stage.pins()
        return sorted(name for name, sha in started(self._events).pins.items() if current.get(name) != sha)

    async def astart(self) -> list[Utterance]:
        """Opens the scene; returns the first lines."""
        if self.is_started:
            raise SessionError(f"session {self.session!r} has started already")
        terms = Action(type="start", session=self.session, mode=str(self.mode), seed=self.seed, minutes=self.minutes, calm=self.calm)
        return await self._act(terms)

    async def asay(
        self, answer: str, *, to: str | None = None, seconds: float | None = None, resumed_after: float | None = None
    ) -> list[Utterance]:
        """Says something as the candidate; returns what is answered. A clock that was stopped runs again.

        Args:
            answer: the whole answer.
            to: the persona who alone hears it, or 'room'; in the channel of a word in private that is open, else the room.
            seconds: from the last line on screen to the answer sent.
            resumed_after: from a cut-in to the next key.

        Raises:
            AnswerError: the answer is empty or longer than `MAX_ANSWER` characters, nobody in the room is called `to`, or a time
                is negative or no number.
            SessionError: the scene is over or has not started.
            SequenceConflict: another terminal went on with this session.
        """
        self._must_be_live()
        text, hearer = checked_answer(answer), self._hearer(to)
        if not all(time is None or 0 <= time < math.inf for time in (seconds, resumed_after)):
            raise AnswerError(f"times are in seconds, 0 or more, not {seconds!r} and {resumed_after!r}")
        self.unpause()
        return await self._act(Action(type="message", text=text, to=hearer, seconds=seconds, resumed_after=resumed_after))

    async def adraft(self, text: str) -> list[Utterance]:
        """Shows the room an answer as far as it is typed; returns what somebody cuts in with, mostly nothing.

        Of the text only the word or figure that was cut in for is kept. In a calm session nobody cuts in.
        """
        self._must_be_live()
        gate, drafted, now = self.engine.context(self.stage.scenario.slug).gate, clean(text), self.engine.clock()
        if self.calm or gate is None or not (gate.occasion(drafted, self.scene, now) or gate.lets_go(drafted, self.scene)):
            await self.engine.anticipate(self.stage.scenario.slug, drafted, self.scene)
            return []
        return await self._act(Action(type="draft", text=drafted))

    async def asilence(self, seconds: float) -> list[Utterance]:
        """Tells the scene that the candidate has said nothing for so long; nobody minds in a calm session."""
        self._must_be_live()
        return [] if self.calm else await self._act(Action(type="silence", seconds=seconds))

    async def aedit(self, artifact: str, text: str, *, wrong_turn: str | None = None) -> list[Utterance]:
        """Tells the scene that the candidate changed a file.

        Raises:
            InputError: the scene has no such artifact.
        """
        self._must_be_live()
        if artifact not in (known := [one.id for one in self.stage.scenario.artifacts]):
            raise InputError(f"there is no artifact {artifact!r} in this scene{nearest(artifact, known)}")
        return await self._act(Action(type="edit", artifact=artifact, text=text, wrong_turn=wrong_turn))

    async def aran(self, artifact: str, *, passed: bool, output: str) -> list[Utterance]:
        """Tells the scene that the candidate ran a file's test."""
        self._must_be_live()
        return await self._act(Action(type="run", artifact=artifact, passed=passed, output=output))

    async def aleave(self) -> list[Utterance]:
        """Leaves the scene for good."""
        self._must_be_live()
        return await self._act(Action(type="leave"))

    def pause(self) -> None:
        """Stops the clock."""
        self._append([ClockMoved(at=self.engine.clock(), to="paused")])

    def unpause(self) -> None:
        """Starts the clock again, if it was stopped."""
        if self.scene["paused_at"] is not None:
            self._append([ClockMoved(at=self.engine.clock(), to="resumed")])

    def hint(self) -> str | None:
        """Help for the current beat, each time a little more; None when there is no more.

        Raises:
            SessionError: the session is assessed, or not live.
        """
        self._must_be_practice("hints")
        given = next_hint(self.stage.scenario, self.scene, self.engine.clock())
        if given:
            self._append([given])
        return given.text if given else None

    def retry(self) -> str:
        """Takes the last answer, and all that followed, back; returns that answer.

        Raises:
            SessionError: the session is assessed, or there is no answer yet.
        """
        self._must_be_practice("retries")
        since, answer = last_answer(self._events)
        self._append([Retracted(at=self.engine.clock(), since=since)])
        return answer

    def relax(self) -> None:
        """Switches all time pressure off: no clock, no cutting in, no word at silence.

        Raises:
            SessionError: the session has started; its terms stay as they are.
        """
        if self._events:
            raise SessionError("the session has started; its terms stay as they are")
        self.calm, self.minutes = True, 0.0

    def use(self, store: EventStore) -> None:
        """Where the log goes, chosen after the brief was shown.

        Raises:
            SessionError: the log has begun elsewhere.
        """
        if self._events:
            raise SessionError("the session has started; its log stays where it is")
        self._store = store

    def keep_report(self, report: GradeReport) -> None:
        """Keeps a grading in the log, so that showing it again never re-scores."""
        self._append([Graded(at=self.engine.clock(), report=report.model_dump(mode="json"))])

    def rate(self, levels: Mapping[str, int | None]) -> None:
        """Keeps the user's own levels of whoever is graded in a reversed scene: 1 to 5, or None for not observed.

        Raises:
            SessionError: the user is the one who is graded here.
            InputError: a competency is not one of the scene's, or a level is none.
        """
        self._append([rated(self.stage.scenario, levels, self.engine.clock())])

    def note(self, text: str) -> None:
        """Keeps a note of the candidate in the log; nobody in the scene hears it."""
        self._append([Noted(at=self.engine.clock(), text=checked_answer(text))])

    async def _act(self, action: Action) -> list[Utterance]:
        if not self._lock.acquire(blocking=False):
            raise SessionError("another turn of this session is under way; wait for its answer")
        try:
            new, scene = await self.engine.turn(self.stage.scenario.slug, action, self._scene, self.hear)
            self._store.append(self.session, len(self._events), new)
            self._events += new
            self._scene = scene
        finally:
            self._lock.release()
        return self.utterances(new)

    def _hearer(self, to: str | None) -> str | None:
        if to in self.stage.personas:
            return to if len(self.stage.personas) > 1 else None
        if to is None or to == "room":
            return to
        raise AnswerError(f"nobody in the room is called {to!r}; there are {', '.join(self.stage.personas)}, or 'room' for everybody")

    def _append(self, new: Sequence[Event]) -> None:
        if not self._events:
            raise SessionError("the session has not started; call start() first")
        self._store.append(self.session, len(self._events), new)
        self._take([*self._events, *new])

    def _take(self, events: list[Event]) -> None:
        self._events = events
        self._scene = fold(effective(events))

    def _must_be_live(self) -> None:
        if self.scene["ended"]:
            raise SessionError(f"session {self.session!r} is over; grade it, or play again")

    def _must_be_practice(self, what: str) -> None:
        self._must_be_live()
        if self.mode is Mode.ASSESSED:
            raise SessionError(f"this session is assessed, so there are no {what}; they belong to practice mode")

    def _default_seed(self) -> int:
        if self.mode is Mode.ASSESSED:
            return int(self.stage.pins()[f"scenario/{self.stage.scenario.slug}@{self.stage.scenario.version}"][:8], 16)
        return secrets.randbelow(2**31)


def _mode(mode: Mode | str) -> Mode:
    try:
        return Mode(mode)
    except ValueError as error:
        raise InputError(f"there is no mode {mode!r}; there are {' and '.join(map(repr, map(str, Mode)))}") from error
