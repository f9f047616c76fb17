"""The report and the session as JSON."""

from __future__ import annotations

import json
from typing import Any

from agent.transcript import Transcript
from agent.verdict import GradeReport

EXPORT_FORMAT = 1
"""Version of the session export's shape; `agent.reading` reads it back."""


def report_object(report: GradeReport) -> dict[str, Any]:
    """The one object that `--json` prints."""
    return report.model_dump(mode="json")


def session_object(transcript: Transcript, *, report: GradeReport | None = None, session: dict[str, Any] | None = None) -> dict[str, Any]:
    """A whole session: what was said, its report if it was graded, and what is known of the session."""
    return {
        "format": EXPORT_FORMAT,
        "transcript": transcript.model_dump(mode="json"),
        "report": report and report_object(report),
        "session": session or {},
    }


def as_json(data: dict[str, Any]) -> str:
    """`data` as JSON to be read by people and programs.

    Raises:
        ValueError: a number in it is NaN or infinite.
    """
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
