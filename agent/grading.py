"""Grading anything that is a talk: an interview, a transcript, chat messages, a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agent.debriefing import debrief
from agent.engine import Engine, default_engine
from agent.errors import SessionError
from agent.events import Event
from agent.judge import ModelJudge, Panel
from agent.protocols import Judge
from agent.reading import read_transcript
from agent.reading.read import transcript_of_messages
from agent.record import grading_context
from agent.rubric import Rubric
from agent.session import Interview
from agent.sync import run_sync
from agent.transcript import Transcript
from agent.usage import graded_by
from agent.verdict import GradeReport

Gradable = Interview | Transcript | Path | str | Sequence[dict[str, Any]] | dict[str, Any]

DEFAULT_RUBRIC = "core"


async def agrade(
    source: Gradable, *, rubric: str | None = None, judge: Judge | None = None, candidate: str | None = None, engine: Engine | None = None
) -> GradeReport:
    """Grades `source` against a rubric.

    Args:
        source: an `Interview`, a `Transcript`, chat messages (a list, or under `messages`), or the path of a transcript file.
        rubric: `slug` or `slug@version`; an interview's own, else the newest `core`.
        judge: who grades; the embedded judge unless given.
        candidate: the candidate's name in a file of `Name: text` lines.

    Raises:
        TranscriptError: the file is no transcript with a candidate in it.
        LibraryError: there is no such rubric.
        SessionError: the interview is assessed and its pinned rubric has changed.
    """
    if isinstance(source, Interview):
        return await _grade_interview(source, rubric, judge)
    engine = engine or default_engine()
    transcript, chosen = _transcript(source, candidate), engine.rubric(rubric or DEFAULT_RUBRIC)
    engine.prepare(chosen)
    report, calls = await _judged(judge or engine.judge, transcript, chosen)
    return report.model_copy(update={"context": _account(calls)})


def grade(
    source: Gradable, *, rubric: str | None = None, judge: Judge | None = None, candidate: str | None = None, engine: Engine | None = None
) -> GradeReport:
    """See `agrade`."""
    return run_sync(agrade(source, rubric=rubric, judge=judge, candidate=candidate, engine=engine))


async def _grade_interview(interview: Interview, rubric: str | None, judge: Judge | None) -> GradeReport:
    if not interview.is_started:
        raise SessionError("the interview has not started, so there is nothing to grade; call start() first")
    chosen = interview.engine.rubric(rubric) if rubric else interview.stage.rubric
    if interview.mode == "assessed" and not rubric:
        _pinned_rubric_stands(interview)
    interview.engine.prepare(chosen)
    report, calls = await _judged(judge or interview.engine.judge_of(interview.scene), interview.transcript, chosen)
    levels = {name: verdict.level for name, verdict in report.verdicts.items()}
    shown = debrief(interview.events, interview.stage, levels, calls)
    context = grading_context(interview.events) | _account(calls)
    return report.model_copy(update={"context": context, "debrief": shown})


async def _judged(judge: Judge, transcript: Transcript, rubric: Rubric) -> tuple[GradeReport, list[dict[str, Any]]]:
    """The report, and the account of the model calls it took."""
    if isinstance(judge, ModelJudge | Panel):
        return await judge.grading(transcript, rubric)
    return await judge.grade(transcript, rubric), []


def _account(calls: list[dict[str, Any]]) -> dict[str, Any]:
    """What a report says about its own price."""
    return {"calls": calls, "graded": graded_by(calls)} if calls else {}


def _pinned_rubric_stands(interview: Interview) -> None:
    name = f"rubric/{interview.stage.rubric.name}"
    if name in interview.changed_documents():
        raise SessionError(f"the session pinned {name}, which has changed since; restore it, or name a rubric with --rubric")


def _transcript(source: Transcript | Path | str | Sequence[dict[str, Any]] | dict[str, Any], candidate: str | None) -> Transcript:
    if isinstance(source, Transcript):
        return source
    if isinstance(source, dict):
        return transcript_of_messages(source.get("messages", []))
    if isinstance(source, (str, Path)):
        return read_transcript(Path(source), candidate=candidate)
    return transcript_of_messages(source)


def last_report(events: Sequence[Event]) -> GradeReport | None:
    """The newest report in a log, as it was given."""
    reports = [event.report for event in events if event.type == "graded"]
    return GradeReport.model_validate(reports[-1]) if reports else None
