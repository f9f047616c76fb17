"""The JSON object of a report, and the session export."""

from __future__ import annotations

import json

from agent.reading import read_transcript
from agent.report import as_json, report_object, session_object
from agent.transcript import Transcript
from agent.verdict import GradeReport


def test_the_object_is_the_report(report: GradeReport) -> None:
    data = json.loads(as_json(report_object(report)))

    assert GradeReport.model_validate_json(json.dumps(data)) == report
    assert data["format"] == 1
    assert {"rubric", "judge", "verdicts", "delivery", "overall"} <= set(data)
    assert set(data["rubric"]) == {"id", "version", "sha256"}
    assert {"state", "level", "score", "confidence", "evidence", "reasoning"} <= set(data["verdicts"]["adaptability"])
    assert data["verdicts"]["storytelling"]["level"] is None


def test_an_export_is_read_back_as_it_was(report: GradeReport, transcript: Transcript) -> None:
    text = as_json(session_object(transcript, report=report, session={"id": "fraud-7f3a"}))

    assert read_transcript(text) == transcript
    assert json.loads(text)["report"] == report_object(report)


def test_an_export_without_a_grade_says_so(transcript: Transcript) -> None:
    assert session_object(transcript)["report"] is None
