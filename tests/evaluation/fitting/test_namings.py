"""What the names of indicators are fitted to, and what the fit does with it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from agent.errors import InputError
from agent.evaluation.fitting.cases import Case
from agent.evaluation.fitting.namings import FILE, Naming, fit_names, read_namings
from agent.evaluation.golden import Golden, Split, goldens
from agent.judge.learned.talk import Talk
from agent.judge.learned.worth import inputs
from agent.judge.quotes import normalised
from agent.memory.embedder import default_embedder
from agent.rubric import Rubric
from agent.transcript import Transcript, Turn

EVALS = Path(__file__).parents[3] / "evals"
EMBEDDER = default_embedder()
SAID = {
    "names-the-people": "The people in the north would lose their benefits because of our model.",
    "measures-per-group": "I would compare the false alarm rate for each age group before anything ships.",
}


def _cases(count: int) -> list[Case]:
    found = []
    for number in range(count):
        turns = (
            Turn(number=1, role="interviewer", speaker="Mara", text="What do you do?"),
            Turn(number=2, role="candidate", speaker="Candidate", text=" ".join(SAID.values()).replace("north", f"district {number}")),
        )
        talk = Talk.of(Transcript(turns=turns))
        seen = inputs([said.heard[0] for said in talk.said], EMBEDDER)
        found.append(Case(f"talk-{number}", f"family-{number}", talk, seen, np.zeros((0, seen.shape[1])), {}, {}))
    return found


def _namings(rubric: Rubric, count: int) -> list[Naming]:
    ethics = next(each for each in rubric.competencies if each.id == "ethics_fairness")
    shown = [one.id for one in ethics.indicators[:2]]
    return [
        Naming(item=f"talk-{number}", competency=ethics.id, shows=shows, quote=quote, times=3)
        for number in range(count)
        for shows, quote in zip(shown, ("would lose their benefits", "compare the false alarm rate for each age group"), strict=True)
    ]


def test_it_says_what_the_judge_said_of_the_same_words_in_other_talks(rubric: Rubric) -> None:
    model = fit_names(_namings(rubric, 12), _cases(12), rubric, EMBEDDER, "made up for a test")
    assert (model.report["talks"], model.report["sentences"]) == (12, 24)
    assert model.report["right"] == 1.0


def test_the_same_namings_give_the_same_bytes(rubric: Rubric) -> None:
    one, other = (fit_names(_namings(rubric, 6), _cases(6), rubric, EMBEDDER, "").model_dump_json() for _ in range(2))
    assert one == other


def test_the_shipped_namings_quote_what_was_said_and_no_test_golden() -> None:
    said = {golden.id: normalised(" ".join(turn.text for turn in golden.transcript.candidate_turns)) for golden in _fitted_to()}
    namings = read_namings(EVALS / FILE)
    assert {naming.item for naming in namings} <= set(said)
    assert all(normalised(naming.quote) in said[naming.item] for naming in namings)


def test_a_line_that_is_no_naming_is_refused(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_text('{"item": "a"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="holds a line that is no naming"):
        read_namings(file)


def _fitted_to() -> list[Golden]:
    splits: tuple[Split, ...] = ("train", "dev")
    return [golden for split in splits for golden in goldens(EVALS / "goldens", split)]
