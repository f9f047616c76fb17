from __future__ import annotations

import pytest

from agent.document import Pattern
from agent.heads import Heads, held_out
from agent.memory.embedder import default_embedder

LATE = Pattern(
    examples=(
        "How late do the labels come?",
        "When do we learn whether it was fraud?",
        "How long until a label arrives?",
        "What is the delay before we know the truth?",
    ),
    not_examples=("The labels come late.", "How many labels are there?", "When does the model run?"),
    cues=("labels?|truth", "late|delay|how long"),
)
COST = Pattern(
    examples=("What does one missed fraud cost?", "How much do we lose on it?", "Is there a price on a false alarm?"),
    not_examples=("It costs too much.",),
    requires=("cost", "lose", "price"),
)
BACKGROUND = ["I don't know.", "That's a good question.", "We make sure everything works well.", "Can I think about it for a minute?"]


def without(pattern: Pattern, sentence: str) -> Pattern:
    """The pattern as if that sentence had never been written."""
    return pattern.model_copy(
        update={
            "examples": tuple(one for one in pattern.examples if one != sentence),
            "not_examples": tuple(one for one in pattern.not_examples if one != sentence),
        }
    )


@pytest.mark.parametrize("background", [[], BACKGROUND], ids=["alone", "with a background"])
@pytest.mark.parametrize("pattern", [LATE, COST], ids=["cues", "requires"])
def test_held_out_is_what_a_head_fitted_without_the_sentence_says_to_it(pattern: Pattern, background: list[str]) -> None:
    predicted = held_out(pattern, background, default_embedder())
    assert set(predicted) == {*pattern.examples, *pattern.not_examples}
    for sentence, said in predicted.items():
        refitted = Heads({"it": without(pattern, sentence)}, background, default_embedder()).scores(sentence)
        assert said == pytest.approx(refitted.get("it", -1.0), abs=1e-3)


def test_held_out_among_rivals_is_what_a_head_fitted_among_them_says() -> None:
    predicted = held_out(LATE, BACKGROUND, default_embedder(), rivals=COST.examples)
    for sentence, said in predicted.items():
        refitted = Heads({"late": without(LATE, sentence), "cost": COST}, BACKGROUND, default_embedder(), rivals=True)
        assert said == pytest.approx(refitted.scores(sentence)["late"], abs=1e-3)


def test_a_sentence_in_its_own_sample_is_better_known_than_one_held_out() -> None:
    known, predicted = Heads({"late": LATE}, BACKGROUND, default_embedder()), held_out(LATE, BACKGROUND, default_embedder())
    assert all(known.scores(example)["late"] > predicted[example] for example in LATE.examples)
    assert all(known.scores(counter)["late"] < predicted[counter] for counter in LATE.not_examples)


def test_a_new_wording_is_heard_and_another_thing_is_not() -> None:
    heads = Heads({"late": LATE, "cost": COST}, BACKGROUND, default_embedder(), rivals=True)
    asked, other = heads.scores("After how many days do you get the labels?"), heads.scores("I would keep the old rules.")
    assert asked["late"] > 0.3 > other["late"]


def test_without_a_required_word_a_head_says_nothing() -> None:
    heads = Heads({"late": LATE, "cost": COST}, BACKGROUND, default_embedder())
    assert set(heads.scores("How expensive is a missed one?")) == {"late"}
    assert set(heads.scores("HOW MUCH DO WE LOSE ON A MISSED ONE?")) == {"late", "cost"}


def test_an_example_that_lacks_its_own_required_word_is_held_out_as_unheard() -> None:
    predicted = held_out(COST.model_copy(update={"requires": ("price",)}), BACKGROUND, default_embedder())
    assert [sentence for sentence, said in predicted.items() if said != -1.0] == ["Is there a price on a false alarm?"]


def test_a_cue_speaks_for_its_pattern() -> None:
    plain = LATE.model_copy(update={"cues": ()})
    said = "How long until we get the truth?"
    assert (
        Heads({"it": LATE}, BACKGROUND, default_embedder()).scores(said)["it"]
        > (Heads({"it": plain}, BACKGROUND, default_embedder()).scores(said)["it"])
    )


def test_examples_of_rivals_speak_against_a_head() -> None:
    patterns = {"late": LATE, "cost": COST.model_copy(update={"requires": ()})}
    apart = Heads(patterns, BACKGROUND, default_embedder(), rivals=True).scores(COST.examples[0])
    beside = Heads(patterns, BACKGROUND, default_embedder()).scores(COST.examples[0])
    assert apart["late"] < beside["late"]


def test_no_patterns_hear_nothing() -> None:
    assert Heads({}, BACKGROUND, default_embedder()).scores("How late do the labels come?") == {}
