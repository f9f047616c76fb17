"""Looking for garbage less often, and as often as before afterwards."""

from __future__ import annotations

import gc

import pytest

from agent.evaluation.runs.garbage import EVERY, rarely_collected


def test_the_pace_is_as_before_afterwards_whatever_happens() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), rarely_collected():
        assert gc.get_threshold() == EVERY
        assert gc.get_freeze_count() > 0
        raise KeyError
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)
