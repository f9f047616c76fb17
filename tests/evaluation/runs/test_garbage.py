"""Looking for garbage less often, and as often as before afterwards."""

from __future__ import annotations

import gc

import pytest

from agent.evaluation.runs.garbage import EVERY, rarely_collected


def test_the_pace_is_as_before_afterwards_whatever_happens() -> None:
    before, seen = gc.get_threshold(), []

    def fails() -> None:
        with rarely_collected():
            seen.append(gc.get_threshold())
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert seen == [EVERY]
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)


def test_of_two_runs_the_last_to_end_restores_the_pace() -> None:
    before, first, second = gc.get_threshold(), rarely_collected(), rarely_collected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold() == EVERY
    second.__exit__(None, None, None)
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)
