from __future__ import annotations

import pytest

from agent.evaluation.probes.finding import Outcome
from agent.evaluation.probes.quotes import quotes
from agent.feedback import CompetencyMoments, Feedback, Mistake, Moment, Part, Structure
from agent.sync import run_sync
from agent.verdict import Evidence, TwistResponse
from tests.evaluation.probes.scripted import ANSWERS, SEEN, Scripted, always, bench, goldens, scored


def test_words_that_were_said_hold(found, rubric) -> None:
    finding = found("quotes", bench(Scripted(lambda talk: {SEEN: scored(3.0, (4, ANSWERS[1][:20]))}), rubric))
    assert (finding.estimate, finding.outcome, finding.also["quotes"]) == (0.0, Outcome.HELD, 12)


def test_one_invented_quote_fails(found, rubric) -> None:
    said = ANSWERS[1][:20]
    liar = Scripted(lambda talk: {SEEN: scored(3.0, (4, said), (4, said if talk.source != "talk-3" else "I am the best."))})
    finding = found("quotes", bench(liar, rubric))
    assert (finding.outcome, finding.also) == (Outcome.FAILED, {"quotes": 24, "not said": 1})


@pytest.mark.parametrize("quote", [(2, ANSWERS[1]), (3, "What now?")], ids=["another turn", "somebody else"])
def test_words_of_another_turn_or_of_others_are_not_said(found, rubric, quote) -> None:
    finding = found("quotes", bench(Scripted(lambda talk: {SEEN: scored(3.0, quote)}), rubric))
    assert finding.also["not said"] == 12


def test_quotes_of_twists_and_feedback_are_looked_up_as_well(rubric) -> None:
    report = run_sync(Scripted(always(3.0)).grade(goldens(1)[0].transcript, rubric))
    twist = TwistResponse(label="t", what_changed="x", turn=3, before=None, after=Evidence(turn=4, quote="after"), heard=(), missing=())
    feedback = Feedback(
        moments=(CompetencyMoments(competency=SEEN, best=Moment(turn=2, quote="best"), weakest=Moment(turn=4, quote="weakest")),),
        mistakes=(Mistake(id="m", name="M", turn=2, quote="mistake", fix="f"),),
        structures=(Structure(turn=2, frame="STAR", parts=(Part(name="task", turn=2, quote="part"), Part(name="result"))),),
    )
    shown = [one.quote for one in quotes(report.model_copy(update={"twists": (twist,), "feedback": feedback}))]
    assert shown == ["I", "after", "best", "weakest", "mistake", "part"]
