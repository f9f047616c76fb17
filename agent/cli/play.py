"""`hotseat play` and `hotseat resume`: set the table, play, grade."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from agent.cli.jobpost import posted
from agent.cli.models import chosen, exporting, told
from agent.cli.quiet import forget_typed
from agent.cli.screen import Screen
from agent.cli.setup import Options, ask, is_person, make_engine, make_screen, open_store
from agent.errors import InputError

if TYPE_CHECKING:
    from agent.cli.answers import Answers
    from agent.cli.table import Table, WarmUp
    from agent.engine import Engine
    from agent.session import Interview


def play(options: Options) -> None:
    """A new session from the brief to the report."""
    from agent.cli.table import Table
    from agent.session import Interview
    from agent.settings import Settings

    screen = make_screen(options)
    post = posted(options)
    if post and options.explain:
        post.explain(screen, with_questions=True)
        return
    models = chosen(options)
    exporting(screen, models)
    engine = make_engine(options.library, models)
    scenario = post.slug if post else options.scenario or pick(engine, screen, is_person=is_person(options))
    stage = engine.stage(scenario)
    mode = "assessed" if options.assessed else "practice"
    interview = Interview(scenario, seed=options.seed, mode=mode, minutes=options.minutes, engine=engine, calm=is_calm(options))
    warm_up = _warming(engine, scenario)
    answers = make_answers(options, interview, screen, warm_up)
    screen.brief(stage, [*told(models), *terms_of(interview)])
    if post:
        post.explain(screen)
    is_first = Settings.from_environment().is_first_run
    with told_when_nothing_is_kept(interview, screen), running(warm_up):
        if is_person(options):
            _wait_for_enter(interview, screen, is_first=is_first)
        warm_up.wait_for_first()
        with open_store() as store:
            interview.use(store)
            play_out(Table(interview, screen, answers, warm_up), options)


def resume(session: str, options: Options) -> None:
    """A paused or crashed session, from where its log ends."""
    from agent.cli.table import Table
    from agent.report.text import named
    from agent.session import Interview

    screen = make_screen(options)
    models = chosen(options)
    exporting(screen, models)
    engine = make_engine(options.library, models)
    with open_store() as store:
        interview = Interview.resume(store.resolve(session), store, engine=engine)
        if interview.is_over:
            raise InputError(f"session {interview.session!r} is over; show it with: hotseat replay {interview.session}")
        warm_up = _warming(engine, interview.stage.scenario.slug)
        answers = make_answers(options, interview, screen, warm_up)
        with running(warm_up):
            for line in told(models):
                screen.note(line)
            screen.note(f"Session {interview.session}: {interview.stage.scenario.title}. The last lines were:")
            for turn in interview.transcript.turns[-4:]:
                screen.text(f"\n{named(turn)}: {turn.text}")
            play_out(Table(interview, screen, answers, warm_up), options)


@contextmanager
def running(warm_up: WarmUp) -> Iterator[None]:
    """Lets a warm-up run beside what happens inside."""
    warm_up.start()
    try:
        yield
    finally:
        warm_up.stop()


@contextmanager
def told_when_nothing_is_kept(interview: Interview, screen: Screen) -> Iterator[None]:
    """Says so where Ctrl-C comes before the first line: there is no log yet, and nothing to resume."""
    try:
        yield
    except KeyboardInterrupt:
        if not interview.is_started:
            screen.note("\nNothing was said yet, so nothing was kept.")
        raise


def play_out(table: Table, options: Options) -> None:
    """Plays a session to its end or to a pause, then grades it."""
    from agent.cli.grading import grade_session
    from agent.cli.rating import rate

    over = table.play()
    forget_typed()
    if not over and is_person(options):
        return
    if not table.interview.transcript.candidate_turns:
        table.screen.note("Nothing was said, so there is nothing to grade.")
    elif options.grade:
        if table.interview.stage.scenario.graded and is_person(options) and over:
            rate(table.interview, table.screen)
        grade_session(table.interview, table.screen)


def is_calm(options: Options) -> bool:
    """Whether time pressure is off: by option, or for good by HOTSEAT_CALM."""
    from agent.settings import Settings

    return options.calm or Settings.from_environment().calm


def terms_of(interview: Interview) -> list[str]:
    """The terms of a session, in sentences."""
    from agent.events import Mode

    clock = f"{interview.minutes:g} minutes on the clock" if interview.minutes else "no clock"
    clock = "calm, so no clock, nobody cuts in and silence is fine" if interview.calm else clock
    terms = [
        "The people are played by software.",
        f"Session {interview.session}, seed {interview.seed}, {clock}.",
    ]
    if interview.mode is Mode.ASSESSED:
        rubric = interview.stage.rubric
        sha = interview.stage.pins()[f"rubric/{rubric.name}"][:12]
        terms.append(f"Assessed: rubric {rubric.name} (sha256 {sha}…) and seed {interview.seed} are pinned; no hints, no retries.")
    else:
        terms.append("Practice: /hint helps, /retry takes an answer back, /help shows the rest.")
    return terms


def pick(engine: Engine, screen: Screen, *, is_person: bool) -> str:
    """The scenario that the user picks from the library.

    Raises:
        InputError: nobody is there to pick.
    """
    names = engine.library.names("scenario")
    if not is_person:
        raise InputError(f"name a scenario: hotseat play {{{'|'.join(names)}}}")
    screen.heading("Which scene?")
    for number, name in enumerate(names, start=1):
        scenario = engine.library.scenario(name)
        screen.text(f"{number}. {scenario.title} ({name}), difficulty {scenario.difficulty}, {scenario.minutes} minutes")
    while True:
        picked = ask("Number or name: ").strip()
        if picked in names:
            return picked
        if picked.isdecimal() and 1 <= int(picked) <= len(names):
            return names[int(picked) - 1]
        screen.note(f"Type a number from 1 to {len(names)}, or a name.")


def make_answers(options: Options, interview: Interview, screen: Screen, warm_up: WarmUp) -> Answers:
    """Where the answers come from."""
    from agent.cli.answers import SpokenAnswers, TypedAnswers, WrittenAnswers
    from agent.cli.commands import HELP
    from agent.cli.listening import Listening

    if not is_person(options):
        return WrittenAnswers.read(options.answers)
    if screen.plain:
        return SpokenAnswers()
    listening = Listening(interview, screen, is_ready=lambda: not warm_up.is_alive())
    return TypedAnswers(lambda: screen.clock(interview), commands=HELP, listening=listening)


def _wait_for_enter(interview: Interview, screen: Screen, *, is_first: bool) -> None:
    """Enter starts; on the first run a scene without time pressure is offered as well."""
    screen.text()
    if is_first and not interview.calm:
        screen.note(
            "People may cut in while you type, and a clock runs. Press Enter for that, or type calm for none of it (later: --calm)."
        )
    if ask("Press Enter when you are ready. ").strip().lower() == "calm" and is_first:
        interview.relax()
        screen.note("Calm it is: no clock, nobody cuts in, silence is fine.")


def _warming(engine: Engine, scenario: str) -> WarmUp:
    from agent.cli.table import WarmUp

    return WarmUp(lambda: _load_machine(engine, scenario), lambda stop: engine.warm(scenario, stop))


def _load_machine(engine: Engine, scenario: str) -> None:
    from agent.engine import compiled_graph

    compiled_graph()
    open_store().close()
    engine.meet(scenario)
