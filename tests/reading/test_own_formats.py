"""The session export and the session log, read through the public function."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agent.errors import TranscriptError
from agent.events import CandidateSaid, Event, Line, Retracted, TwistFired
from agent.reading import read_transcript

TURNS: list[dict[str, Any]] = [
    {"number": 1, "role": "interviewer", "speaker": "Maya", "text": "Why?"},
    {"number": 2, "role": "candidate", "speaker": "You", "text": "Cost."},
    {"number": 3, "role": "candidate", "speaker": "You", "text": "And time."},
]


def export(**changes: Any) -> str:
    return json.dumps({"format": 1, "transcript": {"title": "Fraud", "turns": TURNS}, "report": None, "session": {}} | changes)


def log(*events: Event, **header: Any) -> str:
    first = {"hotseat": "session-log", "format": 1, "session": "s1"} | header
    return "\n".join([json.dumps(first), *(event.model_dump_json() for event in events)])


def line(text: str) -> Line:
    return Line(at=1, speaker="maya", text=text, move="beat", beat="b")


def answer(text: str) -> CandidateSaid:
    return CandidateSaid(at=2, text=text, seconds=12.5)


def test_an_export_keeps_its_turns_because_a_report_cites_them() -> None:
    assert [turn.text for turn in read_transcript(export()).turns] == ["Why?", "Cost.", "And time."]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"format": 2}, "format 2, this version reads 1"),
        ({"transcript": {"turns": [{"number": 1}]}}, r"damaged at turns\.0"),
        ({"transcript": {"turns": [TURNS[0], TURNS[2]]}}, "turn 2 of the export is misnumbered"),
        ({"transcript": {"turns": [TURNS[0]]}}, "no turn is the candidate's"),
        ({"transcript": {"turns": TURNS, "marks": [{"turn": 9, "kind": "twist", "label": "x", "text": "y"}]}}, "points to a turn"),
        ({"transcript": 5}, "damaged at the transcript"),
    ],
)
def test_a_damaged_export_is_told(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(TranscriptError, match=told):
        read_transcript(export(**changes))


def test_a_log_gives_lines_and_answers_with_their_seconds() -> None:
    transcript = read_transcript(log(line("Why?"), answer("Cost.")))

    assert [(turn.role, turn.text, turn.seconds) for turn in transcript.turns] == [
        ("interviewer", "Why?", None),
        ("candidate", "Cost.", 12.5),
    ]
    assert transcript.source == "session s1"


def test_what_was_taken_back_does_not_count() -> None:
    transcript = read_transcript(log(line("Why?"), answer("Dunno."), line("Hm."), Retracted(at=3, since=2), answer("Cost.")))

    assert [turn.text for turn in transcript.turns] == ["Why?", "Cost."]


def test_a_twist_marks_the_turn_in_which_it_was_broken() -> None:
    twist = TwistFired(at=3, twist="data-lost", by="maya", reason="turn 1", seed=7)
    transcript = read_transcript(log(line("Why?"), answer("Cost."), twist, line("The data is gone."), answer("Then a baseline.")))

    assert [(mark.turn, mark.kind, mark.label) for mark in transcript.marks] == [(3, "twist", "data-lost")]


def test_numbered_lines_of_a_log_are_read_too() -> None:
    lines = log(line("Why?"), answer("Cost.")).split("\n")
    numbered = [lines[0], *(json.dumps({"seq": seq, **json.loads(one)}) for seq, one in enumerate(lines[1:], start=1))]

    assert len(read_transcript("\n".join(numbered)).turns) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (log(line("Why?"), events=5), "ends after 1 of 5 events"),
        (log(line("Why?"), format=9), "format 9, this version reads 1"),
        (log(line("Why?")) + '\n{"type": "nonsense", "at": 1}', "line 3 of the session log is no event"),
        (log(line("Why?")) + '\n{"type": "li', "line 3 of the session log is not whole JSON"),
        (log(line("Why?")) + "\n5", "line 3 of the session log is no event"),
    ],
)
def test_a_damaged_log_is_told_by_line(text: str, told: str) -> None:
    with pytest.raises(TranscriptError, match=told):
        read_transcript(text)
