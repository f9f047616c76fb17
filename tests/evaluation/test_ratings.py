from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent.errors import InputError
from agent.evaluation.ratings import Rating, read_ratings, reference


def rated(*values: float | None) -> list[Rating]:
    return [Rating(item="one", competency="resilience", rater=f"r{place}", value=value) for place, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "together"),
    [((2, 4), 3), ((2, 3, 5), 3), ((None, 4), None), ((None, 3, 4), 3.5), ((None, None, 4), None), ((None,), None)],
)
def test_raters_together_say_the_median_and_nothing_where_half_saw_nothing(
    values: tuple[float | None, ...], together: float | None
) -> None:
    assert reference(rated(*values)) == {("one", "resilience"): together}


def file_of(tmp_path: Path, *lines: object) -> Path:
    file = tmp_path / "ratings.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return file


LINE = {"item": "one", "competency": "resilience", "rater": "a", "value": 3}


def test_ratings_are_read_in_order_and_blank_lines_are_skipped(tmp_path: Path) -> None:
    found = read_ratings(file_of(tmp_path, LINE, "", LINE | {"rater": "b", "value": None}))
    assert [(one.rater, one.value) for one in found] == [("a", 3), ("b", None)]


def test_names_may_be_numbers(tmp_path: Path) -> None:
    (found,) = read_ratings(file_of(tmp_path, LINE | {"item": 7, "rater": 2}))
    assert (found.item, found.rater) == ("7", "2")


def test_a_file_from_elsewhere_may_begin_with_a_mark_and_hold_any_line_separator_in_a_name(tmp_path: Path) -> None:
    file = tmp_path / "ratings.jsonl"
    file.write_text(json.dumps(LINE | {"item": "a\u2028b"}, ensure_ascii=False) + "\r\n", encoding="utf-8-sig", newline="")
    assert [one.item for one in read_ratings(file)] == ["a\u2028b"]


def test_repeats_of_one_rater_are_kept_apart(tmp_path: Path) -> None:
    assert len(read_ratings(file_of(tmp_path, LINE | {"repeat": 1}, LINE | {"repeat": 2}))) == 2


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([LINE, LINE], "rated 'resilience' of 'one' twice"),
        ([LINE, "{"], "line 2 is no JSON object"),
        (['{"item": "one", "competency": "x", "rater": "a", "value": NaN}'], "line 1: value: a value is a number or null"),
        ([{"item": "one", "rater": "a", "value": 3}], "line 1: competency"),
        ([LINE | {"value": "3"}], "line 1: value: .*number"),
        ([LINE | {"value": True}], "line 1: value: .*number"),
        ([LINE | {"value": 1e300}], "line 1: value: .*lies between"),
        (["[1, 2]"], "line 1 is no JSON object"),
        (["[" * 100_000], "line 1 is no JSON object"),
    ],
)
def test_what_is_no_rating_is_refused_with_its_line(tmp_path: Path, lines: list[object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_ratings(file_of(tmp_path, *lines))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        read_ratings(tmp_path / "none.jsonl")
