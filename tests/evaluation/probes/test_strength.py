from __future__ import annotations

import json

import pytest

from agent.evaluation.probes.finding import Outcome
from agent.evaluation.probes.strength import FITTED
from tests.evaluation.probes.scripted import SEEN, Scripted, bench, said_in, scored


@pytest.fixture
def evals(tmp_path):
    lines: list[dict[str, object]] = [
        {
            "id": f"q{number:02}-{quality}",
            "family": f"q{number:02}",
            "competency": SEEN,
            "domain": "parcels",
            "person": "PM",
            "question": "What now?",
            "answer": f"A {quality} answer.",
            "quality": quality,
            "levels": {},
        }
        for number in range(40)
        for quality in ("weak", "middling", "strong")
        if (number, quality) != (0, "weak")
    ]
    (tmp_path / "answers.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return tmp_path


def test_a_judge_that_sees_the_difference_holds(found, rubric, evals) -> None:
    finding = found(
        "order-of-strength", bench(Scripted(lambda talk: {SEEN: scored(2 + 2 * ("strong" in said_in(talk)))}), rubric, evals=evals)
    )

    assert (finding.estimate, finding.outcome) == (1.0, Outcome.HELD)
    assert (finding.counts.items, finding.counts.unchanged, finding.counts.pairs, finding.counts.competencies) == (40, 1, 39, 39)
    assert FITTED in finding.notes


@pytest.mark.parametrize("strong", [{SEEN: scored(2.0)}, {}], ids=["same score", "not observed"])
def test_a_tie_and_what_is_not_observed_are_not_ordered(found, rubric, evals, strong) -> None:
    judge = Scripted(lambda talk: strong if "strong" in said_in(talk) else {SEEN: scored(2.0)})
    finding = found("order-of-strength", bench(judge, rubric, evals=evals))
    assert (finding.estimate, finding.outcome) == (0.0, Outcome.FAILED)


def test_at_most_so_many_questions_are_asked_by_seed(found, rubric, evals) -> None:
    on = bench(Scripted(lambda talk: {SEEN: scored(2.0)}), rubric, evals=evals)
    on.limit = 15
    assert found("order-of-strength", on).counts.items == 15
