"""Groups of ratings, what is undefined in them and why, and what is said beside the figures."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import InputError
from agent.evaluation.agreement import Agreement, agreement, agreement_by_competency
from agent.evaluation.measured import FIGURES, FURTHER, Question
from agent.evaluation.ratings import Rating
from agent.evaluation.statistics import pairs
from tests.evaluation.statistics.published import KRIPPENDORFF, SHROUT_FLEISS, Rows

QUICK = Question(draws=50)
CORRELATIONS = {"pearson", "spearman", "kendall"}


def rated(rows: Rows, *, competency: str = "resilience", raters: str = "abcdefgh") -> list[Rating]:
    return [
        Rating(item=f"item-{number}", competency=competency, rater=rater, value=value)
        for number, row in enumerate(rows)
        for rater, value in zip(raters, row, strict=False)
    ]


def undefined(found: Agreement) -> set[str]:
    return {name for name, value in found.figures.items() if value is None}


def told(found: Agreement, part: str) -> bool:
    return any(part in note for note in found.notes)


def test_a_published_table_comes_out_as_printed() -> None:
    found = agreement(rated(SHROUT_FLEISS), QUICK)
    assert (found.n_items, found.n_raters, found.n_values, found.missing, found.scale) == (6, 4, 24, 0, (1, 10))
    assert [f"{found.figures[name]:.2f}" for name in FIGURES[-6:]] == ["0.17", "0.29", "0.71", "0.44", "0.62", "0.91"]


def test_missing_are_null_lines_and_absent_ones() -> None:
    every = rated(KRIPPENDORFF)
    present = [one for one in every if one.value is not None]
    assert agreement(every, QUICK).missing == agreement(present, QUICK).missing == 7
    assert agreement(every, QUICK).figures["alpha_ordinal"] == agreement(present, QUICK).figures["alpha_ordinal"]
    assert told(agreement(every, QUICK), "7 lines have no value")


def test_every_figure_is_there_with_a_value_or_a_reason() -> None:
    found = agreement(rated(KRIPPENDORFF), QUICK)
    assert list(found.figures) == [*FIGURES, *FURTHER]
    assert set(found.reasons) == undefined(found)
    assert set(found.ci) <= set(found.figures) - undefined(found)


def test_two_raters_are_compared_in_the_order_of_the_file() -> None:
    found = agreement(rated([(1, 2), (2, 4), (3, 3)], raters="ba"), QUICK)
    assert found.figures["bias"] == 1
    assert told(found, "Bias is 'a' − 'b'")


def test_the_order_is_that_of_the_file_in_every_group() -> None:
    ratings = [*rated([(1, 2)], raters="ab"), *rated([(1, 2)], competency="empathy", raters="ba")]
    assert [each.figures["bias"] for each in agreement_by_competency(ratings, QUICK).values()] == [1, -1]


def test_a_reference_is_compared_with_each_of_the_others() -> None:
    found = agreement(rated([(3, 4, 3), (2, 3, 2), (5, 5, 4)]), Question(reference="c", draws=0))
    assert found.figures["bias"] == pytest.approx((1 / 3 + 1) / 2)
    assert found.figures["exact"] == pytest.approx((2 / 3 + 0) / 2)
    assert told(found, "compare each of the 2 others with 'c'")


def test_more_raters_than_two_are_means_over_pairs_and_that_is_said() -> None:
    found = agreement(rated([(1, 1, 2), (3, 3, 4)]), QUICK)
    assert found.figures["exact"] == pytest.approx(1 / 3)
    assert told(found, "means over 3 pairs")


def test_pairs_without_common_items_are_left_out_and_that_is_said() -> None:
    found = agreement(rated([(1, 1, None), (3, 3, None), (None, None, 2)]), QUICK)
    assert found.figures["qwk"] == 1
    assert told(found, "2 of 3 pairs have no item in common")


def test_a_figure_that_not_every_pair_defines_says_so() -> None:
    found = agreement(rated([(1, 2, 3), (2, 4, 3)]), QUICK)
    assert told(found, "pearson is defined for 1 of 3 pairs")


def test_all_competencies_together_have_a_unit_for_each() -> None:
    ratings = [*rated(SHROUT_FLEISS), *rated(SHROUT_FLEISS, competency="empathy")]
    found = agreement(ratings, QUICK)
    assert found.n_items == 12
    assert told(found, "12 units of 6 items and 2 competencies")
    assert {name: each.n_items for name, each in agreement_by_competency(ratings, QUICK).items()} == {"resilience": 6, "empathy": 6}


@pytest.mark.parametrize(
    ("rows", "names", "why"),
    [
        ([(1,), (2,)], set(FIGURES), "one rater alone"),
        ([(None, None)], set(FIGURES), "there is no value"),
        ([(1, None), (None, 2)], set(FIGURES), "no two raters that are compared rated the same item"),
        ([(3, 3), (3, 3)], {*CORRELATIONS, "kappa", "qwk", "fleiss", "alpha_nominal", "alpha_ratio", "icc1"}, "chance would agree as well"),
        ([(3, 4)], {*CORRELATIONS, "icc1", "icc3k"}, "it takes two items that every rater rated, and there is one"),
        ([(-1, 1), (2, 2), (0, 1)], {"alpha_ratio"}, "a ratio scale has none"),
        ([(1, 2), (2, 1)], {"icc1k", "icc2k", "icc3k"}, "the items do not differ"),
    ],
)
def test_what_is_undefined_says_why(rows: Rows, names: set[str], why: str) -> None:
    found = agreement(rated(rows), QUICK)
    assert names <= undefined(found)
    assert any(why in reason for reason in found.reasons.values())


def test_a_reference_that_is_silent_in_a_group_is_the_reason_there() -> None:
    ratings = [*rated([(1, 2), (2, 2)]), *rated([(1, 2), (2, 2)], competency="empathy", raters="bc")]
    found = agreement_by_competency(ratings, Question(reference="a", draws=0))["empathy"]
    assert set(pairs.FIGURES) <= undefined(found)
    assert found.reasons["qwk"] == "the reference 'a' gave no value here"
    assert found.figures["alpha_nominal"] is not None


@pytest.mark.parametrize(
    ("rows", "asked", "scale"),
    [([(2, 3)], None, (1, 5)), ([(2, 7)], None, (2, 7)), ([(0, 3)], None, (0, 3)), ([(2, 3)], (0, 100), (0, 100)), ([(None,)], None, None)],
)
def test_the_scale_is_one_to_five_unless_values_lie_outside(
    rows: Rows, asked: tuple[float, float] | None, scale: tuple[float, float] | None
) -> None:
    assert agreement(rated(rows), Question(scale=asked, draws=0)).scale == scale


def test_a_wider_scale_moves_no_figure() -> None:
    """The weights are distances of the values themselves, so levels that nobody gave change nothing."""
    narrow, wide = (agreement(rated(SHROUT_FLEISS), Question(scale=scale, draws=0)) for scale in ((1, 10), (-50, 100)))
    assert narrow.figures == wide.figures


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (Question(reference="x"), "there is no rater 'x'; there are a, b"),
        (Question(scale=(1, 4)), "'b' gave 5 for 'resilience' of 'item-0', outside the scale 1 to 4"),
    ],
)
def test_what_cannot_be_asked_of_these_ratings_is_refused(question: Question, told: str) -> None:
    with pytest.raises(InputError, match=told):
        agreement(rated([(1, 5)]), question)


def test_no_ratings_are_refused() -> None:
    with pytest.raises(InputError, match="there are no ratings"):
        agreement([])


def test_many_pairs_are_drawn_less_often_and_that_is_said() -> None:
    rows = [tuple((number + rater) % 7 + 1 for rater in range(60)) for number in range(5)]
    ratings = [
        Rating(item=str(number), competency="x", rater=str(rater), value=row[rater])
        for number, row in enumerate(rows)
        for rater in range(60)
    ]
    found = agreement(ratings, Question(draws=2000))
    assert told(found, "With 1,770 pairs of raters, intervals of pairwise figures are from")
    assert "qwk" in found.ci


value = st.one_of(st.none(), st.integers(-2, 7), st.floats(0, 100))


@given(st.integers(1, 4).flatmap(lambda raters: st.lists(st.tuples(*[value] * raters), min_size=1, max_size=12)))
def test_whatever_the_ratings_the_answer_is_strict_json_and_in_range(rows: Rows) -> None:
    found = agreement(rated(rows), Question(draws=20))
    json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert set(found.reasons) == undefined(found)
    for name in ("exact", "adjacent", *CORRELATIONS):
        figure = found.figures[name]
        assert figure is None or -1 <= figure <= 1
    for name in ("kappa", "qwk", "fleiss", "alpha_nominal", "alpha_ordinal", "alpha_interval", "alpha_ratio", *FIGURES[-6:]):
        figure = found.figures[name]
        assert figure is None or figure <= 1
    assert all(not math.isnan(end) for ends in found.ci.values() for end in ends)
