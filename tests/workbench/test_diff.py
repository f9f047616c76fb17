from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent.workbench.diff import changed_lines, unified

BEFORE = "import numpy\n\nwindow = 7\ntotal = 0\n"
AFTER = "import numpy\n\nwindow = 8\ntotal = 0\nprint(total)\n"
LINES = st.lists(st.sampled_from(["a", "b", "  a", ""])).map("\n".join)


def test_changed_and_new_lines_are_told_in_order() -> None:
    assert changed_lines(BEFORE, AFTER) == ["window = 8", "print(total)"]


def test_a_line_that_only_went_away_is_not_a_changed_line() -> None:
    assert changed_lines(BEFORE, BEFORE.replace("total = 0\n", "")) == []


@given(LINES, LINES)
def test_every_new_line_is_among_the_changed_ones(before: str, after: str) -> None:
    changed = changed_lines(before, after)

    assert set(after.splitlines()) - set(before.splitlines()) <= set(changed) <= set(after.splitlines())
    assert changed_lines(after, after) == []


def test_the_diff_is_one_that_people_know() -> None:
    assert unified(BEFORE, AFTER, "window.py") == (
        "--- window.py (as given)\n+++ window.py (edited)\n@@ -1,4 +1,5 @@\n"
        " import numpy\n \n-window = 7\n+window = 8\n total = 0\n+print(total)\n"
    )
    assert unified(BEFORE, BEFORE, "window.py") == ""
