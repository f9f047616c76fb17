"""Judges whose answers are known: what they say of a competency is a plain function of the candidate's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from agent.evaluation.golden import Golden, Interviewer, Said
from agent.evaluation.probes.bench import Bench
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import Evidence, GradeReport, JudgePin, Overall, RubricPin, State, Verdict

EVALS = Path(__file__).parents[3] / "evals"
SEEN = "trade_off_thinking"
OTHER = "communication"

Says = Callable[[Transcript], Mapping[str, Verdict]]


class Scripted:
    """Says of each competency what `says` makes of the transcript, and of the rest that it was not observed."""

    def __init__(self, says: Says, *, id: str = "embedded", notes: Callable[[Transcript], Sequence[str]] = lambda talk: ()) -> None:
        self.id = id
        self._says = says
        self._notes = notes
        self.asked: list[Transcript] = []

    async def grade(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        self.asked.append(transcript)
        known = self._says(transcript)
        verdicts = {each.id: known.get(each.id, UNSEEN) for each in rubric.competencies}
        return GradeReport(
            title=transcript.title,
            rubric=RubricPin(id=rubric.slug, version=rubric.version, sha256="0"),
            judge=JudgePin(id=self.id, version="1.0.0", package="0"),
            verdicts=verdicts,
            delivery={},
            notes=tuple(self._notes(transcript)),
            overall=Overall(score=None, coverage=0.0, scored=0, expected=0),
        )


UNSEEN = Verdict(state=State.NOT_OBSERVED, reasoning="Nothing was heard.")
BROKEN = Verdict(state=State.INSTRUMENT_ERROR, reasoning="The instrument failed.")


def scored(score: float, *quotes: tuple[int, str], sure: float = 0.5, supports: bool = True) -> Verdict:
    """A verdict that cites these words; without any, one word that no test looks up."""
    evidence = tuple(Evidence(turn=turn, quote=quote, supports=supports) for turn, quote in quotes or ((2, "I"),))
    score = min(5.0, max(1.0, score))
    return Verdict(state=State.SCORED, level=int(score + 0.5), score=score, confidence=sure, evidence=evidence, reasoning="Heard.")


def always(score: float) -> Says:
    """The same score whatever is said."""
    return lambda talk: {SEEN: scored(score)}


def said_in(talk: Transcript) -> str:
    """All that the candidate said."""
    return "\n".join(turn.text for turn in talk.candidate_turns)


def golden(number: int, *answers: str, profile: str = "excellent") -> Golden:
    turns: list[Said] = []
    for answer in answers:
        turns += [Said(interviewer=Interviewer(name="Mara", role="product manager", text="What now?")), Said(candidate=answer)]
    return Golden(
        id=f"talk-{number}", family="talk", format="Panel", kind="answer", profile=profile, title=f"Talk {number}", turns=tuple(turns)
    )


ANSWERS = (
    "Hello Mara. I would roll the release back, because it costs us forty orders each hour, and then I would look at the data.",
    "There are two options, and the first is cheaper. You know, I'd take it and tell the team before noon.",
)


def goldens(count: int = 12) -> list[Golden]:
    """Talks that differ in a number only."""
    return [golden(number, *(answer.replace("forty", str(number + 40)) for answer in ANSWERS)) for number in range(count)]


def bench(judge: Scripted, rubric: Rubric, talks: Sequence[Golden] | None = None, *, evals: Path = EVALS, seed: int = 0) -> Bench:
    """A bench for `judge`."""
    return Bench(judge, rubric, goldens() if talks is None else talks, evals, seed=seed)
