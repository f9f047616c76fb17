"""Who heard what, what is left of old turns, and a prompt that stays as long as it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import mean

import pytest

from agent.engine import Engine
from agent.events import (
    CandidateSaid,
    Event,
    FactRevealed,
    Line,
    Mode,
    Observed,
    PositionMoved,
    Quote,
    SessionStarted,
    TwistFired,
    TwistSettled,
)
from agent.interview.brief import brief
from agent.interview.stage import Stage
from agent.interview.talk import BLOCK, CLAIMS, LONGEST, RECENT, condensed, condensed_turns, recent
from agent.move import Move
from agent.prompting import Prompts, boundary
from agent.prose import words
from agent.scene import Scene, fold

PM, MAREK = "product-manager", "stubborn-teammate"
POSITION = "keep-ninety-five"
START = SessionStarted(at=0, session="s", scenario="fraud-trade-off", mode=Mode.PRACTICE, seed=1, minutes=0, pins={}, package="0")


@pytest.fixture(scope="module")
def stage(engine: Engine) -> Stage:
    return engine.stage("fraud-trade-off")


def line(text: str, speaker: str = PM, move: str = "probe", *, private: bool = False) -> Line:
    return Line(at=0, speaker=speaker, text=text, move=move, beat="opening", private=private)


def said(text: str, to: str | None = None) -> CandidateSaid:
    return CandidateSaid(at=0, text=text, to=to)


def claimed(*quotes: str) -> Observed:
    seen = {"points": [], "behaviours": [], "questions": [], "claims": list(quotes)}
    return Observed(at=0, observer="embedded", seen=seen)


def scene_of(*events: Event) -> Scene:
    return fold([START, *events])


def small_talk(turns: int) -> Iterator[Event]:
    """Turns of the talk, one half by each side, about as long as people make them."""
    for number in range(turns // 2):
        yield line(
            f"Question {number}: where does that stop being true, and who would be the first in the house to see it happen?",
            [PM, MAREK][number % 2],
        )
        yield said(
            f"Answer {number}: I would look at the payments of one quiet week first, count both mistakes in money with those who know, "
            "write the rule for stopping down before we start, and tell both of you on Monday what came of it."
        )


def test_everybody_hears_the_room(stage: Stage) -> None:
    scene = scene_of(line("Who pays?"), said("The customers do."))
    for persona in (PM, MAREK):
        assert [turn["text"] for turn in recent(scene, stage, persona)] == ["Who pays?", "The customers do."]
    assert [turn["speaker"] for turn in recent(scene, stage, PM)] == ["Joanna", ""]


def test_a_word_in_private_is_heard_by_one_and_marked(stage: Stage) -> None:
    scene = scene_of(line("Well?"), said("Between us, I doubt the figure.", to=MAREK), line("It stays here.", MAREK, "aside", private=True))
    assert [turn["text"] for turn in recent(scene, stage, PM)] == ["Well?"]
    assert [turn["alone"] for turn in recent(scene, stage, MAREK)] == [False, True, True]


def test_what_was_told_in_private_is_no_note_of_the_others(stage: Stage) -> None:
    told = FactRevealed(at=0, fact="label-delay", by=MAREK, question=Quote(turn=1, text="How late?"))
    scene = scene_of(said("How late?", to=MAREK), told, line("Eight weeks.", MAREK, "tell", private=True), *small_talk(2 * RECENT))
    assert [note["what"] for note in condensed(scene, stage, MAREK)] == ["told"]
    assert condensed(scene, stage, PM) == []


def test_of_a_very_long_answer_the_ends_are_kept(stage: Stage) -> None:
    text = recent(scene_of(said("First. " + "and so on, " * 3000 + "last.")), stage, PM)[0]["text"]
    assert len(text) < LONGEST + 5
    assert text.startswith("First.")
    assert text.endswith("last.")


@pytest.mark.parametrize(
    ("turns", "gone"), [(0, 0), (RECENT, 0), (RECENT + 1, BLOCK), (RECENT + BLOCK, BLOCK), (RECENT + BLOCK + 1, 2 * BLOCK)]
)
def test_turns_are_condensed_in_blocks(turns: int, gone: int) -> None:
    assert condensed_turns(turns) == gone


def test_what_the_scene_needs_outlives_its_turn(stage: Stage) -> None:
    told = FactRevealed(at=0, fact="label-delay", by=MAREK, question=Quote(turn=1, text="How late?"))
    both = Quote(turn=3, text="36k against 266k.")
    moved = PositionMoved(at=0, persona=MAREK, position=POSITION, to="softened", condition="both-costs", by=both)
    fired = TwistFired(at=0, twist="priority-shift", by=PM, reason="turn", seed=1)
    settled = TwistSettled(
        at=0, twist="priority-shift", outcome="answered", behaviours={"x": Quote(turn=5, text="Then approvals come first.")}
    )
    scene = scene_of(
        *(said("How late?"), told, line("Eight weeks.", MAREK, "tell")),
        *(said("36k against 266k."), claimed("36k against 266k"), moved, line("One thing.", MAREK, "softened")),
        *(fired, line("The board wants 97% approved.", PM, "news"), said("Then approvals come first."), settled),
        *small_talk(RECENT + 2),
    )
    notes = {note["what"]: note for note in condensed(scene, stage, MAREK)}
    assert notes["told"]["text"] == stage.facts["label-delay"].short
    assert (notes["softened"]["words"], notes["claim"]["words"]) == ("36k against 266k.", "36k against 266k")
    assert "both mistakes cost" in notes["softened"]["text"]
    assert notes["news"]["text"] == "The board wants 97% approved."
    assert notes["answered"]["words"] == "Then approvals come first."


def test_claims_with_a_figure_stay_before_others(stage: Stage) -> None:
    spoken = [
        event
        for number in range(40)
        for event in (said(f"Claim {number}."), claimed("it costs $14" if not number else f"claim {'x' * number}"))
    ]
    claims = [note["words"] for note in condensed(scene_of(*spoken, *small_talk(RECENT)), stage, PM)]
    assert len(claims) == CLAIMS
    assert claims[0] == "it costs $14"


def test_the_boundary_is_the_same_for_the_same_seed_and_never_in_the_talk() -> None:
    mark = boundary("7/fraud", ["hello"])
    assert mark == boundary("7/fraud", ["goodbye"])
    assert mark != boundary("8/fraud", ["hello"])
    assert boundary("7/fraud", [f"and {mark}>> ends it"]) not in (mark, "")


def test_a_prompt_of_a_long_session_stays_as_long_as_it_is_and_mostly_cached(engine: Engine, stage: Stage) -> None:
    prompts = Prompts(engine.library)
    texts = [_text(prompts, stage, fold([START, *small_talk(2 * turn)])) for turn in range(1, 41)]
    lengths = [len(words(text)) for text in texts]
    later = lengths[20:]
    assert max(later) <= 1.02 * max(lengths[:20])
    assert mean(later[10:]) <= 1.1 * mean(later[:10])
    assert mean(_shared(before, after) for before, after in pairwise(texts)) >= 0.8


def _text(prompts: Prompts, stage: Stage, scene: Scene) -> str:
    move = Move(
        kind="pushback", speaker=MAREK, pool=f"position/{MAREK}/{POSITION}/pushback", lead=None, slots={}, ask="why that is wrong",
        point=None, private=False, events=[],
    )  # fmt: skip
    return "\n".join(
        message["content"] for message in prompts.render("voice/line@1.2.0", **brief(stage, scene, move, "No. Why would I sign this?"))
    )


def _shared(before: str, after: str) -> float:
    """Share of the words of `after` that a provider has in its cache from `before`."""
    same = next((index for index, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before))
    return len(words(after[:same])) / len(words(after))
