"""Playing a scene with a simulated candidate: reading, thinking, typing word by word, being cut into, answering."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from agent.interview.interruption import silence_after
from agent.repair import Repair
from agent.session import Interview
from agent.simulation.clock import SimulatedClock
from agent.simulation.scripted import ScriptedCandidate
from agent.utterance import Utterance
from agent.walkthrough import Reply, Walkthrough

READING = 0.3
"""Seconds to read a word."""
TYPED_AT_ONCE = 4
"""Words between two looks at the draft."""
MOST_TURNS = 200


Show = Callable[[list[Utterance], str | None], None]
"""Is handed every line of the room, and every answer."""


class Player(Protocol):
    """Anybody who answers; None is silence."""

    def next(self, interview: Interview) -> Reply | None:
        """The next answer."""
        ...


class ReadingPlayer:
    """A walkthrough at the table; leaves when it has nothing left to say."""

    def __init__(self, walkthrough: Walkthrough) -> None:
        self._script = ScriptedCandidate(walkthrough)

    def next(self, interview: Interview) -> Reply | None:
        """The reply that the walkthrough has for the last lines."""
        return self._script.next(interview.events)


async def play(
    interview: Interview,
    player: Player,
    clock: SimulatedClock,
    *,
    words_per_minute: int = 60,
    show: Show = lambda lines, said: None,
) -> None:
    """Plays to the end, or until the player has been silent as long as anybody bears; the interview's engine runs on `clock`."""
    _show(show, await interview.astart(), clock)
    mute = 0
    for _ in range(MOST_TURNS):
        if interview.is_over:
            return
        reply = player.next(interview)
        mute = mute + 1 if reply is None else 0
        if mute > 3:
            await interview.aleave()
        elif reply is None:
            await _wait(interview, clock, show)
        else:
            await _answer(interview, reply, clock, words_per_minute, show)


async def _wait(interview: Interview, clock: SimulatedClock, show: Show) -> None:
    """Says nothing until somebody minds, and then that nothing comes to mind."""
    seconds = silence_after(interview.stage, interview.scene)
    if seconds is not None:
        clock.forward(seconds)
        _show(show, await interview.asilence(seconds), clock)
    clock.forward(5)
    show([], "…")
    _show(show, await interview.asay("…"), clock)


async def _answer(interview: Interview, reply: Reply, clock: SimulatedClock, pace: int, show: Show) -> None:
    if reply.edit:
        await _mend(interview, reply.edit, clock, show)
    began, resumed = clock(), None
    for draft in _drafts(reply.say):
        clock.forward(60 * TYPED_AT_ONCE / pace)
        cut = await interview.adraft(draft)
        if cut and resumed is None:
            resumed = 2.0
            _show(show, cut, clock)
            clock.forward(resumed)
    show([], reply.say)
    _show(show, await interview.asay(reply.say, to=reply.aside, seconds=clock() - began, resumed_after=resumed), clock)


async def _mend(interview: Interview, edit: str, clock: SimulatedClock, show: Show) -> None:
    """Replaces the broken file and runs its test, for real."""
    with Repair(interview) as repair:
        text = repair.artifact.fixed if edit == "fixed" else edit
        clock.forward(60)
        _show(show, await repair.areplace(text or repair.text), clock)
        _show(show, (await repair.arun()).said, clock)


def _drafts(answer: str) -> Iterator[str]:
    """The answer as it grows, a few words at a time."""
    parts = answer.split(" ")
    for count in range(TYPED_AT_ONCE, len(parts), TYPED_AT_ONCE):
        yield " ".join(parts[:count]) + " "


def _show(show: Show, lines: list[Utterance], clock: SimulatedClock) -> None:
    clock.forward(READING * sum(len(line.text.split()) for line in lines))
    show(lines, None)
