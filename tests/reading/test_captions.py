"""WebVTT and SRT, read through the public function."""

from __future__ import annotations

import pytest

from agent.errors import TranscriptError
from agent.reading import read_transcript
from agent.transcript import Transcript

VTT = """WEBVTT - a call

STYLE
::cue { color: red }

NOTE
Maya: this is a note

intro
00:01.000 --> 00:03.000 align:start position:10%
<v.loud Maya Chen>Why <i>this</i> metric &amp; not recall?</v>

00:00:03.000 --> 00:00:05.500
<v You>Because of

00:00:05.500 --> 00:01:03.000
<v You>Because of cost: $41 each.
"""


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def test_voice_tags_name_the_speakers_and_blocks_that_are_no_cue_are_left_out() -> None:
    transcript = read_transcript(VTT)

    assert said(transcript) == [("Maya Chen", "Why this metric & not recall?"), ("You", "Because of cost: $41 each.")]
    assert [turn.role for turn in transcript.turns] == ["interviewer", "candidate"]
    assert transcript.turns[0].seconds == 2.0


def test_rolling_captions_are_said_once() -> None:
    rolling = """WEBVTT

00:01.000 --> 00:02.000
Maya: Why?

00:02.000 --> 00:04.000
Ben: we start with
the labels

00:04.000 --> 00:06.000
the labels
then the model
"""
    assert said(read_transcript(rolling, candidate="Ben"))[1] == ("Ben", "we start with\nthe labels\nthen the model")


def test_the_same_word_said_again_later_stays() -> None:
    again = "WEBVTT\n\n00:01.000 --> 00:02.000\nMaya: Well?\n\n00:03.000 --> 00:04.000\nMe: Yes.\n\n00:09.000 --> 00:10.000\nYes.\n"

    assert said(read_transcript(again))[1] == ("Me", "Yes.\nYes.")


def test_srt_with_names_in_the_captions() -> None:
    srt = (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nMaya: Why?\r\n\r\n2\r\n00:00:02,000 --> 00:00:04,000\r\n{\\an8}Me: Cost.\r\n\r\n"
        "3\r\n00:00:04,000 --> 00:00:09,000\r\n<b>And</b> time.\r\n"
    )
    transcript = read_transcript(srt)

    assert said(transcript) == [("Maya", "Why?"), ("Me", "Cost.\nAnd time.")]
    assert [turn.seconds for turn in transcript.turns] == [1.0, 7.0]


def test_captions_without_names_are_told() -> None:
    with pytest.raises(TranscriptError, match="does not say who speaks"):
        read_transcript("WEBVTT\n\n00:01.000 --> 00:02.000\nwhy this metric\n")
