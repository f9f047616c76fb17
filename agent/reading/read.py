"""Finds out what format a transcript is in, and reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agent.errors import TranscriptError
from agent.reading.chat import read_chat
from agent.reading.json_text import parsed
from agent.reading.named_lines import read_named_lines
from agent.reading.own_export import read_export
from agent.reading.said import Said, cleaned, merged, need_both, transcript_of
from agent.reading.session_log import is_session_log, read_session_log
from agent.reading.source import Source, load
from agent.reading.srt import is_srt, read_srt
from agent.reading.vtt import is_vtt, read_vtt
from agent.transcript import Transcript

MAX_LINES = 100_000
_JSON = re.compile(r"\s*(?:\{|\[\s*(?:[\[{\"\]]|$))")


def read_transcript(path_or_text: Path | str | bytes, *, candidate: str | None = None) -> Transcript:
    """The transcript in a file (or in text or bytes that were read before).

    Reads our JSON export and session log, chat JSON, `Name: text` lines, WebVTT and SRT, and tells them apart
    itself. `candidate` names the candidate where the format does not.

    Raises:
        TranscriptError: it cannot be read as a talk between a candidate and somebody else; the text says why and what to do.
    """
    source = load(path_or_text)
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise TranscriptError("there is nothing in the transcript; it needs at least a question and an answer")
    if text.count("\n") > MAX_LINES:
        raise TranscriptError(f"the transcript has more than {MAX_LINES:,} lines; cut it down to the one interview that should be graded")
    if is_session_log(text):
        said, session = read_session_log(text)
        return _with_roles(cleaned(said), source, note=session and f"session {session}")
    if _JSON.match(text):
        return _from_json(parsed(text), source, candidate)
    said = _captions_or_lines(text.strip("\n"), candidate)
    return transcript_of(merged(cleaned(said)), candidate=candidate, source=source.name)


def transcript_of_messages(messages: Sequence[dict[str, Any]]) -> Transcript:
    """The transcript of chat messages: `role` (assistant or user), `content`, maybe `name`.

    Raises:
        TranscriptError: a message has no known role or no text, or only one side speaks.
    """
    chat = read_chat(list(messages))
    return _with_roles(merged(cleaned(chat.said)), Source("", ""), note=chat.note)


def _captions_or_lines(text: str, candidate: str | None) -> list[Said]:
    if is_vtt(text):
        return read_vtt(text, candidate)
    if is_srt(text):
        return read_srt(text, candidate)
    return read_named_lines(text, candidate)


def _from_json(data: Any, source: Source, candidate: str | None) -> Transcript:
    if isinstance(data, dict) and "transcript" in data:
        return read_export(data)
    if isinstance(data, dict) and "verdicts" in data:
        raise TranscriptError("this is a report without its transcript; export the session whole: hotseat export SESSION --format json")
    if isinstance(data, dict) and "messages" not in data:
        raise TranscriptError('this JSON holds neither "transcript" nor "messages"; give chat JSON: {"messages": [{"role", "content"}]}')
    chat = read_chat(data["messages"] if isinstance(data, dict) else data)
    return _with_roles(merged(cleaned(chat.said)), source, note=chat.note, candidate=candidate)


def _with_roles(turns: list[Said], source: Source, *, note: str, candidate: str | None = None) -> Transcript:
    where = "; ".join(part for part in (source.name, note) if part)
    transcript = transcript_of(turns, candidate=candidate, source=where)
    need_both(transcript.turns)
    return transcript
