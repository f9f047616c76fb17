"""The released rubric is whole, and its own examples are heard."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from agent.document import fingerprint
from agent.judge.evidence import Listener
from agent.judge.own_words import own_words
from agent.library import Library
from agent.library.library import shipped
from agent.memory.embedder import default_embedder
from agent.recognition import any_of
from agent.rubric import Rubric
from agent.transcript import Transcript, Turn

TWELVE = [
    "communication",
    "active_listening",
    "storytelling",
    "trade_off_thinking",
    "business_awareness",
    "collaboration_influence",
    "adaptability",
    "ethics_fairness",
    "resilience",
    "growth_mindset",
    "leadership_ownership",
    "production_judgment",
]


def test_it_has_the_twelve_competencies(rubric: Rubric) -> None:
    assert [competency.id for competency in rubric.competencies] == TWELVE


@pytest.mark.parametrize("name", TWELVE)
def test_each_is_written_in_full(rubric: Rubric, name: str) -> None:
    competency = next(each for each in rubric.competencies if each.id == name)

    assert len(set(competency.levels.values())) == 5
    assert len(competency.next_steps) == 3
    assert any(indicator.strength == 2 for indicator in competency.indicators)
    assert all(cap.unless is None or cap.unless in {each.id for each in competency.indicators} for cap in competency.caps)


def test_no_example_is_locked_out_by_the_words_it_requires(rubric: Rubric) -> None:
    locked = [
        (indicator.id, example)
        for competency in rubric.competencies
        for indicator in (*competency.indicators, *competency.counter_indicators)
        for example in indicator.heard.examples
        if (required := any_of(indicator.heard.requires)) and not required.search(example.lower())
    ]

    assert locked == []


def test_indicators_are_heard_in_their_own_examples_and_not_in_counter_examples(rubric: Rubric) -> None:
    listener = Listener(rubric, default_embedder())

    def heard(text: str, competency: str, indicator: str) -> bool:
        said = own_words(Transcript(turns=(Turn(number=1, role="candidate", speaker="C", text=text),))).said
        hearing = listener.hear(said)[competency]
        return indicator in {one.id for side in hearing for one in side}

    own, near = [], []
    for competency in rubric.competencies:
        for indicator in competency.indicators:
            own += [heard(text, competency.id, indicator.id) for text in indicator.heard.examples if len(text.split()) > 4]
            near += [heard(text, competency.id, indicator.id) for text in indicator.heard.not_examples]

    assert sum(own) / len(own) > 0.9
    assert sum(near) / len(near) < 0.05


def test_a_format_weighs_what_it_tests_most_and_leaves_the_rest(rubric):
    newest = Library((shipped(),)).rubric("core")
    other = {each.id: weight for each in newest.competencies if (weight := newest.weight(each, "Panel: a remark")) != each.weight}
    assert other == {"communication": 2.0, "trade_off_thinking": 2.0}


def test_every_format_of_a_shipped_scenario_is_weighed():
    library = Library((shipped(),))
    known = library.rubric("core").formats
    for name in library.names("scenario"):
        assert library.scenario(name).format.partition(":")[0] in known


def test_a_rubric_without_formats_keeps_its_fingerprint(rubric):
    assert fingerprint(rubric) == "ce8ac4d4c1f781a005b35a6c31411c19c3b325e399c40180176ab86b78681580"


def test_a_format_weighs_only_what_is_in_the_rubric(rubric):
    with pytest.raises(ValidationError, match="weighs 'charm', which is no competency"):
        Rubric.model_validate(rubric.model_dump() | {"formats": {"Panel": {"charm": 2}}})
