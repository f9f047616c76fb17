"""`hotseat sessions`, `replay`, `export`, `import` and `delete`: what has been played, and what is kept of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from agent.cli.grading import show, write
from agent.cli.setup import Options, ask, make_engine, make_screen, open_store

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.session import Interview
    from agent.store import SessionRow

Format = Literal["md", "json", "jsonl", "html"]


def list_sessions(*, as_json: bool, plain: bool) -> None:
    """All sessions, the newest first."""
    screen = make_screen(Options(plain=plain))
    with open_store() as store:
        rows = store.sessions()
    if as_json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2, default=str))  # noqa: T201
    elif not rows:
        screen.note("No sessions yet. Play one: hotseat play")
    else:
        for row in rows:
            screen.text(_row(row))


def replay(session: str, *, plain: bool) -> None:
    """A session as it was played, with its report as it was given; nothing is graded again."""
    from agent.grading import last_report

    screen = make_screen(Options(plain=plain))
    interview = _load(session)
    report = last_report(interview.events)
    screen.heading(interview.stage.scenario.title)
    _show_turns(interview, screen)
    if report is None:
        screen.note(f"\nThis session has not been graded. Grade it: hotseat grade {interview.session}")
        return
    show(report, interview.transcript, interview.stage.rubric, screen)


def export(session: str, *, to: Format, out: Path | None) -> None:
    """Writes a session to a file, or to standard output."""
    text = _exported(session, to)
    if out is None:
        print(text, end="" if text.endswith("\n") else "\n")  # noqa: T201
        return
    write(out, text)


def import_session(file: Path, *, as_id: str | None) -> str:
    """Takes in a session exported as JSONL; returns its id."""
    from agent.store import import_jsonl

    with open_store() as store:
        return import_jsonl(store, file, as_id=as_id)


def delete(session: str, *, yes: bool) -> str | None:
    """Deletes a session for good, after asking; returns its id, or None when the user said no."""
    with open_store() as store:
        found = store.resolve(session)
        if not yes and ask(f"Delete session {found} for good? [y/N] ").strip().lower() not in ("y", "yes"):
            return None
        store.delete(found)
        return found


def _exported(session: str, to: Format) -> str:
    from agent.grading import last_report
    from agent.record import grading_context
    from agent.report import as_json, session_object, to_html, to_markdown
    from agent.store import to_jsonl

    interview = _load(session)
    if to == "jsonl":
        return to_jsonl(interview.events)
    report, transcript, rubric = last_report(interview.events), interview.transcript, interview.stage.rubric
    if to == "json":
        return as_json(session_object(transcript, report=report, session=grading_context(interview.events)))
    return (to_html if to == "html" else to_markdown)(report, transcript, rubric=rubric)


def _load(session: str) -> Interview:
    from agent.session import Interview

    with open_store() as store:
        return Interview.resume(store.resolve(session), store, engine=make_engine(None), check=False)


def _show_turns(interview: Interview, screen: Screen) -> None:
    from agent.report.text import named, twist_line

    for turn in interview.transcript.turns:
        for mark in interview.transcript.marks:
            if mark.turn == turn.number:
                screen.note(f"\n— {twist_line(mark)} —")
        screen.text(f"\n[{turn.number}] {named(turn)}: {turn.text}")


def _row(row: SessionRow) -> str:
    when = datetime.fromtimestamp(row.started_at).strftime("%Y-%m-%d %H:%M")
    state = row.ended.replace("_", " ") if row.ended else "paused"
    score = f", score {row.overall:.1f}" if row.overall is not None else ""
    return f"{row.id}  {when}  {row.scenario}  {row.mode}, {row.turns} answers, {state}{score}"
