from __future__ import annotations

from agent.debrief import Debrief
from agent.report.debrief import sections


def test_failures_of_a_model_are_grouped_by_kind_with_an_example_of_each() -> None:
    reasons = (
        "timeout: the model 'm' sent nothing for 30 s.",
        "rejected: concedes, leaks",
        "timeout: the model 'm' was not done after 91 s, and may take 90 s in all.",
        "rejected: coaches, coaches",
        "timeout: the model 'm' sent nothing for 30 s.",
        "the budget is used up",
    )

    (section,) = sections(Debrief(taken_over=reasons))

    assert section.lines == (
        "The embedded parts took over 6 times, and the scene went on:",
        "- timeout, 3 times, such as: the model 'm' sent nothing for 30 s.",
        "- rejected, 2 times, such as: concedes, leaks",
        "- the budget is used up, 1 time",
    )
