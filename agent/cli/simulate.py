"""`hotseat simulate`: a scene played by a simulated candidate, with what was found in the log."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from agent.cli.models import chosen
from agent.cli.screen import Screen
from agent.errors import InputError
from agent.sync import run_sync

if TYPE_CHECKING:
    from agent.cli.setup import Options
    from agent.library import Library
    from agent.session import Interview
    from agent.simulation.checks import Findings
    from agent.simulation.play import Player
    from agent.utterance import Utterance
    from agent.walkthrough import Walkthrough

DEFAULT_SEED = 1
WORDS_PER_MINUTE = 60


def simulate(options: Options, *, candidate: str, walkthrough: Path | None, as_json: bool) -> None:
    """Plays, shows the talk, checks the log, grades. Models take part only where the command line names them.

    Raises:
        InputError: something was found that must not be.
    """
    from agent.engine import Engine
    from agent.library import Library
    from agent.models import Models
    from agent.session import Interview
    from agent.simulation.checks import check
    from agent.simulation.clock import SimulatedClock
    from agent.simulation.play import play

    clock, scenario = SimulatedClock(), options.scenario or ""
    models = chosen(options) if options.model or options.voice or options.observer else Models()
    engine = Engine(library=Library.default(options.library), clock=clock, models=models)
    written = _written(walkthrough, scenario)
    seed = options.seed if options.seed is not None else written.seed if written else DEFAULT_SEED
    interview = Interview(scenario, seed=seed, engine=engine)
    player, pace = _player(engine.library, candidate, written, seed)
    screen = Screen(plain=options.plain, pauses=False)

    def show(lines: list[Utterance], said: str | None) -> None:
        if said is not None:
            screen.said(said)
        screen.says(lines, interview.stage)

    quiet = {} if as_json else {"show": show}
    run_sync(play(interview, player, clock, words_per_minute=pace, **quiet))
    findings = check(interview.events, interview.scene, interview.stage)
    _report(interview, findings, screen, as_json=as_json)
    if findings.problems:
        raise InputError(f"the session breaks what has to hold: {'; '.join(findings.problems)}")


def _written(file: Path | None, scenario: str) -> Walkthrough | None:
    """The walkthrough in a file.

    Raises:
        InputError: it is one of another scene.
    """
    from agent.simulation.walkthroughs import read_walkthrough

    written = read_walkthrough(file) if file else None
    if written and written.scenario != scenario:
        raise InputError(f"{file} is a walkthrough of {written.scenario!r}; play it with: hotseat simulate {written.scenario}")
    return written


def _player(library: Library, candidate: str, written: Walkthrough | None, seed: int) -> tuple[Player, int]:
    from agent.simulation.answering import player_of
    from agent.simulation.play import ReadingPlayer

    if written:
        return ReadingPlayer(written), WORDS_PER_MINUTE
    simulated = library.candidate(candidate)
    return player_of(simulated, seed), simulated.words_per_minute


def _report(interview: Interview, findings: Findings, screen: Screen, *, as_json: bool) -> None:
    from agent.grading import grade

    report = grade(interview)
    levels = {name: verdict.level if verdict.state == "scored" else str(verdict.state) for name, verdict in report.verdicts.items()}
    if as_json:
        typer.echo(json.dumps({**asdict(findings), "problems": findings.problems, "levels": levels}, indent=2))
        return
    screen.heading("What the log shows")
    screen.text(f"Ended: {findings.ended or 'nobody ended it'}, after {findings.turns} answers; cut in {findings.cuts} times.")
    for title, found in (("Twists", findings.twists), ("Positions", findings.positions)):
        screen.text(f"{title}: {', '.join(f'{name} {state}' for name, state in found.items()) or 'none'}.")
    screen.text(f"Facts brought out: {', '.join(findings.facts) or 'none'}.")
    screen.text("Levels: " + ", ".join(f"{name} {level}" for name, level in levels.items()) + ".")
    for problem in findings.problems:
        screen.text(f"Wrong: {problem}.")
