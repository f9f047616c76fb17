"""What to practise next: two steps, from the weakest that was seen and the most important that was not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent.rubric import Competency, Rubric
from agent.verdict import Evidence, NextStep, State, Verdict

STEPS = 2
QUOTED = 80
"""Of a longer quote so many characters are repeated."""


def next_steps(rubric: Rubric, verdicts: Mapping[str, Verdict], expected: Sequence[str]) -> tuple[NextStep, ...]:
    """At most two steps, of different expected competencies: the weakest scored one, then the weightiest one that was not observed.

    Where one kind is missing the other fills in. Nothing is advised where nothing could be graded.
    """
    scored = [each for each in rubric.competencies if each.id in expected and verdicts[each.id].state is State.SCORED]
    unseen = [each for each in rubric.competencies if each.id in expected and verdicts[each.id].state is State.NOT_OBSERVED]
    scored.sort(key=lambda each: _rank(each, verdicts))
    unseen.sort(key=lambda each: -each.weight)
    chosen = [*scored[:1], *unseen[:1], *scored[1:], *unseen[1:]]
    return tuple(_step(each, verdicts[each.id]) for each in chosen[:STEPS])


def _rank(competency: Competency, verdicts: Mapping[str, Verdict]) -> tuple[float, float]:
    return (verdicts[competency.id].score or 0.0, -competency.weight)


def _step(competency: Competency, verdict: Verdict) -> NextStep:
    """Steps are written from the lower to the higher levels: the first for levels 1 and 2, the last for 4 and 5."""
    last = len(competency.next_steps) - 1
    index = 0 if verdict.level is None else min(last, max(0, verdict.level - 2))
    return NextStep(competency=competency.id, text=_where(verdict) + competency.next_steps[index])


def _where(verdict: Verdict) -> str:
    """The turn and words of the weakest quote: the clearest against it, else the least clear for it."""
    weakest = _weakest(verdict)
    if weakest is None:
        return ""
    quote = weakest.quote if len(weakest.quote) <= QUOTED else weakest.quote[: QUOTED - 1].rstrip() + "…"
    return f"Turn {weakest.turn}: “{quote}” – "


def _weakest(verdict: Verdict) -> Evidence | None:
    against = [one for one in verdict.evidence if not one.supports]
    return next(iter([*against, *reversed(verdict.evidence)]), None)
