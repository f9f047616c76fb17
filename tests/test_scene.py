from __future__ import annotations

import copy

from hypothesis import given
from hypothesis import strategies as st

from agent.events import CandidateSaid, ClockMoved, Event, FactRevealed, Line, Quote, Retracted
from agent.scene import effective, elapsed, empty_scene, fold

TEXT = st.text(max_size=12)
AT = st.floats(min_value=0, max_value=1e6)
EVENTS: st.SearchStrategy[list[Event]] = st.lists(
    st.one_of(
        st.builds(CandidateSaid, at=AT, text=TEXT),
        st.builds(Line, at=AT, speaker=TEXT, text=TEXT, move=st.sampled_from(["beat", "probe", "tell"]), beat=TEXT, ask=TEXT),
        st.builds(FactRevealed, at=AT, fact=TEXT, by=TEXT, question=st.builds(Quote, turn=st.integers(1, 9), text=TEXT)),
    )
)


@given(EVENTS, st.integers(min_value=0, max_value=30))
def test_folding_in_parts_is_folding_at_once(events: list[Event], cut: int) -> None:
    assert fold(events[cut:], fold(events[:cut])) == fold(events)


@given(EVENTS, EVENTS)
def test_folding_leaves_the_scene_it_started_from(before: list[Event], after: list[Event]) -> None:
    scene = fold(before)
    kept = copy.deepcopy(scene)
    fold(after, scene)
    assert scene == kept


@given(EVENTS)
def test_a_retraction_takes_back_everything_since(events: list[Event]) -> None:
    since = len(events) // 2 + 1
    assert fold(effective([*events, Retracted(at=0, since=since)])) == fold(events[: since - 1])


def test_the_clock_stands_still_in_a_pause() -> None:
    scene = empty_scene() | {"started_at": 100.0}
    paused = fold([ClockMoved(at=160, to="paused")], scene)
    assert elapsed(paused, 1000) == 60
    assert elapsed(fold([ClockMoved(at=1000, to="resumed")], paused), 1010) == 70


def test_a_second_pause_does_not_count_twice() -> None:
    scene = fold([ClockMoved(at=160, to="paused"), ClockMoved(at=200, to="paused")], empty_scene() | {"started_at": 100.0})
    assert elapsed(scene, 1000) == 60
