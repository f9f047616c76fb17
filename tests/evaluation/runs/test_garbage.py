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
