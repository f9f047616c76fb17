from __future__ import annotations

import pytest

from agent.judge.feedback.figures import figures


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("That is 1.3 million messages a day.", ["1.3 million messages a day"]),
        ("We lose 400 customers and 12% of users.", ["400 customers", "12% of users"]),
        ("It costs $41 per call, in 2024.", []),
        ("The answer 42 shows it.", []),
        ("It took 20 minutes.", ["20 minutes"]),
    ],
)
def test_a_figure_comes_with_what_it_counts(sentence: str, found: list[str]) -> None:
    assert list(figures(sentence)) == found
