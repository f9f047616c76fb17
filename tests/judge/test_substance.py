"""How much a sentence says: the shipped head, and what it is fitted to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.judge.substance import shipped, substance
from agent.library import Library
from agent.library.library import shipped as shipped_library
from agent.memory.embedder import DIMENSIONS, default_embedder
from agent.prose import sentences, words
from agent.simulation.walkthroughs import read_walkthrough
from agent.verdict import GradeReport

ROOT = Path(__file__).parents[2]
PLAN = "I would roll the model back tonight and tell the floor team before the early shift."
CONCRETE = [
    PLAN,
    "We compare the two lists for press 7, one with the readings cut at five.",
    "A false decline costs $41 and a missed fraud $120, so I would move the threshold.",
]
EMPTY = ["We will use best practices.", "Everything depends on good communication.", "It is a very interesting problem."]
POLITE = [
    "Thank you so much for this wonderful question.",
    "I really appreciate the opportunity to talk about this.",
    "It would be a pleasure for me to explain that.",
    "I hope that this answers your question.",
    "Please let me know if you need anything else.",
]


def said(*texts: str) -> list[float]:
    return substance(texts, default_embedder())


def test_what_could_be_done_or_checked_says_more_than_what_fits_anywhere() -> None:
    assert min(said(*CONCRETE)) > 0 > max(said(*EMPTY))


@pytest.mark.parametrize("filled", ["Um, {}", "Basically, {}", "You know, {}", "Uh, actually, I mean {}"])
@pytest.mark.parametrize("sentence", [*CONCRETE, *EMPTY])
def test_fillers_change_nothing(filled: str, sentence: str) -> None:
    plain, padded = said(sentence, filled.format(sentence))
    assert padded == plain


def test_a_polite_sentence_says_nothing() -> None:
    assert max(said(*POLITE)) < 0


def test_polite_padding_raises_no_level(grade: Callable[..., GradeReport]) -> None:
    plain, padded = _scores(grade(" ".join(CONCRETE))), _scores(grade(" ".join([*POLITE[:3], *CONCRETE, *POLITE[3:]])))
    assert len(plain) >= 3
    assert all(padded[name] <= plain[name] + 0.1 for name in plain)


def test_a_score_does_not_depend_on_what_is_said_around_it() -> None:
    assert said(*CONCRETE, *EMPTY) == [one for text in (*CONCRETE, *EMPTY) for one in said(text)]


def test_nothing_said_has_no_scores() -> None:
    assert said() == []


def test_with_another_kind_of_embedder_every_sentence_is_ordinary() -> None:
    class Small:
        id = "small"

        def embed(self, texts):
            return default_embedder().embed(texts)[:, :8]

    assert substance(CONCRETE, Small()) == [0.0] * len(CONCRETE)


def test_the_shipped_head_is_fitted_to_the_shipped_walkthroughs() -> None:
    """A cheap look that finds most of what `scripts/fit_substance.py --check` finds."""
    fitted, head = _fitted_to(), shipped()
    assert head["sentences"] == sum(fitted.values())
    assert head["left_out"]["scenes"] == len(fitted)
    assert head["embedder"] == default_embedder().id
    assert len(head["weights"]) == DIMENSIONS + 1


def test_in_scenes_left_out_of_the_fit_strong_candidates_say_more_than_weak_ones() -> None:
    left_out = shipped()["left_out"]
    assert left_out["strong over weak"] >= 0.9 * left_out["scenes"]


@pytest.mark.skipif("FIT_SUBSTANCE" not in os.environ, reason="embeds every walkthrough, a minute or more; set FIT_SUBSTANCE to run it")
def test_fitting_again_gives_the_shipped_file() -> None:
    done = subprocess.run([sys.executable, ROOT / "scripts/fit_substance.py", "--check"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["sentences"] == shipped()["sentences"]


def _fitted_to() -> dict[str, int]:
    """Sentences by scene, of every walkthrough in which the candidate is the one who is graded."""
    library, found = Library((shipped_library(),)), dict[str, int]()
    for file in sorted((ROOT / "evals/walkthroughs").glob("*/*.yaml")):
        walkthrough = read_walkthrough(file)
        if library.scenario(walkthrough.scenario).graded is None:
            long_enough = [one for reply in walkthrough.replies for one in sentences(reply.say) if len(words(one)) >= 4]
            found[walkthrough.scenario] = found.get(walkthrough.scenario, 0) + len(long_enough)
    return found


def _scores(report: GradeReport) -> dict[str, float]:
    return {name: verdict.score for name, verdict in report.verdicts.items() if verdict.score is not None}
