"""Lines that were broken in mid-sentence, and lines that somebody began anew."""

from __future__ import annotations

import pytest

from agent.prose import sentences
from agent.reading.flow import flowing
from agent.reading.read import read_transcript

WIDE = "I'd first ask how many customers were hit, since the number that I"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([WIDE, "have is a month old."], f"{WIDE} have is a month old."),
        ([WIDE, "I know is a month old."], f"{WIDE} I know is a month old."),
        ([WIDE, "élan vital aside, is old."], f"{WIDE} élan vital aside, is old."),
        ([WIDE, "4 of them saw is old."], f"{WIDE} 4 of them saw is old."),
        ([f"{WIDE}.", "have a look."], f"{WIDE}.\nhave a look."),
        ([WIDE, "Then I'd ask who pays."], f"{WIDE}\nThen I'd ask who pays."),
        ([WIDE, "10. the labels"], f"{WIDE}\n10. the labels"),
        ([WIDE, "- the labels"], f"{WIDE}\n- the labels"),
        ([WIDE, "", "have is old."], f"{WIDE}\n\nhave is old."),
        (["check the labels", "then ask who pays"], "check the labels\nthen ask who pays"),
        ([], ""),
    ],
)
def test_what_was_wrapped_is_joined_and_what_was_begun_anew_is_not(lines, text) -> None:
    assert flowing(lines, spoken=False) == text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["I'd ask", "Amsterdam first.", "Then", "the others."], "I'd ask Amsterdam first.\nThen the others."),
        (["I'd ask", "Amsterdam first", "then the others"], "I'd ask\nAmsterdam first\nthen the others"),
        (["Two things.", "First,", "- the labels."], "Two things.\nFirst,\n- the labels."),
    ],
    ids=["broken anywhere", "without marks", "a list"],
)
def test_captions_are_joined_where_they_have_sentences(lines, text) -> None:
    assert flowing(lines, spoken=True) == text


def test_a_file_wrapped_at_eighty_columns_has_whole_sentences() -> None:
    talk = read_transcript(
        "Interviewer: What would you do?\n"
        "Candidate: I'd pick the threshold where the cost of a blocked customer and the\n"
        "  cost of a missed fraud are lowest together, instead of the highest recall.\n"
        "  And I'd tell support before it goes live.\n"
    )
    said = talk.candidate_turns[0].text
    assert len(sentences(said)) == 2
    assert "blocked customer and the cost of a missed fraud" in said


def test_a_recorded_call_has_whole_sentences() -> None:
    talk = read_transcript(
        "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Mara>What would you do?\n\n"
        "00:02.000 --> 00:04.000\n<v Candidate>I'd pick the threshold\n\n"
        "00:04.000 --> 00:06.000\n<v Candidate>where both costs are lowest.\n\n"
        "00:06.000 --> 00:08.000\n<v Candidate>And I'd tell support.\n"
    )
    assert sentences(talk.candidate_turns[0].text) == ["I'd pick the threshold where both costs are lowest.", "And I'd tell support."]
