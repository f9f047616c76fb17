"""The bank of questions that ships: broad, and each question of use."""

from __future__ import annotations

from agent.library import Library
from agent.library.library import shipped
from agent.memory.embedder import default_embedder
from agent.recognition import Recogniser

LIBRARY = Library((shipped(),))
BANK = LIBRARY.questions().questions


def test_it_covers_every_competency_of_the_rubric() -> None:
    rubric = {each.id for each in LIBRARY.rubric("core").competencies}
    assert {question.competency for question in BANK} == rubric
    assert {point.competency for question in BANK for point in question.points} <= rubric


def test_there_are_enough_questions_on_topics_of_their_own() -> None:
    assert len(BANK) >= 40
    assert len({question.topic for question in BANK}) == len(BANK)
    assert sum(question.general for question in BANK) >= 5


def test_no_wording_is_there_twice() -> None:
    lines = [line for question in BANK for line in question.lines]
    lines += [line for question in BANK for point in question.points for line in (*point.probe, *point.pickup)]
    assert len(lines) == len(set(lines))


def test_every_point_is_deep_enough_and_can_be_picked_up() -> None:
    for question in BANK:
        for point in question.points:
            assert len(point.heard.examples) >= 6, point.id
            assert len(point.heard.not_examples) >= 2, point.id
            assert len(point.probe) >= 2, point.id
            assert any("{" in line for line in point.pickup), point.id


def test_points_hear_words_they_have_not_seen() -> None:
    patterns = {point.id: point.heard for question in BANK for point in question.points}
    ear = Recogniser(patterns, default_embedder())
    fresh = {
        "fraud-cost-both": "Blocking an honest shopper costs us maybe forty euros, letting a thief through costs two hundred.",
        "night-stop-harm": "I would put the previous version back first and search for the reason afterwards.",
        "mentor-did": "Each week we sat down together and I let her type.",
        "privacy-line": "Nobody expects that we use their delivery address to judge their credit.",
        "null-say-it": "I would say right away that the thing makes no difference.",
        "data-look": "Before any chart I read through a hundred rows myself.",
        "deploy-steps": "It runs in shadow mode first, then on two percent of the traffic, and we can roll back.",
        "vague-ask-goal": "What should be better for the customer afterwards?",
        "labels-disagree": "I would ask both of them why they see it differently and make the guideline clearer.",
        "priorities-tell": "The other two hear from me the same day, with a date I can hold.",
    }
    heard = [name for name, sentence in fresh.items() if name in ear.hits([sentence])]
    assert len(heard) >= 9, sorted(fresh.keys() - set(heard))
    assert ear.hits(["The weather was lovely at the lake last summer."]) == {}
