"""Every scene with every simulated candidate: twists that come, facts that stay hidden, lines that are said once; and cutting in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial

from agent.cli.listening import LOOK_EVERY
from agent.engine import Engine
from agent.library import Library
from agent.session import Interview
from agent.simulation.answering import player_of
from agent.simulation.checks import Findings, check
from agent.simulation.clock import SimulatedClock
from agent.simulation.play import play
from agent.utterance import Utterance
from benchmarks.measure import Measure, percentile, timed

SEEDS = (1, 2)
CUTS = 40
INTERRUPTED = "debug-the-leak"
TYPED = (
    "We would leverage best practices and state of the art tools to make this robust. ",
    "I promise that it will definitely be fixed by tomorrow for everybody. ",
    "With the new model we improved it by 12. ",
    "We make sure everything works well end to end and optimise the performance. ",
)


def measures() -> list[Measure]:
    """Counts over all sessions, and the time from a typed character to the line that cuts in."""
    found = asyncio.run(_findings())
    cuts = asyncio.run(_cut_times())
    sessions = f"{len(found)} sessions: every scene, every simulated candidate, seeds {', '.join(map(str, SEEDS))}"
    return [
        Measure("sessions whose twists all came", 100 * sum(not one.unmet for one in found) / len(found), "%", 100, sessions, least=True),
        Measure("facts given away unasked", sum(len(one.leaks) for one in found), "facts", 0),
        Measure("lines said twice", sum(len(one.repeated) for one in found), "lines", 0),
        Measure("positions moved without their conditions", sum(len(one.moved_without_cause) for one in found), "positions", 0),
        Measure(
            "from the typed character to the cut-in, p95",
            percentile(cuts, 0.95),
            "ms",
            150,
            f"{len(cuts)} cut-ins, without drawing the line",
        ),
    ]


async def _findings() -> list[Findings]:
    clock = SimulatedClock()
    engine = Engine(clock=clock)
    return [await _played(engine, clock, *which) for which in _sessions(engine.library)]


def _sessions(library: Library) -> Iterator[tuple[str, str, int]]:
    for scenario in library.names("scenario"):
        for candidate in library.names("candidate"):
            for seed in SEEDS:
                yield scenario, candidate, seed


async def _played(engine: Engine, clock: SimulatedClock, scenario: str, candidate: str, seed: int) -> Findings:
    interview = Interview(scenario, seed=seed, engine=engine)
    simulated = engine.library.candidate(candidate)
    await play(interview, player_of(simulated, seed), clock, words_per_minute=simulated.words_per_minute)
    return check(interview.events, interview.scene, interview.stage)


async def _cut_times() -> list[float]:
    """Milliseconds from the draft being looked at to the line, plus what the terminal waits between two looks."""
    engine = Engine(clock=SimulatedClock())
    engine.warm(INTERRUPTED)
    taken: list[float] = []
    for seed in range(1000):
        if len(taken) >= CUTS:
            break
        taken += await _cut_in(Interview(INTERRUPTED, seed=seed, engine=engine))
    return [LOOK_EVERY * 1000 + one for one in taken]


async def _cut_in(interview: Interview) -> list[float]:
    await interview.astart()
    for text in TYPED:
        draft = f"{text}{' ' * (interview.seed % 3)}"
        said: list[Utterance] = []
        took = await timed(partial(_drafted, interview, draft, said), 1, warm=0)
        if said:
            return took
    return []


async def _drafted(interview: Interview, draft: str, said: list[Utterance]) -> None:
    said += await interview.adraft(draft)
