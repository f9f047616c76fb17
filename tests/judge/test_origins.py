"""Nobody's origin is heard: the same sentence about another person is the same text."""

from __future__ import annotations

import pytest

from agent.judge.blinding import Mask
from agent.judge.own_words import own_words
from agent.judge.spelling import spelt
from agent.transcript import Transcript, Turn


def talk(said: str, asker: str = "Mara") -> Transcript:
    turns = (Turn(number=1, role="interviewer", speaker=asker, text="Go on."), Turn(number=2, role="candidate", speaker="C", text=said))
    return Transcript(turns=turns)


def heard(said: str, asker: str = "Mara") -> str:
    return Mask(talk(said, asker)).spoken(said)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He told his manager what he saw.", "She told her manager what she saw."),
        ("I asked him why, and it was his idea.", "I asked her why, and it was her idea."),
        ("The idea was his.", "The idea was hers."),
        ("He's right, he did it himself.", "She's right, she did it herself."),
        ("Our German customers pay late.", "Our Indian customers pay late."),
        ("A Swahili-English mix is hard.", "A Dutch mix is hard."),
        ("We sell in the Netherlands.", "We sell in South Korea."),
        ("I worked at Google for a year.", "I worked at Infosys for a year."),
        ("I studied at MIT.", "I studied at the University of Oslo."),
        ("I'm 34, and I like it.", "I'm 58, and I like it."),
        ("My wife asked me why.", "My husband asked me why."),
        ("As a mother of two I plan.", "As a father of three I plan."),
        ("I am off during Ramadan.", "I am off during Easter."),
        ("My colleague Ahmed saw it.", "My colleague Greta saw it."),
    ],
)
def test_another_person_sounds_the_same(one: str, other: str) -> None:
    assert heard(one) == heard(other) != one


def test_the_listeners_name_is_not_heard() -> None:
    assert heard("Mara, I stop it.") == heard("Bjarne, I stop it.", "Bjarne") == "somebody, I stop it."


@pytest.mark.parametrize(
    "said", ["The model does worse for women than for men.", "Patients over 65 wait longer.", "We use Apple Pay and Python."]
)
def test_what_the_talk_is_about_stays(said: str) -> None:
    assert heard(said) == said


def test_quotes_stay_the_original_words() -> None:
    (said,) = own_words(talk("He told Mara that we stop.")).said

    assert (said.text, said.own) == ("He told Mara that we stop.",) * 2
    assert said.heard == ("They told somebody that we stop.",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("the modle is becuase", "the model is because"), ("the preciison and the custmer", "the precision and the customer")],
)
def test_typing_errors_are_read_as_meant(typed: str, meant: str) -> None:
    assert spelt(typed) == meant


@pytest.mark.parametrize(
    "text", ["we overfit the embeddings", "rollback of the reranker", "kubernetes and xgboost", "the classifier", "a p-value of recall@10"]
)
def test_words_of_the_trade_are_no_errors(text: str) -> None:
    assert spelt(text) == text
