"""What a suite of simulated sessions shows, scene by scene, with counts that add up and the command that shows it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Literal

from pydantic import Field, model_validator

from agent.document import Document
from agent.evaluation.probes.finding import Outcome
from agent.evaluation.scenes.contrast import PairFinding, told_apart
from agent.evaluation.scenes.session import SimulatedSession
from agent.evaluation.scenes.suite import Pair, SceneSuite
from agent.evaluation.scenes.unit import Unit
from agent.library import Library
from agent.scenario import Scenario
from agent.version import __version__

REVERSED = "somebody else than the candidate is graded here, so candidates are not told apart by it"


class TwistSeen(Document):
    """A twist over all sessions of a scene."""

    twist: str
    landed: int = Field(description="Sessions in which it came.")
    turn: float | None = Field(description="The median number of answers before it.")
    forced: int
    ignored: dict[str, int] = Field(description="By candidate: sessions in which it was never taken up.")


class Table(Document):
    """One candidate over all seeds of a scene: means and counts."""

    candidate: str
    sessions: int
    ended: dict[str, int]
    turns: float = Field(description="Mean answers.")
    beats: float = Field(description="Mean share of the scene's beats that were reached, 0 to 1.")
    told: float = Field(description="Mean share of the facts that stayed true that were brought out; 1 where there are none.")
    moved: int = Field(description="Positions that moved, over all sessions.")
    cuts: dict[str, int] = Field(description="Cut-ins by what became of them.")
    score: float | None = Field(description="Mean overall score.")
    unscored: int = Field(description="Sessions without an overall score.")


class SceneFinding(Document):
    """All sessions of one scene; `pairs` says how the scene tells those of the suite apart, in its order."""

    scenario: str
    sessions: int
    tables: tuple[Table, ...]
    twists: tuple[TwistSeen, ...]
    pairs: tuple[PairFinding, ...]
    problems: tuple[str, ...] = Field(description="What must not be, each with the session it was in.")


class SceneReport(Document):
    """The findings. `format` is the version of this shape."""

    format: Literal[2] = 2
    version: str = __version__
    suite: SceneSuite
    judge: str
    rubrics: tuple[str, ...]
    planned: int
    played: int
    scored: int = Field(description="Sessions with an overall score.")
    unscored: int
    least_seeds: int = Field(description="With fewer seeds even a pair whose stronger sessions all score higher is unsure.")
    reproduce: str
    scenes: tuple[SceneFinding, ...]

    @model_validator(mode="after")
    def _adds_up(self) -> SceneReport:
        counted = sum(scene.sessions for scene in self.scenes)
        if not self.planned == self.played == counted == self.scored + self.unscored:
            raise ValueError(f"{self.planned} sessions were planned, {self.played} played, {counted} counted: these do not add up")
        return self

    @property
    def outcomes(self) -> Counter[Outcome]:
        """How many pairs of all scenes came to what, of those that have to be told apart."""
        return Counter(pair.overall.outcome for scene in self.scenes for pair in scene.pairs if pair.overall)

    @property
    def below(self) -> list[tuple[SceneFinding, PairFinding]]:
        """The scenes that were seen below the bound for a pair, surely or not."""
        return [(scene, pair) for scene in self.scenes for pair in scene.pairs if pair.overall and pair.overall.is_below(self.suite.least)]

    @property
    def problems(self) -> list[str]:
        """What must not be, in all sessions."""
        return [problem for scene in self.scenes for problem in scene.problems]

    @property
    def exit_code(self) -> int:
        """1 if a session breaks what has to hold or a pair is surely not told apart in a scene, else 2 if one could not be told, else 0."""
        if self.problems or self.outcomes[Outcome.FAILED]:
            return 1
        return 2 if self.outcomes[Outcome.NOT_RUN] else 0


def report_of(
    suite: SceneSuite, units: Sequence[Unit], done: Mapping[str, SimulatedSession], library: Library, reproduce: str
) -> SceneReport:
    """The report on all units of a suite; `done` has the session of each key."""
    from agent.evaluation.statistics.separation import least_seeds

    sessions = [done[unit.key] for unit in units if unit.key in done]
    scored = sum(session.grade.score is not None for session in sessions)
    return SceneReport(
        suite=suite,
        judge=", ".join(sorted({session.grade.judge for session in sessions})),
        rubrics=tuple(sorted({session.grade.rubric for session in sessions})),
        planned=len(units),
        played=len(sessions),
        scored=scored,
        unscored=len(sessions) - scored,
        least_seeds=least_seeds(suite.least),
        reproduce=reproduce,
        scenes=tuple(
            _finding(library.scenario(name), [session for session in sessions if session.scenario == name], suite)
            for name in dict.fromkeys(unit.scenario for unit in units)
        ),
    )


def _finding(scenario: Scenario, sessions: Sequence[SimulatedSession], suite: SceneSuite) -> SceneFinding:
    return SceneFinding(
        scenario=scenario.slug,
        sessions=len(sessions),
        tables=tuple(_table(name, scenario, [one for one in sessions if one.candidate == name]) for name in suite.candidates),
        twists=tuple(_twist(use.twist, sessions) for use in scenario.twists),
        pairs=tuple(_pair(scenario, sessions, suite, pair) for pair in suite.pairs),
        problems=tuple(f"{one.candidate}, seed {one.seed}: {problem}" for one in sessions for problem in one.problems),
    )


def _pair(scenario: Scenario, sessions: Sequence[SimulatedSession], suite: SceneSuite, pair: Pair) -> PairFinding:
    if scenario.graded:
        return PairFinding(weak=pair.weak, strong=pair.strong, contrasts=(), untold=REVERSED)
    return told_apart(sessions, scenario.competencies, suite, pair)


def _table(candidate: str, scenario: Scenario, sessions: Sequence[SimulatedSession]) -> Table:
    beats = len(scenario.beats)
    scores = [one.grade.score for one in sessions if one.grade.score is not None]
    return Table(
        candidate=candidate,
        sessions=len(sessions),
        ended=_counted(one.arc.ended or "nobody ended it" for one in sessions),
        turns=_mean([one.arc.turns for one in sessions]) or 0.0,
        beats=_mean([len(set(one.arc.beats)) / beats for one in sessions]) or 0.0,
        told=_mean([_share_told(one) for one in sessions]) or 0.0,
        moved=sum(state == "moved" for one in sessions for state in one.positions.values()),
        cuts=_counted(cut.outcome for one in sessions for cut in one.cuts),
        score=_mean(scores),
        unscored=len(sessions) - len(scores),
    )


def _share_told(session: SimulatedSession) -> float:
    """The share of the facts, as far as they stayed true, that were brought out."""
    askable = len(session.told) + len(session.kept)
    return len(session.told) / askable if askable else 1.0


def _twist(twist: str, sessions: Sequence[SimulatedSession]) -> TwistSeen:
    landed = [(one.candidate, landing) for one in sessions for landing in one.twists if landing.twist == twist]
    return TwistSeen(
        twist=twist,
        landed=len(landed),
        turn=median(landing.turn for _, landing in landed) if landed else None,
        forced=sum(landing.forced for _, landing in landed),
        ignored=_counted(candidate for candidate, landing in landed if landing.outcome == "ignored"),
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
