from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import InputError
from agent.evaluation.ratings import Rating, read_ratings
from agent.evaluation.ratings_file import line_of, opened

QUOTES = st.none() | st.text(min_size=1, max_size=20)
VALUES = st.none() | st.sampled_from([1.0, 2.5, 5.0])


def rating(number: int, value: float | None = 3, best: str | None = None) -> Rating:
    return Rating(item=f"item-{number}", competency="resilience", rater="anna", value=value, best=best)


RATINGS = st.lists(st.tuples(VALUES, QUOTES), max_size=6).map(lambda rows: [rating(place, *row) for place, row in enumerate(rows)])


@given(steps=st.lists(RATINGS, max_size=5))
def test_the_file_follows(steps: list[list[Rating]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "anna.jsonl"
        for ratings in steps:
            with opened(path, "anna") as file:
                file.follow(ratings)
                assert read_ratings(path) == ratings
                assert not file.follow(ratings)


@given(ratings=RATINGS, data=st.data())
def test_of_a_file_cut_anywhere_all_whole_lines_are_kept(ratings: list[Rating], data: st.DataObject) -> None:
    content = b"".join(map(line_of, ratings))
    kept = content[: data.draw(st.integers(0, len(content)))]
    whole = next(n for n in range(len(ratings), -1, -1) if kept.startswith(b"".join(map(line_of, ratings[:n])).removesuffix(b"\n")))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "anna.jsonl"
        path.write_bytes(kept)
        with opened(path, "anna") as file:
            assert file.ratings == ratings[:whole]
            file.follow([*ratings[:whole], rating(99)])
        assert read_ratings(path) == [*ratings[:whole], rating(99)]


@pytest.mark.parametrize(
    ("tail", "was_torn"), [(b'{"item": "tw', True), (b"\0\0\0", True), (line_of(rating(2))[:-1], False), (b"  ", False)]
)
def test_a_torn_last_line_is_cut_and_one_that_lacks_its_newline_is_not(tmp_path: Path, tail: bytes, was_torn: bool) -> None:
    path = tmp_path / "anna.jsonl"
    path.write_bytes(line_of(rating(1)) + tail)
    with opened(path, "anna") as file:
        assert file.was_torn == was_torn
        assert len(file.ratings) == (2 if tail.endswith(b"}") else 1)
    assert path.read_bytes().endswith(b"}\n")


def test_blank_lines_of_an_edited_file_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "anna.jsonl"
    path.write_bytes(b"\n" + line_of(rating(1)) + b"\r\n" + line_of(rating(2)))
    with opened(path, "anna") as file:
        file.follow([rating(1), rating(3)])
    assert read_ratings(path) == [rating(1), rating(3)]


def test_a_line_is_as_in_the_shipped_ratings() -> None:
    assert (
        line_of(rating(1, best="“so”"))
        == b'{"item": "item-1", "competency": "resilience", "rater": "anna", "value": 3, "best": "\\u201cso\\u201d"}\n'
    )
    assert json.loads(line_of(rating(1, None)))["value"] is None


def test_two_programs_on_one_file_are_refused_until_the_first_ends(tmp_path: Path) -> None:
    path = tmp_path / "anna.jsonl"
    with opened(path, "anna") as file:
        file.follow([rating(1)])
        with pytest.raises(InputError, match="another program is writing"), opened(path, "anna"):
            pass
    with opened(path, "anna") as again:
        assert again.ratings == [rating(1)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (line_of(rating(1).model_copy(update={"rater": "bo"})), "holds ratings of 'bo', not of 'anna'"),
        (b"nonsense\n" + line_of(rating(1)), "line 1 is no JSON"),
    ],
)
def test_a_file_that_is_not_this_raters_is_left_alone(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "anna.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match=told), opened(path, "anna"):
        pass
    assert path.read_bytes() == content


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot write"), opened(tmp_path, "anna"):
        pass
