"""The shipped goldens: whole, rated independently, and divided by family."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from agent.evaluation.fitting.labels import fillers, labelled_sentences, lines, short_answers
from agent.evaluation.golden import SPLITS, Golden, goldens
from agent.evaluation.ratings import Rating, read_ratings
from agent.judge.quotes import normalised
from agent.library import Library
from agent.library.library import shipped

EVALS = Path(__file__).parents[2] / "evals"


@pytest.fixture(scope="module")
def every() -> dict[str, Golden]:
    return {golden.id: golden for golden in goldens(EVALS / "goldens")}


@pytest.fixture(scope="module")
def ratings() -> list[Rating]:
    return read_ratings(EVALS / "goldens" / "ratings.jsonl")


def test_every_golden_is_rated_on_everything_by_at_least_two(every: dict[str, Golden], ratings: list[Rating]) -> None:
    raters: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for rating in ratings:
        raters[rating.item, rating.competency].add(rating.rater)
    wanted = {(item, each.id) for item in every for each in Library((shipped(),)).rubric("core").competencies}
    assert set(raters) == wanted
    assert min(map(len, raters.values())) >= 2


def test_levels_are_whole_and_within_the_rubric(ratings: list[Rating]) -> None:
    assert {rating.value for rating in ratings} == {None, 1, 2, 3, 4, 5}


def test_what_raters_quote_was_said_by_the_candidate(every: dict[str, Golden], ratings: list[Rating]) -> None:
    said = {item: normalised(" ".join(turn.text for turn in golden.transcript.candidate_turns)) for item, golden in every.items()}
    quotes = [(rating, quote) for rating in ratings for quote in (rating.best, rating.worst) if quote]
    missed = [quote for rating, quote in quotes if normalised(quote) not in said[rating.item]]
    assert len(missed) <= len(quotes) / 100


def test_no_family_is_in_two_splits() -> None:
    families = [{golden.family for golden in goldens(EVALS / "goldens", split)} for split in SPLITS]
    assert not families[0] & families[1]
    assert not (families[0] | families[1]) & families[2]


def test_the_raters_saw_no_name_of_a_profile(every: dict[str, Golden]) -> None:
    assert not any(golden.profile in golden.transcript.model_dump_json() for golden in every.values() if "-" in golden.profile)


def test_labelled_sentences_lines_and_answers_are_whole() -> None:
    sentences = labelled_sentences(EVALS / "sentences")
    counts: defaultdict[tuple[str, int], int] = defaultdict(int)
    for one in sentences:
        counts[one.competency, one.sign] += 1
    assert set(counts.values()) == {60}
    asking, news = lines(EVALS / "lines")
    answers = short_answers(EVALS / "answers.jsonl")
    assert (len(sentences), len(fillers(EVALS / "sentences")), len(asking), len(news), len(answers)) == (2880, 1148, 600, 400, 684)
