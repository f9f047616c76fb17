"""A report as a judge might give it, with all four states, and the talk it grades."""

from __future__ import annotations

import pytest

from agent.transcript import Mark, Transcript, Turn
from agent.verdict import (
    Evidence,
    GradeReport,
    JudgePin,
    NextStep,
    Overall,
    RubricPin,
    State,
    TwistResponse,
    Verdict,
)

TALK = (
    ("Priya Raman", "You own the fraud model. It catches 95% of fraud and our best customers shout at me. What do you do?", None),
    (
        "Candidate",
        "Before I touch the model, two questions. How many good payments do we decline a day, and what does one of them cost us?\n"
        "If a false decline costs more than a missed fraud, recall is the wrong thing to be proud of.",
        48.0,
    ),
    ("Priya Raman", "About 1,900 a day. Support puts a lost customer at $41. Fraud we miss is $120 on average.", None),
    (
        "Candidate",
        "So 1,900 times 41 is roughly $78k a day in angry customers. I would move the threshold for customers with a long history "
        "and send the grey zone to step-up authentication. We give up maybe two points of recall; I'd check that on last month's traffic "
        "before anybody sees it.",
        71.5,
    ),
    ("Priya Raman", "Hold that. Legal just wrote: from May every decline must be explained to the customer.", None),
    (
        "Candidate",
        "OK, that changes the plan. The threshold work stays, the embedding features go until we can explain them. "
        "First I would list the ten reasons that cover most declines and have support read them; I'll tell Legal by Thursday what we can't "
        "explain yet. The platform team should have told us in March, honestly.",
        66.0,
    ),
    ("Tom Becker", "Why not just retrain without the embeddings and be done?", None),
    ("Candidate", "Because the AUC would drop and nobody has measured by how much. I could shadow it for a week.", 20.0),
)


@pytest.fixture
def transcript() -> Transcript:
    turns = tuple(
        Turn(number=number, role="candidate" if name == "Candidate" else "interviewer", speaker=name, text=text, seconds=seconds)
        for number, (name, text, seconds) in enumerate(TALK, start=1)
    )
    twist = Mark(turn=5, kind="twist", label="Declines must be explained", text="A law makes every decline explainable from May.")
    return Transcript(title="The fraud trade-off", turns=turns, marks=(twist,), source="fraud-7f3a")


def scored(level: int, score: float, confidence: float, *evidence: Evidence, missing: tuple[str, ...] = (), reasoning: str) -> Verdict:
    return Verdict(
        state=State.SCORED, level=level, score=score, confidence=confidence, evidence=evidence, missing=missing, reasoning=reasoning
    )


@pytest.fixture
def report() -> GradeReport:
    costs = Evidence(
        turn=4,
        quote="1,900 times 41 is roughly $78k a day in angry customers",
        indicator="chain",
        text="Puts a technical choice into money.",
    )
    plan = Evidence(turn=6, quote="The threshold work stays, the embedding features go", text="Says what changes and what stays.")
    return GradeReport(
        title="The fraud trade-off",
        rubric=RubricPin(id="core", version="1.0.0", sha256="5d" * 32),
        judge=JudgePin(id="embedded", version="1.0.0", package="0.1.0", parameters={"threshold": 0.52, "repeats": 1}),
        verdicts={
            "active_listening": scored(
                4,
                4.1,
                0.82,
                Evidence(
                    turn=2,
                    quote="How many good payments do we decline a day, and what does one of them cost us?",
                    text="Asks the question that changes the design.",
                ),
                missing=("Restates the goal in own words before solving.",),
                reasoning="Two questions were asked before a plan, and both answers were used later.",
            ),
            "trade_off_thinking": scored(
                4,
                3.8,
                0.71,
                Evidence(turn=4, quote="We give up maybe two points of recall", text="Names what the choice costs."),
                Evidence(
                    turn=8,
                    quote="the AUC would drop and nobody has measured by how much",
                    text="One option, no need named.",
                    supports=False,
                ),
                missing=("What would change the choice.",),
                reasoning="Options with costs, tied to money; the second choice was not tied to a need.",
            ),
            "business_awareness": scored(5, 4.6, 0.9, costs, reasoning="A technical choice was taken to users and money with numbers."),
            "adaptability": scored(
                3,
                3.3,
                0.55,
                plan,
                missing=("Something of value shown early, before the new plan is whole.",),
                reasoning="The change was taken up and the plan cut; quick value was not offered.",
            ),
            "leadership_ownership": scored(
                2,
                2.0,
                0.46,
                Evidence(turn=6, quote="I'll tell Legal by Thursday what we can't explain yet", text="Flags a risk early, with a date."),
                Evidence(turn=6, quote="The platform team should have told us in March", text="Puts the blame on others.", supports=False),
                missing=("Own part in what went wrong.",),
                reasoning="A risk was flagged early, but blame was put on another team, which caps the level at 2.",
            ),
            "storytelling": Verdict(state=State.NOT_OBSERVED, reasoning="Nobody asked for a past event, and none was told."),
            "ethics_fairness": Verdict(
                state=State.ABSTAINED, reasoning="One sentence may point to harm for customers, too little to place on a level."
            ),
            "communication": Verdict(state=State.INSTRUMENT_ERROR, reasoning="The sentence embedder could not be loaded."),
        },
        delivery={
            "answers": 4,
            "words": 167,
            "words_per_answer": {"mean": 41.8, "median": 47.0, "max": 54},
            "words_to_the_point": 9.5,
            "filler_words": 0,
            "questions": 2,
            "numbers": 6,
            "we": 6,
            "i": 6,
            "jargon": 3,
            "jargon_share": 0.0179,
            "check_ins": 0,
            "stories": [],
            "response_seconds": 51.4,
        },
        twists=(
            TwistResponse(
                label="Declines must be explained",
                what_changed="A law makes every decline explainable from May.",
                turn=5,
                before=Evidence(turn=4, quote="I would move the threshold for customers with a long history"),
                after=plan,
                heard=("Says what changes and what stays.", "Tells the people concerned early."),
                missing=("Tests the explanations per group of customers.",),
            ),
        ),
        notes=("The session was graded without its last question, which was not answered.",),
        next_steps=(
            NextStep(
                competency="leadership_ownership", text="Take one sentence of blame from this week and rewrite it with your own part in it."
            ),
            NextStep(competency="adaptability", text="After a change, say first what stays, then one thing you can show tomorrow."),
        ),
        overall=Overall(score=3.6, coverage=5 / 8, scored=5, expected=8),
        context={"session": "fraud-7f3a", "mode": "practice", "seed": 7, "pins": {"scenario/fraud-trade-off": "ab" * 32}},
    )
