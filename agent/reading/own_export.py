"""Our own JSON export: a transcript as it is, with its turn numbers kept, because a report cites them."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from agent.errors import TranscriptError
from agent.reading.said import check_length, need_both
from agent.transcript import Transcript

EXPORT_FORMAT = 1
"""Version of the export's shape, `{"format", "transcript", "report", "session"}`."""


def read_export(data: dict[str, Any]) -> Transcript:
    """The transcript inside an export.

    Raises:
        TranscriptError: another format version, a broken transcript, or only one side of the talk.
    """
    if data.get("format") != EXPORT_FORMAT:
        raise TranscriptError(
            f"the export has format {data.get('format')!r}, this version reads {EXPORT_FORMAT}; update Hotseat: pip install -U hotseat"
        )
    try:
        transcript = Transcript.model_validate(data["transcript"])
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the transcript"
        raise TranscriptError(f"the export is damaged at {where[:200]}: {first['msg'].lower()}; export the session again") from None
    _check(transcript)
    return transcript


def _check(transcript: Transcript) -> None:
    check_length(transcript.turns)
    for number, turn in enumerate(transcript.turns, start=1):
        if turn.number != number or not turn.text:
            raise TranscriptError(f"turn {number} of the export is misnumbered or empty; export the session again")
    if any(not 1 <= mark.turn <= len(transcript.turns) for mark in transcript.marks):
        raise TranscriptError("a mark of the export points to a turn that is not there; export the session again")
    need_both(transcript.turns)
