"""Which pairs of candidates a suite has told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.errors import InputError
from agent.evaluation.scenes.suite import Pair, SceneSuite, read_suite

CHAIN = "candidates: [weak, middling, strong]\ncontrasts: [[weak, middling], [middling, strong]]\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "suite.yaml"


def suite_of(file: Path, text: str) -> SceneSuite:
    file.write_text(f"id: one\nabout: One.\nseeds: 2\n{text}", encoding="utf-8")
    return read_suite(file)


def test_a_suite_without_contrasts_tells_its_strong_candidate_from_its_weak_one(file: Path) -> None:
    assert suite_of(file, "candidates: [weak, strong]\n").pairs == (("weak", "strong"),)
    assert suite_of(file, "candidates: [silent, rambler]\nweak: silent\nstrong: rambler\n").pairs == (("silent", "rambler"),)


def test_neighbours_are_told_apart_and_the_last_is_the_top(file: Path) -> None:
    suite = suite_of(file, CHAIN)
    assert suite.pairs == (Pair("weak", "middling"), Pair("middling", "strong"))
    assert suite.top == ("strong",)


def test_who_does_not_play_is_passed_over(file: Path) -> None:
    suite = suite_of(file, CHAIN)
    assert suite.but({"candidates": ("weak", "strong")}).pairs == (("weak", "strong"),)
    assert suite.but({"candidates": ("weak", "middling")}).pairs == (("weak", "middling"),)
    assert suite.but({"candidates": ("middling", "strong")}).pairs == (("middling", "strong"),)
    assert suite.but({"candidates": ("weak", "middling")}).top == ("middling",)
    assert suite.but({"candidates": ("strong",)}).pairs == (("weak", "strong"),)


def test_where_no_suite_is_it_is_said_how_to_name_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"name its file with --suite$"):
        read_suite(tmp_path / "nowhere/scenes.yaml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("candidates: [weak, strong]\ncontrasts: [[weak, weak]]\n", "weak cannot be told apart from weak"),
        ("candidates: [weak, strong]\ncontrasts: [[weak, strong], [weak, strong]]\n", "strong above weak: named twice"),
        (
            "candidates: [weak, strong]\ncontrasts: [[weak, strnog]]\n",
            "contrasts name 'strnog', who is none of its candidates: weak, strong",
        ),
        ("candidates: [weak, strong]\ncontrasts: [weak]\n", "contrasts"),
        (
            "candidates: [a, b, c, d]\ncontrasts: [[d, a], [a, b], [b, c], [c, a]]\n",
            "the pairs go round in a circle: b above a, c above b, a above c",
        ),
    ],
)
def test_pairs_that_cannot_be_are_named(file: Path, text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        suite_of(file, text)
