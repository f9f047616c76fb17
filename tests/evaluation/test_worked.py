from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent.errors import InputError
from agent.evaluation.worked import worked_examples
from tests.evaluation.test_golden import TEXT, written


def rated(folder: Path, item: str, *levels: float | None) -> None:
    lines = [{"item": item, "competency": "communication", "rater": f"r{number}", "value": level} for number, level in enumerate(levels)]
    (folder / "ratings.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


def test_rated_goldens_of_the_train_split_alone(tmp_path: Path) -> None:
    written(tmp_path / "train")
    written(tmp_path / "test", TEXT.replace("parcels-a", "churn-a"), "churn-a.yaml")
    rated(tmp_path, "parcels-a", 2, 3, 3)
    (found,) = worked_examples(tmp_path)
    assert (found.id, found.family, found.levels) == ("parcels-a", "parcels", {"communication": 3})
    assert found.transcript.turns[0].title == "PM"


def test_without_ratings_there_are_no_examples(tmp_path: Path) -> None:
    written(tmp_path / "train")
    rated(tmp_path, "churn-a", 2)
    with pytest.raises(InputError, match="leave --examples out"):
        worked_examples(tmp_path)


def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ratings\.jsonl"):
        worked_examples(tmp_path / "nowhere")
