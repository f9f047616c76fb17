"""`hotseat grade`: a session or a transcript file, graded and shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.models import chosen
from agent.cli.screen import Screen
from agent.cli.setup import Options as Options
from agent.cli.setup import is_person, make_engine, make_screen, open_store
from agent.errors import InputError, SessionNotFound

if TYPE_CHECKING:
    from agent.engine import Engine
    from agent.rubric import Rubric
    from agent.session import Interview
    from agent.transcript import Transcript
    from agent.verdict import GradeReport


def grade_session(interview: Interview, screen: Screen) -> GradeReport:
    """Grades a session, keeps the report in its log, and shows it."""
    from agent.grading import grade

    report = grade(interview)
    interview.keep_report(report)
    show(report, interview.transcript, interview.stage.rubric, screen)
    screen.note(f"Keep it: hotseat export {interview.session} --format html")
    return report


def grade_command(source: str, options: Options, *, as_json: bool, html: Path | None, rubric: str | None, candidate: str | None) -> None:
    """Grades SOURCE, a session's id or a file, and shows or writes the report."""
    from agent.report import to_html

    engine = make_engine(options.library, chosen(options))
    report, transcript = _graded(source, engine, rubric, candidate)
    used = engine.rubric(f"{report.rubric.id}@{report.rubric.version}")
    if html:
        write(html, to_html(report, transcript, rubric=used))
    if as_json:
        print(report.model_dump_json(indent=2))  # noqa: T201
        return
    screen = make_screen(options)
    show(report, transcript, used, screen)
    if html:
        screen.note(f"Written: {html}")


def show(report: GradeReport, transcript: Transcript, rubric: Rubric, screen: Screen) -> None:
    """A report on the screen."""
    from agent.report import to_terminal

    screen.console.print(to_terminal(report, transcript, rubric=rubric, plain=screen.plain))


def write(file: Path, text: str) -> None:
    """Writes a file, and makes the folder that it lies in where there is none.

    Raises:
        InputError: it cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot write {file}: {error.strerror}") from error


def _graded(source: str, engine: Engine, rubric: str | None, candidate: str | None) -> tuple[GradeReport, Transcript]:
    from agent.grading import grade
    from agent.reading import read_transcript

    if looks_like_file(source):
        transcript = read_transcript(Path(source), candidate=candidate)
        return grade(transcript, rubric=rubric, engine=engine), transcript
    return _graded_session(source, engine, rubric)


def _graded_session(source: str, engine: Engine, rubric: str | None) -> tuple[GradeReport, Transcript]:
    from agent.cli.rating import can_be_rated, rate
    from agent.grading import grade
    from agent.session import Interview

    with open_store() as store:
        try:
            session = store.resolve(source)
        except SessionNotFound as error:
            raise SessionNotFound(source, known=[row.id for row in store.sessions()]) from error
        interview = Interview.resume(session, store, engine=engine)
        if can_be_rated(interview) and is_person(Options()):
            rate(interview, make_screen(Options()))
        report = grade(interview, rubric=rubric)
        interview.keep_report(report)
        return report, interview.transcript


def looks_like_file(source: str) -> bool:
    """Whether the user means a file: it exists, or it is written like a path."""
    return Path(source).exists() or any(mark in source for mark in "./\\")
