"""The level model: monotone in evidence, deaf to repetition, held by caps."""

from __future__ import annotations

from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from agent.judge.levels import Signal, certainty, rate

signals = st.builds(Signal, st.sampled_from((1, 2)), st.floats(0, 1), st.integers(0, 5))
several = st.lists(signals, max_size=8)
caps = st.lists(st.integers(1, 5), max_size=3)


def signal(strength: Literal[1, 2] = 1, certain: float = 1.0, sentence: int = 0) -> Signal:
    return Signal(strength, certain, sentence)


@given(several, several, caps)
def test_everything_stays_in_its_range(support: list[Signal], against: list[Signal], held: list[int]) -> None:
    rating = rate(support, against, held)

    assert 1.0 <= rating.score <= 5.0
    assert rating.level in range(1, 6)
    assert abs(rating.level - rating.score) <= 0.5
    assert 0.05 <= rating.confidence <= 0.8


@given(several, several, caps, signals)
def test_another_indicator_never_lowers(support: list[Signal], against: list[Signal], held: list[int], more: Signal) -> None:
    assert rate([*support, more], against, held).score >= rate(support, against, held).score


@given(several, several, caps, signals)
def test_a_counter_indicator_never_raises(support: list[Signal], against: list[Signal], held: list[int], more: Signal) -> None:
    assert rate(support, [*against, more], held).score <= rate(support, against, held).score


@given(several, several, caps, st.integers(1, 5))
def test_a_cap_holds_and_never_raises(support: list[Signal], against: list[Signal], held: list[int], cap: int) -> None:
    capped = rate(support, against, [*held, cap])

    assert capped.level <= cap
    assert capped.score <= rate(support, against, held).score


@given(st.lists(st.builds(Signal, st.just(1), st.floats(0, 1), st.integers(0, 9)), max_size=12))
def test_the_top_level_needs_a_strong_indicator(plain: list[Signal]) -> None:
    assert rate(plain, []).level <= 4


def test_one_sentence_that_touches_everything_is_worth_less_than_several() -> None:
    one_sentence = rate([signal(2, sentence=0) for _ in range(5)], [])
    five_sentences = rate([signal(2, sentence=place) for place in range(5)], [])

    assert one_sentence.score < 4.3 < 4.7 < five_sentences.score


def test_the_documented_examples_hold() -> None:
    scores = [rate([signal(sentence=place) for place in range(count)], []).score for count in (1, 2, 3)]

    assert scores == [2.49, 3.35, 3.91]


def test_agreeing_evidence_makes_more_certain_than_conflicting() -> None:
    agreeing = rate([signal(sentence=0), signal(sentence=1)], [])
    conflicting = rate([signal(sentence=0)], [signal(sentence=1)])

    assert agreeing.confidence > conflicting.confidence


def test_certainty_runs_from_the_threshold_upwards() -> None:
    assert certainty(0.3, 0.3) == 0.0
    assert certainty(0.9, 0.3) == 1.0
    assert 0.0 < certainty(0.4, 0.3) < 1.0
