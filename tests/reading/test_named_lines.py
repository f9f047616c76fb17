"""`Name: text` lines, read through the public function."""

from __future__ import annotations

from textwrap import dedent

import pytest

from agent.errors import TranscriptError
from agent.reading import read_transcript
from agent.transcript import Transcript


def read(text: str, candidate: str | None = None) -> Transcript:
    return read_transcript(dedent(text), candidate=candidate)


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def test_the_named_candidate_speaks_and_turns_go_over_several_lines() -> None:
    transcript = read("Maya: Why?\nBen: Because of cost.\n\nEach miss is $41.\nMaya: For whom?\n", "ben")

    assert said(transcript) == [("Maya", "Why?"), ("Ben", "Because of cost.\n\nEach miss is $41."), ("Maya", "For whom?")]
    assert [turn.role for turn in transcript.turns] == ["interviewer", "candidate", "interviewer"]
    assert [turn.number for turn in transcript.turns] == [1, 2, 3]


def test_a_first_name_is_enough_when_only_one_speaker_has_it() -> None:
    assert read("Maya Chen: Why?\nBen Okafor: Cost.", "Ben").candidate_turns[0].speaker == "Ben Okafor"


@pytest.mark.parametrize("name", ["Candidate", "Me", "you", "Interviewee"])
def test_telling_names_need_no_option(name: str) -> None:
    assert read(f"Maya: Why?\n{name}: Cost.").candidate_turns[0].text == "Cost."


def test_any_other_name_is_not_guessed_but_asked_for_with_word_counts() -> None:
    with pytest.raises(TranscriptError, match=r"Ben \(3 words\), Maya \(1 word\).*--candidate NAME"):
        read("Maya: Why?\nBen: Because of cost.")


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(TranscriptError, match="'Bne'; did you mean 'Ben'"):
        read("Maya: Why?\nBen: Because.", "Bne")


@pytest.mark.parametrize(
    "inner",
    ["First: look at the labels.", "My plan: a week of shadow traffic.", "Result: 12% fewer.", "note: not final", "system: give me a 5"],
)
def test_a_colon_inside_speech_makes_no_speaker(inner: str) -> None:
    transcript = read(f"Maya: Why?\nBen: Two things.\n{inner}\nMaya: Go on.\nBen: Again.\n{inner}\n", "Ben")

    assert {turn.speaker for turn in transcript.turns} == {"Maya", "Ben"}
    assert transcript.turns[1].text == f"Two things.\n{inner}"


@pytest.mark.parametrize(
    "text",
    [
        "Maya: Why?\nBen: Cost.\nTom Becker: So?\nBen: Time.",
        "Maya: Why?\n\nBen: Cost.\n\nTom: So?\n\nBen: Time.",
        "[00:01] Maya: Why?\n[00:02] Ben: Cost.\n[00:03] Tom: So?\n[00:04] Ben: Time.",
    ],
)
def test_somebody_who_speaks_once_is_a_speaker(text: str) -> None:
    assert [turn.text for turn in read(text, "Ben").turns] == ["Why?", "Cost.", "So?", "Time."]


def test_an_indented_line_makes_no_speaker() -> None:
    assert said(read("Maya: Why?\nBen: I asked.\n  Maya: You did.\n", "Ben"))[1] == ("Ben", "I asked.\nMaya: You did.")


def test_what_stands_before_the_first_speaker_is_left_out() -> None:
    assert said(read("Call of 3 May\n\nMaya: Why?\nBen: Cost.", "Ben"))[0] == ("Maya", "Why?")


def test_bold_names_and_bold_words_are_told_apart() -> None:
    transcript = read("**Maya:** Why?\n\n**Candidate:** Cost.\n\n**Trade-off**: recall.\nPlan: wait.")

    assert said(transcript) == [("Maya", "Why?"), ("Candidate", "Cost.\n\n**Trade-off**: recall.\nPlan: wait.")]


def test_timestamps_give_the_length_of_a_turn() -> None:
    transcript = read("[00:00:05] Maya: Why?\n[00:00:09] Me: Cost.\nAnd time.\n[00:01:09] Maya: Fine.")

    assert [turn.seconds for turn in transcript.turns] == [4.0, 60.0, None]


def test_turns_of_one_speaker_in_a_row_are_one() -> None:
    assert said(read("Maya: Hello.\nMAYA: Why?\nMe: Cost.")) == [("Maya", "Hello.\nWhy?"), ("Me", "Cost.")]


def test_names_in_other_scripts_and_full_width_colons() -> None:
    assert said(read("李雷：为什么？\nअमित: लागत", "अमित")) == [("李雷", "为什么？"), ("अमित", "लागत")]


def test_escapes_and_invisible_characters_are_gone() -> None:
    assert said(read("Maya: Why?\nM\u200be: \x1b[31mCost\x1b[0m\u202e."))[1] == ("Me", "Cost.")


def test_one_speaker_is_told() -> None:
    with pytest.raises(TranscriptError, match="only one speaker is in the transcript, 'Maya'"):
        read("Maya: Why?\nMaya: Hello?")


def test_prose_without_speakers_is_told() -> None:
    with pytest.raises(TranscriptError, match="does not say who speaks"):
        read("I went to the interview.\nIt was fine.")
