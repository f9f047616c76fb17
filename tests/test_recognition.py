from __future__ import annotations

import pytest

from agent.document import Pattern
from agent.memory.embedder import default_embedder
from agent.recognition import MAX_SENTENCES, Recogniser, looked_at

TEST = Pattern(
    examples=("We run a small test first.", "Let's try it on a fraction of the users."),
    not_examples=("We don't need a test.",),
)
COST = Pattern(examples=("It costs us ten dollars each.",), requires=(r"\d[\w.,]*", "ten"))


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser({"test": TEST, "cost": COST}, default_embedder())


def test_a_paraphrase_is_heard_in_its_sentence(recogniser: Recogniser) -> None:
    hits = recogniser.hits(["The weather is fine.", "I would try it with a small part of users first."])
    assert set(hits) == {"test"}
    assert hits["test"].sentence == 1


def test_a_counter_example_that_is_nearer_silences(recogniser: Recogniser) -> None:
    assert not recogniser.hits(["We do not need any test."])


def test_what_is_required_has_to_be_there(recogniser: Recogniser) -> None:
    assert "cost" in recogniser.hits(["It costs us 12 dollars each."])
    assert "cost" not in recogniser.hits(["It costs us some dollars each."])


def test_only_limits_what_is_looked_for(recogniser: Recogniser) -> None:
    assert not recogniser.hits(["We run a small test first."], only={"cost"})


def test_nothing_known_and_nothing_said(recogniser: Recogniser) -> None:
    assert recogniser.hits([]) == {}
    assert Recogniser({}, default_embedder()).hits(["We run a test."]) == {}


def test_of_a_very_long_answer_both_ends_are_looked_at() -> None:
    said = [str(number) for number in range(1000)]
    seen = looked_at(said)
    assert len(seen) == MAX_SENTENCES
    assert (seen[0], seen[-1]) == ("0", "999")
