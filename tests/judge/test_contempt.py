"""Insults count against, however short, unless apologised for later."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.judge.rude import is_contempt
from agent.verdict import GradeReport, State

CALM = (
    "Fair point, I got that wrong, I never checked the dates of that file, and your team paid for it. Back to what you asked, we stopped"
    " at the second reason. You and I both need the shops to keep their contract, and I see why you don't trust the numbers now. How about"
    " we try the two versions on March and see which one is closer. Sam fetches the logs by Wednesday, and on Thursday I show you both."
)
ANGRY = "I am angry with you. Your export cost us a client, and you will not get my team to help you now. What do you say?"
BOTH = ("resilience", "collaboration_influence")
INSULTS = ["You're an idiot, Marek.", "fuck you", "This is a stupid question.", "Shut up!", "What a dumb idea.", "Oh, just shut up, Ivo."]


@pytest.mark.parametrize("insult", INSULTS)
def test_an_insult_holds_both_levels_at_two(grade: Callable[..., GradeReport], insult: str) -> None:
    plain, rude = grade(CALM, prompt=ANGRY), grade(CALM, insult, prompt=ANGRY)

    for name in BOTH:
        assert (plain.verdicts[name].score or 9) > 2
        assert (rude.verdicts[name].score or 9) <= 2
        assert insult in {one.quote for one in rude.verdicts[name].evidence if not one.supports}


@pytest.mark.parametrize("apology", ["I am sorry, I should not have said that.", "That was rude of me, I apologise for it."])
def test_a_later_apology_lifts_it(grade: Callable[..., GradeReport], apology: str) -> None:
    report = grade("You are a clown, Marek.", apology, CALM, prompt=ANGRY)

    assert all((report.verdicts[name].score or 5) > 2 for name in BOTH)


def test_an_earlier_apology_does_not(grade: Callable[..., GradeReport]) -> None:
    report = grade("I am sorry for the delay with the export.", CALM, "Shut up.")

    assert all((report.verdicts[name].score or 9) <= 2 for name in BOTH)


def test_only_an_insult_is_enough_to_be_scored_low(grade: Callable[..., GradeReport]) -> None:
    report = grade("The office has a nice kitchen with a large table and a picture of some mountains in Norway.", "Screw you.")

    assert all(report.verdicts[name].state is State.SCORED and (report.verdicts[name].level or 9) <= 2 for name in BOTH)


@pytest.mark.parametrize(
    "sentence",
    [
        "Sorry if this is a stupid question, who sets the labels?",
        "This is a stupid question, but who sets the labels?",
        "My boss told me to shut up.",
        "I was an idiot to trust that number.",
        "I am not saying you are stupid.",
        "The model is dumb and that is why it is fast.",
        "We shut up the shop at six.",
        "That is not a stupid question at all.",
    ],
)
def test_what_is_told_of_others_or_of_oneself_is_no_insult(sentence: str) -> None:
    assert not is_contempt(sentence)
