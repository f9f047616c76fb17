from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.interview.echo import MAX_WORDS, MIN_WORDS, best_clause, echo
from agent.prose import words


@pytest.mark.parametrize(
    ("answer", "clause"),
    [
        ("Well, I think latency matters more than recall here, because checkout is slow.", "latency matters more than recall here"),
        ("Good question. I would start with a shadow test.", "I would start with a shadow test"),
        ("What does it cost? We should ask the risk team first.", "we should ask the risk team first"),
        ("We lose $72,000 a month there.", "we lose $72,000 a month there"),
        ("Yes.", ""),
        ("Thanks, that makes sense of course.", ""),
        ("What would you do?", ""),
    ],
)
def test_the_clause_worth_quoting(answer: str, clause: str) -> None:
    assert best_clause(answer) == clause


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ("We lose about $41 per order.", "$41"),
        ("Latency is 40 ms at most.", "40 ms"),
        ("It takes two weeks, 14 days at most.", ""),
        ("A pilot on 5% of the traffic.", ""),
        ("It is 95% of the fraud.", "95%"),
        ("Version 3 of it.", ""),
        ("€2.5 million a year", "€2.5 million"),
    ],
)
def test_a_figure_needs_a_unit(answer: str, number: str) -> None:
    assert echo(answer, ())["number"] == number


def test_a_term_is_one_the_listener_does_not_use() -> None:
    assert echo("The AUC is fine, and so is the F1.", ("auc", "f1"))["term"] == "AUC"
    assert echo("Fourteen customers called.", ("auc", "f1"))["term"] == ""


@given(st.text(max_size=400))
def test_the_clause_is_always_the_candidates_own(answer: str) -> None:
    clause = best_clause(answer)
    assert clause.lower() in answer.lower() or clause[1:] in answer
    assert clause == "" or MIN_WORDS <= len(words(clause)) <= MAX_WORDS
