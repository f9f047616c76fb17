"""How a talk is cut into pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent.cli.labelling import NAME, PROMPT, QUESTION, SMALLEST_PAGE, pages

LINES = st.lists(st.tuples(st.text(max_size=3), st.sampled_from(["", "", NAME])), max_size=60)


@given(lines=LINES, height=st.integers(1, 50))
def test_pages_hold_every_line_once_and_fit(lines: list[tuple[str, str]], height: int) -> None:
    *first, last = pages(lines, height)
    assert [line for page in (*first, last) for line in page] == lines
    assert all(0 < len(page) <= max(SMALLEST_PAGE, height - PROMPT) for page in first)
    assert len(last) <= max(SMALLEST_PAGE, height - QUESTION)


@given(lines=LINES, height=st.integers(1, 50))
def test_no_page_ends_with_a_name_that_has_words_to_say(lines: list[tuple[str, str]], height: int) -> None:
    spoken = [part for line in lines for part in (line, ("words", ""))]
    *first, _ = pages(spoken, height)
    assert [page[-1] for page in first if page[-1][1] == NAME] == []
