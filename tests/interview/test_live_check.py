"""Every check on lines it must turn down and on lines it must let through, and on what people in the library say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from agent.engine import Engine
from agent.events import CandidateSaid, FactRevealed, Line, PositionMoved, Quote
from agent.interview.agreement import concession
from agent.interview.figures import figures, values
from agent.interview.lines import pool
from agent.interview.live_check import Attempt, Fault, LiveCheck
from agent.interview.slips import Slip
from agent.interview.stage import Stage
from agent.memory.embedder import LazyEmbedder
from agent.move import Move
from agent.scene import Scene, empty_scene, fold

HERE = Path(__file__).parent
MAREK, POSITION = "stubborn-teammate", "stubborn-teammate/keep-ninety-five"
PUSHBACK = f"position/{POSITION}/pushback"
WRITTEN = "Angry customers are loud. Robbed ones find out later. Are we sure we aren't steering by noise?"


def _cases(file: str) -> list[tuple[str, str]]:
    listed: dict[str, list[str]] = yaml.safe_load((HERE / file).read_text(encoding="utf-8"))
    return [(check, line) for check, lines in listed.items() for line in lines]


@pytest.fixture(scope="module")
def stage(engine: Engine) -> Stage:
    return engine.stage("fraud-trade-off")


@pytest.fixture(scope="module")
def check(stage: Stage) -> LiveCheck:
    return LiveCheck(stage)


@pytest.fixture(scope="module")
def by_meaning(stage: Stage) -> LiveCheck:
    return LiveCheck(stage, LazyEmbedder())


@pytest.fixture(scope="module")
def ongoing() -> Scene:
    return fold([CandidateSaid(at=0, text="I would go lower.")])


def move(kind: Any = "pushback", name: str = PUSHBACK, **changes: Any) -> Move:
    found: dict[str, Any] = {"speaker": MAREK, "lead": None, "slots": {}, "ask": None, "point": None, "private": False, "events": []}
    return cast("Move", {"kind": kind, "pool": name, **found, **changes})


def attempt(line: str, scene: Scene | None = None, written: str = WRITTEN, **changes: Any) -> Attempt:
    return Attempt(line, move(**changes), scene or empty_scene(), written)


@pytest.mark.parametrize(("name", "line"), _cases("lines_that_fail.yaml"))
def test_a_line_that_cannot_be_said_is_turned_down(check: LiveCheck, name: str, line: str) -> None:
    fault = check.fault(attempt(line))
    assert fault is not None
    assert fault.check == name


@pytest.mark.parametrize(("name", "line"), _cases("lines_that_pass.yaml"))
def test_a_line_that_comes_near_is_let_through(check: LiveCheck, name: str, line: str) -> None:
    assert check.fault(attempt(line)) is None, name


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("Slides don't get paged. I do. What happens to yours?", "Slides don't get paged. I do. What happens to yours?"),
        ("slides don't get paged, I do - what happens to yours", "Slides don't get paged. I do. What happens to yours?"),
        ("Slides don't get paged. I do. So what happens to yours?", "Slides don't get paged. I do. What happens to yours?"),
        ("Well, slides don't get paged. I do. What happens to yours?", "Slides don't get paged. I do. What happens to yours?"),
        ("Who turns it off, and how long does that take us?", "Who turns it off, and how long does that take?"),
        ("Who turns it off, then, and how long does that take?", "Who turns it off, and how long does that take?"),
        ("Go on.", "Go on."),
        ("The people on duty will pay for that.", "The people on duty will pay for it."),
        ("I would lower it for everybody on Monday.", "I would lower it for everybody on Monday."),
    ],
)
def test_what_was_said_before_is_turned_down(check: LiveCheck, line: str, before: str) -> None:
    scene = fold([Line(at=0, speaker=MAREK, text=before, move="pushback", beat="opening")])
    assert check.fault(attempt(line, scene)) == Fault("repeats")
    assert check.fault(attempt(line)) is None


def test_what_was_said_where_the_speaker_could_not_hear_it_is_new(check: LiveCheck) -> None:
    scene = fold([CandidateSaid(at=0, text="Who turns it off, and how long does that take?", to="product-manager")])
    assert check.fault(attempt("Who turns it off, and how long does that take?", scene)) is None


@pytest.mark.parametrize("times", range(3, 11))
def test_a_line_of_more_than_twice_its_words_is_too_long(check: LiveCheck, times: int) -> None:
    assert check.fault(attempt("Nobody at night will ask for the average of the month. " * times)) == (
        Fault("too_long") if times > 5 else None
    )


def test_told_facts_and_words_of_the_candidate_are_nobodys_secret(check: LiveCheck) -> None:
    line = "At $14 a head I'd still ask about the weekend."
    told = FactRevealed(at=0, fact="cost-false-decline", by="product-manager", question=Quote(turn=1, text="What does it cost?"))
    heard = Line(at=0, speaker="product-manager", text="$14 each, says finance.", move="tell", beat="opening")
    assert check.fault(attempt(line)) == Fault("leaks", "$14")
    assert check.fault(attempt(line, fold([told, heard]))) is None
    assert check.fault(attempt(line, fold([CandidateSaid(at=0, text="Is it $14 by any chance?")]))) is None


@pytest.mark.parametrize("line", ["About 36 thousand, you say.", "So 36,000.", "Thirty-six thousand, then.", "$36k. For whom?"])
def test_a_figure_of_the_candidate_can_be_picked_up_in_any_spelling(check: LiveCheck, line: str) -> None:
    assert check.fault(attempt(line, fold([CandidateSaid(at=0, text="It costs 36k a month.")]))) is None
    assert check.fault(attempt(line)).check == "invents"


@pytest.mark.parametrize(
    "line",
    [
        "Eight weeks, and that's the short version.",
        "It's complete after a while. People find it on their statement.",
        "Late. The bank complains to us, in the end.",
        "That takes its time.",
        "Weeks. Eight, if you want it in figures.",
        "Chargebacks come in slowly.",
        "We learn about it long after the fact.",
        "You'd be surprised how late.",
        "Two months or so.",
    ],
)
def test_a_fact_has_to_arrive_with_its_telling_words(check: LiveCheck, line: str) -> None:
    told = FactRevealed(at=0, fact="label-delay", by=MAREK, question=Quote(turn=1, text="How late?")).model_dump(mode="json")
    scene = fold([FactRevealed.model_validate(told)])
    written = "Eight weeks until I'd call a month complete. People find it on their statement."
    fault = check.fault(attempt(line, scene, written, kind="tell", name=f"fact/label-delay/{MAREK}", events=[told]))
    assert fault == (None if line.startswith("Eight weeks") else Fault("drops", "label-delay"))


def test_news_has_to_arrive_with_its_figures(check: LiveCheck) -> None:
    written = "The leadership wants 97% of payments approved by Friday."
    news = {"kind": "news", "name": "twist/priority-shift/lines"}
    assert check.fault(attempt("They want 97 percent approved, by Friday.", None, written, **news)) is None
    assert check.fault(attempt("They want more approved, by Friday.", None, written, **news)) == Fault("drops", "97%")


@pytest.mark.parametrize("kind", ["moved", "ending", "farewell", "go_on"])
def test_who_may_agree_agrees(check: LiveCheck, kind: str) -> None:
    assert check.fault(attempt("Fine, go ahead.", kind=kind)) is None


def test_a_view_that_has_moved_is_not_defended(check: LiveCheck) -> None:
    moved = [
        PositionMoved(at=0, persona=MAREK, position="keep-ninety-five", to="moved", condition=one, by=Quote(turn=1, text="Look."))
        for one in ("both-costs", "small-test")
    ]
    assert check.fault(attempt("Fine, do it your way.", fold(moved))) is None


def test_software_says_so_when_it_is_asked(check: LiveCheck) -> None:
    line = "Yes, I'm software, this is a practice scene. Back to the setting."
    assert check.fault(attempt(line, kind="conduct", name=f"persona/{MAREK}/meta")) is None
    assert check.fault(attempt(line)).check == "machine"


def test_what_the_authored_line_holds_is_fine(check: LiveCheck) -> None:
    assert check.fault(attempt("Good question. 48 of them.", None, "Good question. It was 48.")) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We block 22,800 a month.", {22800.0}),
        ("$36k or thirty-six thousand", {36000.0, 36.0}),
        ("95% of 2 million", {95.0, 2.0, 2000000.0}),
        ("p99 on v1.2.3, around the clock, 24/7", set()),
        ("$3.50, twenty-five percent", {3.5, 25.0}),
    ],
)
def test_figures_are_the_same_in_digits_and_in_words(text: str, found: set[float]) -> None:
    assert values(text) == found


def test_small_numbers_are_a_way_of_talking() -> None:
    assert [figure.matters for figure in figures("one thing, two people, $2, 3%, eleven")] == [False, False, True, True, True]


def test_nobody_in_the_library_who_holds_a_view_sounds_as_if_they_gave_it_up(engine: Engine) -> None:
    lines = [line for slug in engine.library.names("scenario") for line in _views(engine.stage(slug))]
    assert len(lines) > 200
    assert [line for line in lines if concession(line)] == []


def _views(stage: Stage) -> Iterator[str]:
    for position in stage.positions.values():
        yield from position.pushback


@pytest.mark.parametrize("slug", ["panel-of-three", "debug-the-leak"])
def test_authored_lines_can_be_said(engine: Engine, slug: str) -> None:
    """Each one where another line of its pool is the one that was written for the moment."""
    stage = engine.stage(slug)
    check = LiveCheck(stage)
    faults = [fault for one in _authored(stage) if (fault := check.fault(one)) is not None and fault.check not in ("invents", "drops")]
    assert len(faults) <= 0.01 * sum(1 for _ in _authored(stage))


def _authored(stage: Stage) -> Iterator[Attempt]:
    names = [f"persona/{slug}/{kind}" for slug, persona in stage.personas.items() for kind in persona.lines]
    for name in [*names, *(f"position/{view}/pushback" for view in stage.positions)]:
        lines, speaker = pool(stage, name), name.split("/")[1]
        kind = "farewell" if name.endswith(("farewell", "time_up")) else "follow"
        yield from (Attempt(line, move(kind, name, speaker=speaker), empty_scene(), lines[index - 1]) for index, line in enumerate(lines))


CONCEDING = [
    "Let's call the old rule dead, then.",
    "You know what, forget my objection.",
    "Alright, lower. But you carry the pager.",
    "Okay, I'm letting the ninety-five go.",
    "You've changed how I look at this, so let's switch.",
]
COACHING = [
    "You could go deeper on the metrics next time.",
    "Very thorough. You hit all the main points.",
    "Keep it shorter and you'll come across better.",
    "Such clarity is rare.",
    "You kept calm when he attacked you, respect.",
]
"""Lines that no pattern knows, and that are no examples."""


@pytest.mark.parametrize(("name", "line"), [*(("concedes", line) for line in CONCEDING), *(("coaches", line) for line in COACHING)])
def test_a_slip_in_other_words_is_heard_by_its_meaning(
    check: LiveCheck, by_meaning: LiveCheck, ongoing: Scene, name: Slip, line: str
) -> None:
    assert check.fault(attempt(line, ongoing)) is None
    fault = by_meaning.fault(attempt(line, ongoing))
    assert fault is not None
    assert fault.check == name


def test_the_first_line_of_a_scene_does_not_wait_for_the_heads(by_meaning: LiveCheck) -> None:
    assert by_meaning.fault(attempt(CONCEDING[0])) is None


@pytest.mark.parametrize("kind", ["moved", "ending", "tell"])
def test_meaning_is_not_listened_for_where_nobody_answers_an_argument(by_meaning: LiveCheck, ongoing: Scene, kind: str) -> None:
    assert by_meaning.fault(attempt(CONCEDING[0], ongoing, kind=kind)) is None


def test_what_the_authored_line_means_as_well_is_fine(by_meaning: LiveCheck, ongoing: Scene) -> None:
    assert by_meaning.fault(attempt(CONCEDING[0], ongoing, CONCEDING[1])) is None


def test_known_lines_fare_the_same_by_meaning(by_meaning: LiveCheck, ongoing: Scene) -> None:
    failing = [(name, by_meaning.fault(attempt(line, ongoing))) for name, line in _cases("lines_that_fail.yaml")]
    assert [fault for name, fault in failing if fault is None or fault.check != name] == []
    assert [line for _, line in _cases("lines_that_pass.yaml") if by_meaning.fault(attempt(line, ongoing))] == []


@pytest.mark.parametrize("slip", ["concedes", "coaches"])
def test_examples_are_heard_and_few_counter_examples(stage: Stage, by_meaning: LiveCheck, ongoing: Scene, slip: Slip) -> None:
    pattern = getattr(stage.library.slips(), slip)
    assert _share(by_meaning, ongoing, pattern.examples, slip) >= 0.85
    assert _share(by_meaning, ongoing, pattern.not_examples, slip) <= 0.04


@pytest.mark.parametrize(("slip", "least"), [("concedes", 0.8), ("coaches", 0.85)])
def test_slips_that_nothing_was_fitted_to_are_heard(by_meaning: LiveCheck, ongoing: Scene, slip: Slip, least: float) -> None:
    lines = _held_out()
    assert _share(by_meaning, ongoing, lines[slip], slip) >= least


def test_lines_that_come_near_a_slip_are_mostly_let_through(by_meaning: LiveCheck, ongoing: Scene) -> None:
    lines = _held_out()
    near = (*lines["near_conceding"], *lines["near_coaching"])
    assert _share(by_meaning, ongoing, near, "concedes") + _share(by_meaning, ongoing, near, "coaches") <= 0.07
    assert sum(by_meaning.fault(attempt(line, ongoing)) is not None for line in near) <= 0.09 * len(near)


def _share(check: LiveCheck, scene: Scene, lines: Sequence[str], slip: Slip) -> float:
    faults = [check.fault(attempt(line, scene)) for line in lines]
    return sum(fault is not None and fault.check == slip for fault in faults) / len(faults)


def _held_out() -> dict[str, list[str]]:
    """Written before the check was tuned, and looked at only to count."""
    return cast("dict[str, list[str]]", yaml.safe_load((HERE / "lines_held_out.yaml").read_text(encoding="utf-8")))


def test_views_that_are_held_can_be_said_by_meaning(stage: Stage, by_meaning: LiveCheck, ongoing: Scene) -> None:
    lines = [line for position in stage.positions.values() for line in (*position.pushback, *position.softened, *position.hardened)]
    assert [fault for line in lines if (fault := by_meaning.fault(attempt(line, ongoing))) and fault.check in ("concedes", "coaches")] == []
