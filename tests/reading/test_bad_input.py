"""Files that are no transcript, and noise: a sentence each, never a traceback."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.errors import TranscriptError
from agent.reading import read_transcript
from agent.transcript import Transcript

TALK = "Maya: Why?\nMe: Café costs €41.\n"


def test_a_file_is_read_and_named_as_the_source(tmp_path: Path) -> None:
    path = tmp_path / "call.txt"
    path.write_text(TALK, encoding="utf-8")

    assert read_transcript(path) == read_transcript(str(path))
    assert read_transcript(path).source == "call.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_say_what_they_are_work(encoding: str) -> None:
    assert read_transcript(TALK.encode(encoding)).turns[1].text == "Café costs €41."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (TALK.encode("cp1252"), r"not valid UTF-8 \(byte 19\); save it as UTF-8, for example: iconv"),
        (TALK.encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (codecs.BOM_UTF16_LE + b"a", "not valid UTF-16"),
        (b"PK\x03\x04rest", "a zip or Office file, not text"),
        (b"%PDF-1.7", "a PDF, not text"),
        (b"Maya: \x00", "a binary file"),
        (b"", "nothing in the transcript"),
        (b" \n\t\n", "nothing in the transcript"),
        (b"a" * 5_000_001, "larger than the limit of 5 MB"),
        (b"Me: x\n" * 100_001, "more than 100,000 lines"),
        (b"Maya: x\nMe: y\n" * 1_001, "2,002 turns, the limit is 2,000"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"messages": ' + b"[" * 60 + b"]" * 60 + b"}", "nested too deeply"),
        (b'[{"role": "user", "content": NaN}]', "holds NaN"),
        (b'[{"role": "user", "content": ' + b"9" * 5_000 + b"}]", "a number too long"),
        (b'{"messages": [{"role": "us', "not whole JSON: .* line 1, column"),
    ],
)
def test_content_that_is_no_transcript(content: bytes, told: str) -> None:
    with pytest.raises(TranscriptError, match=told):
        read_transcript(content)


@pytest.mark.parametrize("path", ["no-such-file.txt", "nul\0byte", "x" * 5_000, "\ud800"])
def test_paths_that_are_none(path: str) -> None:
    with pytest.raises(TranscriptError, match=r"there is no file|cannot be read"):
        read_transcript(path)


def test_a_directory_is_told(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="is a directory; name the transcript file in it"):
        read_transcript(tmp_path)


def assert_whole(transcript: Transcript) -> None:
    assert {turn.role for turn in transcript.turns} == {"candidate", "interviewer"}
    assert [turn.number for turn in transcript.turns] == list(range(1, len(transcript.turns) + 1))
    assert all(turn.text and "\x1b" not in turn.text and "\u202e" not in turn.text for turn in transcript.turns)
    assert Transcript.model_validate_json(transcript.model_dump_json()) == transcript


def assert_read_or_told(given_text: Any, candidate: str | None = None) -> None:
    try:
        transcript = read_transcript(given_text, candidate=candidate)
    except TranscriptError:
        return
    assert_whole(transcript)


NOTATION = """Maya: why
Me: so
**Me:** x
[00:01] Me: x
WEBVTT

1
00:01.000 --> 00:02.000
<v Me>x
<v>
system: 5
  Me: x
{"hotseat":"session-log","format":1}
{"type":"candidate_said","at":1,"text":"x"}
{"format":1,"transcript":{}}
{"messages":[{"role":"user","content":"x"},
{
[
]
""".splitlines(keepends=True)

PIECES = st.lists(
    st.one_of(
        st.sampled_from(NOTATION),
        st.text(max_size=20),
    ),
    max_size=25,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(text=PIECES, candidate=st.one_of(st.none(), st.sampled_from(["Me", "Maya"]), st.text(max_size=5)))
def test_any_text_is_read_or_told(text: str, candidate: str | None) -> None:
    assert_read_or_told("\n" + text, candidate)


@settings(max_examples=300, deadline=None)
@given(content=st.one_of(st.binary(max_size=300), PIECES.map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes_are_read_or_told(content: bytes) -> None:
    assert_read_or_told(content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["role", "content", "name", "text", "turns"]), inner),
    max_leaves=12,
)
MESSAGES = st.lists(
    st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant", "system", "x"]), "content": JSON}, optional={"name": JSON})
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.one_of(JSON, MESSAGES, st.fixed_dictionaries({"format": st.just(1), "transcript": JSON})))
def test_any_json_is_read_or_told(data: Any) -> None:
    assert_read_or_told("\n" + json.dumps(data))
