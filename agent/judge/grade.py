"""Puts a report together. Adds up in code; `overall` is the weighted mean of what was scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent.document import PerDocument, fingerprint
from agent.judge.delivery import measure
from agent.judge.feedback import feedback
from agent.judge.own_words import OwnWords
from agent.judge.quotes import is_verified
from agent.judge.steps import next_steps
from agent.protocols import Embedder
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import Evidence, GradeReport, JudgePin, Overall, RubricPin, State, TwistResponse, Verdict

UNCALIBRATED = "These levels are not calibrated: no ratings by others tell how far this judge is off with this rubric."
PARTLY_CALIBRATED = "Levels without an interval are not calibrated: no ratings by others tell how far this judge is off on them."


pinned = PerDocument[Rubric, RubricPin](lambda rubric: RubricPin(id=rubric.slug, version=rubric.version, sha256=fingerprint(rubric)))
"""Which rubric it is, to the byte; to find that out takes longer than many a grading."""


def expected_competencies(transcript: Transcript, rubric: Rubric) -> tuple[str, ...]:
    """The competencies that the scene lets the candidate show, as far as the rubric has them; all of them if it names none."""
    known = tuple(each.id for each in rubric.competencies)
    named = tuple(name for name in known if name in transcript.competencies)
    return named or known


def report(
    transcript: Transcript,
    rubric: Rubric,
    judge: JudgePin,
    verdicts: Mapping[str, Verdict],
    *,
    twists: Sequence[TwistResponse] = (),
    notes: Sequence[str] = (),
    own: OwnWords | None = None,
    embedder: Embedder | None = None,
) -> GradeReport:
    """The whole report from the verdicts; `own` and `embedder` are for its feedback."""
    expected = expected_competencies(transcript, rubric)
    return GradeReport(
        title=transcript.title,
        rubric=pinned(rubric),
        judge=judge,
        verdicts=dict(verdicts),
        delivery=measure(transcript),
        twists=tuple(_shown(twist, transcript) for twist in twists),
        notes=tuple(dict.fromkeys((*notes, *_calibration(verdicts)))),
        next_steps=next_steps(rubric, verdicts, expected),
        overall=overall(rubric, verdicts, expected, transcript.format),
        feedback=feedback(transcript, rubric, verdicts, own=own, embedder=embedder),
    )


def _calibration(verdicts: Mapping[str, Verdict]) -> list[str]:
    """What to say of scored verdicts that carry no interval."""
    scored = [each.interval for each in verdicts.values() if each.state is State.SCORED]
    if None not in scored:
        return []
    return [UNCALIBRATED if not any(scored) else PARTLY_CALIBRATED]


def ungraded(rubric: Rubric, state: State, reason: str) -> dict[str, Verdict]:
    """The same state without a number for every competency."""
    return {each.id: Verdict(state=state, reasoning=reason) for each in rubric.competencies}


def overall(rubric: Rubric, verdicts: Mapping[str, Verdict], expected: Sequence[str], format: str = "") -> Overall:
    """The mean of the scored competencies that the scene asks for, weighted by the rubric for that format, and how many of them that is."""
    asked = [each for each in rubric.competencies if each.id in expected]
    scored = [(rubric.weight(each, format), score) for each in asked if (score := verdicts[each.id].score) is not None]
    covered = sum(verdicts[name].state is State.SCORED for name in expected)
    weight = sum(each for each, _ in scored)
    return Overall(
        score=round(sum(each * score for each, score in scored) / weight, 2) if scored else None,
        coverage=round(covered / len(expected), 4) if expected else 0.0,
        scored=covered,
        expected=len(expected),
    )


def _shown(twist: TwistResponse, transcript: Transcript) -> TwistResponse:
    def kept(evidence: Evidence | None) -> Evidence | None:
        return evidence if evidence and is_verified(evidence, transcript) else None

    return twist.model_copy(update={"before": kept(twist.before), "after": kept(twist.after)})
