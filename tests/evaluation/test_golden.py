from __future__ import annotations

from pathlib import Path

import pytest

from agent.errors import InputError
from agent.evaluation.golden import Golden, goldens, read_golden

TEXT = """\
id: parcels-a
family: parcels
format: Fraud trade-off
kind: answer
profile: middling-generic
title: Parcels that come late
turns:
- interviewer: {name: Dana, role: PM, text: "Why are they late?"}
- candidate: "Because the depot feed is a day old."
- interviewer: {name: Dana, role: PM, text: "The feed is gone.", twist: "The depot feed is switched off."}
- candidate: "Then I use last week's times."
"""


def written(folder: Path, text: str = TEXT, name: str = "parcels-a.yaml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_golden_is_read_and_its_transcript_knows_who_said_what(tmp_path: Path) -> None:
    transcript = read_golden(written(tmp_path)).transcript
    assert [(turn.number, turn.role, turn.speaker) for turn in transcript.turns] == [
        (1, "interviewer", "Dana"), (2, "candidate", "Candidate"), (3, "interviewer", "Dana"), (4, "candidate", "Candidate"),
    ]  # fmt: skip
    assert [(mark.turn, mark.kind, mark.text) for mark in transcript.marks] == [(3, "twist", "The depot feed is switched off.")]


def test_the_transcript_does_not_tell_what_kind_of_candidate_it_is(tmp_path: Path) -> None:
    assert "middling" not in read_golden(written(tmp_path)).transcript.model_dump_json()


def test_goldens_are_found_by_split(tmp_path: Path) -> None:
    written(tmp_path / "train")
    written(tmp_path / "test", TEXT.replace("parcels-a", "parcels-b"), "parcels-b.yaml")
    assert [one.id for one in goldens(tmp_path)] == ["parcels-a", "parcels-b"]
    assert [one.id for one in goldens(tmp_path, "test")] == ["parcels-b"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TEXT.replace("kind: answer", "kind: talk"), "kind"),
        (TEXT.replace("id: parcels-a", "id: parcels-b"), "make them equal"),
        (TEXT.replace('- candidate: "Then', '- both: "Then'), r"turns\[3\]"),
        ("- nothing", "is no golden"),
    ],
)
def test_what_is_no_golden_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_golden(written(tmp_path, text))


def test_a_folder_without_goldens_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there are no goldens in"):
        list(goldens(tmp_path, "dev"))


def test_a_turn_is_of_one_person() -> None:
    with pytest.raises(ValueError, match="either the candidate's or an interviewer's"):
        Golden.model_validate({"turns": [{"candidate": "a", "interviewer": {"name": "D", "role": "PM", "text": "b"}}]})
