"""Which rated talks a model is shown, and which never."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from agent.judge.examples import LONGEST, Examples, Worked
from agent.rubric import Competency, Rubric
from agent.transcript import Transcript

Talk = Callable[..., Transcript]


class Ordered:
    """Finds all texts in their order, less and less alike from `most` on."""

    def __init__(self, most: float = 0.8) -> None:
        self.most = most

    def near(self, shelf: str, texts: Sequence[str], query: str, count: int) -> list[tuple[int, float]]:
        return [(place, self.most - place / 10) for place in range(len(texts))][:count]


@pytest.fixture
def group(rubric: Rubric) -> tuple[Competency, ...]:
    return rubric.competencies[:2]


def worked(talk: Talk, name: str, *, level: float | None = 3.0, said: str = "We tested it on Mara's data.", **rest: object) -> Worked:
    transcript = talk(said, prompt=f"What about {name}, Tom?", **{"title": name, **rest})
    return Worked(name, name.rpartition("-")[0], transcript, {"communication": level, "active_listening": None})


def shown(found: Sequence[Worked], transcript: Transcript, group: Sequence[Competency], *, count: int = 5, most: float = 0.8) -> list[str]:
    (examples,) = Examples(found, Ordered(most), count).near(transcript, [group])
    return [example.id for example in examples]


def test_the_nearest_rated_talks_one_of_each_family(talk: Talk, group: tuple[Competency, ...]) -> None:
    found = [worked(talk, name) for name in ("parcels-b", "parcels-a", "churn-a", "rails-a")]
    assert shown(found, talk("Hello."), group, count=2) == ["parcels-b", "churn-a"]


def test_a_talk_in_which_nothing_of_the_group_was_seen_teaches_nothing(talk: Talk, group: tuple[Competency, ...]) -> None:
    found = [worked(talk, "parcels-a", level=None), worked(talk, "churn-a")]
    assert shown(found, talk("Hello."), group) == ["churn-a"]


def test_a_long_talk_is_left_out_and_not_shortened(talk: Talk, group: tuple[Competency, ...]) -> None:
    found = [worked(talk, "parcels-a", said="word " * LONGEST), worked(talk, "churn-a")]
    assert shown(found, talk("Hello."), group) == ["churn-a"]


QUESTION = "How would you find out why the parcels come late?"


@pytest.mark.parametrize(
    "graded", [{"source": "parcels-c"}, {"source": "parcels"}, {"title": "parcels-a"}, {"prompt": QUESTION.upper()}], ids=str
)
def test_the_family_of_the_graded_talk_is_never_shown(talk: Talk, group: tuple[Competency, ...], graded: dict[str, str]) -> None:
    asked = Worked("parcels-b", "parcels", talk("Late.", prompt=QUESTION), {"communication": 2.0})
    found = [worked(talk, "parcels-a"), asked, worked(talk, "churn-a")]
    assert shown(found, talk("Hello.", **graded), group) == ["churn-a"]


def test_nor_is_one_that_says_nearly_the_same(talk: Talk, group: tuple[Competency, ...]) -> None:
    found = [worked(talk, "parcels-a"), worked(talk, "churn-a"), worked(talk, "parcels-b")]
    assert shown(found, talk("Hello."), group, most=0.95) == ["churn-a"]


def test_an_example_has_no_names_and_the_levels_of_its_group(talk: Talk, group: tuple[Competency, ...]) -> None:
    ((example,),) = Examples([worked(talk, "parcels-a", level=2.5)], Ordered(), 1).near(talk("Hello."), [group])
    assert example.text.endswith("Candidate: We tested it on [Person 1]'s data.")
    assert example.shown(group)["levels"] == [("communication", "2.5"), ("active_listening", "null")]
