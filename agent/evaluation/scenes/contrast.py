"""Whether a scene tells a better candidate from a worse one, by the overall score and by each competency that the scene aims at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import Field

from agent.document import Document
from agent.evaluation.probes.finding import Bound, Outcome
from agent.evaluation.scenes.session import SimulatedSession
from agent.evaluation.scenes.suite import Pair, SceneSuite

DIGITS = 4
Interval = tuple[float, float]
ScoreOf = Callable[[SimulatedSession], float | None]


class Contrast(Document):
    """The stronger of two candidates against the weaker in one score. Figures are None where nobody, or too few, were scored."""

    what: str = Field(description="'overall', or a competency.")
    strong: int = Field(description="Strong sessions that have this score.")
    weak: int = Field(description="Weak sessions that have it.")
    strong_mean: float | None
    weak_mean: float | None
    auc: float | None = Field(description="How often a strong session scores higher than a weak one; ties count by half.")
    auc_interval: Interval | None
    distance: float | None = Field(description="Difference of means in pooled standard deviations; None where nothing varies.")
    distance_interval: Interval | None = Field(description="By bootstrap over seeds; None with fewer than four.")
    outcome: Outcome = Field(description="Held or failed if the whole interval of `auc` lies on one side of the bound, else unsure.")

    def is_below(self, least: float) -> bool:
        """Whether what was seen lies below the bound, however sure that is."""
        return self.auc is not None and self.auc < least


class PairFinding(Document):
    """How a scene tells two candidates apart. `contrasts` has the overall score first; it is empty where there is nothing to tell."""

    weak: str = Field(description="The candidate whose sessions have to score lower.")
    strong: str = Field(description="The one whose sessions have to score higher.")
    contrasts: tuple[Contrast, ...]
    untold: str = Field(default="", description="Why there is no contrast.")

    @property
    def pair(self) -> Pair:
        """The two."""
        return Pair(self.weak, self.strong)

    @property
    def overall(self) -> Contrast | None:
        """The contrast of the overall score."""
        return self.contrasts[0] if self.contrasts else None


def told_apart(sessions: Sequence[SimulatedSession], competencies: Sequence[str], suite: SceneSuite, pair: Pair) -> PairFinding:
    """How the sessions of one scene tell two candidates apart."""
    played = {session.candidate for session in sessions}
    if not set(pair) <= played:
        return PairFinding(weak=pair.weak, strong=pair.strong, contrasts=(), untold=f"{pair.strong} and {pair.weak} were not both played")
    return PairFinding(weak=pair.weak, strong=pair.strong, contrasts=tuple(contrasts_of(sessions, competencies, suite, pair)))


def contrasts_of(sessions: Sequence[SimulatedSession], competencies: Sequence[str], suite: SceneSuite, pair: Pair) -> list[Contrast]:
    """The overall score first, then each competency, of all sessions of one scene."""
    scores: dict[str, ScoreOf] = {"overall": lambda session: session.grade.score}
    scores |= {name: _score_in(name) for name in competencies}
    return [_contrast(what, sessions, score, suite, pair) for what, score in scores.items()]


def _score_in(competency: str) -> ScoreOf:
    return lambda session: session.grade.scores.get(competency)


def _contrast(what: str, sessions: Sequence[SimulatedSession], score: ScoreOf, suite: SceneSuite, pair: Pair) -> Contrast:
    from agent.evaluation.statistics.separation import separation

    strong, weak = (_by_seed(sessions, candidate, score, suite.seeds) for candidate in (pair.strong, pair.weak))
    found = separation(strong, weak)
    interval = _rounded(found.auc_interval)
    return Contrast(
        what=what,
        strong=found.strong,
        weak=found.weak,
        strong_mean=_mean(strong),
        weak_mean=_mean(weak),
        auc=None if found.auc is None else round(found.auc, DIGITS),
        auc_interval=interval,
        distance=None if found.distance is None else round(found.distance, DIGITS),
        distance_interval=_rounded(found.distance_interval),
        outcome=Bound(low=suite.least).outcome(found.auc, interval),
    )


def _by_seed(sessions: Sequence[SimulatedSession], candidate: str, score: ScoreOf, seeds: int) -> list[float | None]:
    """A score for each seed; None where there is none."""
    found = {session.seed: score(session) for session in sessions if session.candidate == candidate}
    return [found.get(seed) for seed in range(1, seeds + 1)]


def _mean(scores: Sequence[float | None]) -> float | None:
    given = [score for score in scores if score is not None]
    return round(sum(given) / len(given), DIGITS) if given else None


def _rounded(interval: Interval | None) -> Interval | None:
    return None if interval is None else (round(interval[0], DIGITS), round(interval[1], DIGITS))
