from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.judge.feedback.clauses import decisions, events, looks_only, statement


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("I'd stop the noon run to be safe, and roll back.", "I'd stop the noon run to be safe"),
        ("So: pause the noon run now.", "pause the noon run now"),
        ("We need to fix the column because it is wrong.", "We need to fix the column"),
        ("Then we should use the previous model version if the small one fails.", "we should use the previous model version"),
        ("My recommendation is the smaller model for shops.", "My recommendation is the smaller model for shops"),
    ],
)
def test_a_decision_is_cut_out_word_for_word(sentence: str, clause: str) -> None:
    assert list(decisions(sentence)) == [clause]


@pytest.mark.parametrize(
    "sentence",
    [
        "I'd like to understand the customers better.",
        "I'd slept maybe four hours on the train.",
        "What I would change depends on many things.",
        "Would we roll out the model to all shops?",
        "I think that I'd do the same again.",
        "We would miss one in three patients.",
    ],
)
def test_a_wish_a_question_and_an_empty_phrase_are_no_decision(sentence: str) -> None:
    assert list(decisions(sentence)) == []


def test_a_deed_is_one_where_the_clause_begins_with_who_did_it() -> None:
    assert list(events("Then I rewrote the nightly job for prices.")) == ["I rewrote the nightly job for prices"]
    assert list(events("The messages that we called toxic were fine for them.")) == []


def test_a_decision_to_look_or_to_tell_chooses_nothing() -> None:
    assert looks_only("I'd look at the input data")
    assert not looks_only("I'd stop the noon run")


def test_a_statement_stands_alone() -> None:
    assert statement("So the error of the model went from 24 to 21%.") == "the error of the model went from 24 to 21%"
    assert statement("It went up.") == ""
    assert statement("How many customers did we lose?") == ""


@given(st.text(alphabet="I'd we’ll stop the run, because . ? 12% and so", max_size=300))
def test_what_is_cut_out_stands_in_the_sentence(sentence: str) -> None:
    assert all(clause in sentence for clause in (*decisions(sentence), *events(sentence)))
