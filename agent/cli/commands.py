"""The slash commands of a live session."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from agent.cli.screen import Screen, unwrap
from agent.errors import HotseatError, SequenceConflict
from agent.events import FactRevealed, Line, Noted, TestRan, TwistFired
from agent.interview.stage import Stage
from agent.repair import Repair, current_text
from agent.report.text import named
from agent.scene import effective
from agent.session import Interview
from agent.workbench.enforcement import enforced

HELP = {
    "/hint": "help for this part of the talk (practice mode); ask again for more",
    "/repeat": "the last lines again",
    "/brief": "the situation and your goal again",
    "/aside": "/aside NAME TEXT says something to one person alone",
    "/room": "/room TEXT says something to everybody, when the last line was for you alone",
    "/notes": "what you were told so far, and your notes; /notes TEXT adds one",
    "/open": "the papers on the table; /open NAME shows one",
    "/edit": "the broken file in your editor ($VISUAL or $EDITOR)",
    "/run": "the test of the broken file, in a sandbox",
    "/retry": "take your last answer back and give another (practice mode)",
    "/pause": "stop the clock and leave the table; resume whenever you like",
    "/leave": "end the scene now and be graded on what was said",
    "/help": "this list",
}


class After(Enum):
    """What the table does after a command."""

    GO_ON = "go on"
    PAUSE = "pause"
    LEAVE = "leave"


def is_command(text: str) -> bool:
    """Whether a line is meant for the program: a slash and a word, nothing like a path or a fraction."""
    return text.startswith("/") and text[1:2].isalpha() and "/" not in text.split()[0][1:]


def run(text: str, interview: Interview, screen: Screen) -> After:
    """Carries a command out.

    Raises:
        SequenceConflict: another terminal went on with this session.
    """
    name, _, rest = text.partition(" ")
    if name in ("/pause", "/leave"):
        return After.PAUSE if name == "/pause" else After.LEAVE
    action = _ACTIONS.get(name)
    if action is None:
        screen.note(f"There is no {name}. /help lists what there is.")
        return After.GO_ON
    try:
        action(interview, screen, rest.strip())
    except SequenceConflict:
        raise
    except HotseatError as error:
        screen.note(str(error))
    return After.GO_ON


def _help(interview: Interview, screen: Screen, rest: str) -> None:
    for name, meaning in HELP.items():
        screen.text(f"{name:8} {meaning}")


def _hint(interview: Interview, screen: Screen, rest: str) -> None:
    screen.note(f"Hint: {interview.hint() or 'that is all the help there is for this part.'}")


def _repeat(interview: Interview, screen: Screen, rest: str) -> None:
    turns = list(interview.transcript.turns)
    last = max((index for index, turn in enumerate(turns) if turn.role == "candidate"), default=-1)
    for turn in turns[last + 1 :]:
        screen.text(f"{named(turn)}: {turn.text}")


def _brief(interview: Interview, screen: Screen, rest: str) -> None:
    scenario = interview.stage.scenario
    screen.text(f"{unwrap(scenario.brief)}\n\nYour goal: {unwrap(scenario.goal)}")


def _notes(interview: Interview, screen: Screen, rest: str) -> None:
    if rest:
        interview.note(rest)
        screen.note("Noted.")
        return
    stage, events = interview.stage, effective(interview.events)
    void = {fact for event in events if isinstance(event, TwistFired) for fact in stage.uses[event.twist].voids}
    lines = [line for event in events if (line := _noted(event, stage, void))]
    screen.text("\n".join(f"- {line}" for line in lines) or "Nothing yet: nobody has told you anything you did not know.")


def _noted(event: object, stage: Stage, void: set[str]) -> str:
    if isinstance(event, FactRevealed):
        gone = " (no longer true)" if event.fact in void else ""
        return f"{stage.name(event.by)} told you: {stage.facts[event.fact].short}{gone}"
    if isinstance(event, Line) and event.move == "news":
        return f"{stage.name(event.speaker)}: {event.text}"
    return f"Your note: {event.text}" if isinstance(event, Noted) else ""


def _open(interview: Interview, screen: Screen, rest: str) -> None:
    artifacts = {artifact.id: artifact for artifact in interview.stage.scenario.artifacts}
    if len(artifacts) == 1 and not rest:
        rest = next(iter(artifacts))
    if rest in artifacts:
        screen.heading(artifacts[rest].title)
        screen.paper(current_text(interview, artifacts[rest]))
        test = artifacts[rest].test
        if test:
            screen.heading("Its test")
            screen.paper(test)
    elif artifacts:
        screen.text("\n".join(f"/open {name}: {artifact.title}" for name, artifact in artifacts.items()))
    else:
        screen.note("There are no papers on the table in this scene.")


def _edit(interview: Interview, screen: Screen, rest: str) -> None:
    with Repair(interview, rest or None) as repair:
        before = repair.text
        said = repair.edit()
        if repair.text == before:
            screen.note("Nothing was changed.")
        screen.answered()
        screen.says(said, interview.stage)


def _run(interview: Interview, screen: Screen, rest: str) -> None:
    if not any(isinstance(event, TestRan) for event in interview.events):
        screen.note("The test runs in a sandbox. " + "; ".join(enforced().describe()) + ".")
    try:
        with Repair(interview, rest or None) as repair, screen.waiting("The test is running"):
            ran = repair.run()
    except KeyboardInterrupt:
        screen.note("The test was stopped; nobody has seen it.")
        return
    screen.text(ran.result.output)
    screen.note(ran.result.summary)
    screen.answered()
    screen.says(ran.said, interview.stage)


def _retry(interview: Interview, screen: Screen, rest: str) -> None:
    taken_back = interview.retry()
    screen.note(f"Taken back: {taken_back[:80]}{'…' if len(taken_back) > 80 else ''}")
    _repeat(interview, screen, rest)


_ACTIONS: dict[str, Callable[[Interview, Screen, str], None]] = {
    "/help": _help,
    "/hint": _hint,
    "/repeat": _repeat,
    "/brief": _brief,
    "/notes": _notes,
    "/open": _open,
    "/edit": _edit,
    "/run": _run,
    "/retry": _retry,
}
