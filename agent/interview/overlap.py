"""After a cut-in: was it answered, parked or ignored, was the thread picked up again, and does the person come back to it?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from agent.events import CutSettled
from agent.interview.decision import Decision
from agent.interview.situation import Situation
from agent.interview.tells import CONDITION, EXPLAINS, PARKS, bare_figure
from agent.observation import Observation
from agent.prose import after_words, sentences, words
from agent.protocols import Embedder
from agent.scene import Cut, Scene

IN_SHORT = 45
"""Words after which somebody who was asked to come to the point has not."""
SAME_THREAD = 0.30
"""Cosine of a later sentence to what stood before the cut-in, at which the thread counts as picked up again."""
INSISTS = 3
"""How often in a row somebody comes back to cut-ins that are ignored."""

_CONCRETE = re.compile(r"\d|\bfor (?:example|instance)\b|\bspecifically\b|\bconcretely\b|\bsuch as\b|\bnamely\b|\bthat means\b", re.I)
_BASED = re.compile(r"\b(?:of|per|out of|compared|instead of|from|versus|percent|share|base[d]?)\b|%", re.I)

_ANSWERED: dict[str, Callable[[str], bool]] = {
    "monologue": lambda rest: len(words(rest)) <= IN_SHORT,
    "vague": lambda rest: bool(_CONCRETE.search(rest)),
    "jargon": lambda rest: bool(EXPLAINS.search(rest)),
    "buzzword": lambda rest: bool(EXPLAINS.search(rest) or _CONCRETE.search(rest)),
    "number": lambda rest: bool(_BASED.search(rest)) and not all(bare_figure(one) for one in sentences(rest)),
    "promise": lambda rest: bool(CONDITION.search(rest)),
    "wrong_turn": lambda rest: True,
    "silence": lambda rest: True,
}


def settle(answer: str, scene: Scene, seen: Observation, embedder: Embedder, now: float, resumed_after: float | None) -> list[CutSettled]:
    """What a sent answer did with every cut-in that happened while it was typed; `scene` is the one before it was sent."""
    return [_settled(cut, answer, seen, embedder, now, resumed_after) for cut in scene["cuts"]]


def insist(s: Situation) -> Decision | None:
    """Coming back to a cut-in that was ignored, as the person's overlap policy has it."""
    for cut in s.cuts:
        policy = s.stage.personas[cut.speaker].interruption.overlap
        times = s.scene["ignored_cuts"].get(cut.speaker, 0)
        stubborn = (policy == "insist" and times <= INSISTS) or (policy == "adaptive" and times == 1)
        pool = f"persona/{cut.speaker}/cut_ignored"
        if cut.outcome == "ignored" and stubborn and s.can_say(pool):
            return Decision([s.move("insist", cut.speaker, pool)], floor=True)
    return None


def _settled(cut: Cut, answer: str, seen: Observation, embedder: Embedder, now: float, resumed_after: float | None) -> CutSettled:
    rest = after_words(answer, cut["words"])
    before = answer[: len(answer) - len(rest)]
    return CutSettled(
        at=now,
        speaker=cut["speaker"],
        trigger=cut["trigger"],
        outcome=_outcome(cut["trigger"], rest),
        resumed=_resumed(before, rest, seen, embedder),
        seconds=resumed_after,
    )


def _outcome(trigger: str, rest: str) -> Literal["answered", "parked", "ignored"]:
    if PARKS.search(rest):
        return "parked"
    return "answered" if rest.strip() and _ANSWERED[trigger](rest) else "ignored"


def _resumed(before: str, rest: str, seen: Observation, embedder: Embedder) -> bool:
    """A sentence after the cut-in is about what stood before it, or touches a point of the talk."""
    later, earlier = sentences(rest), sentences(before)[-2:]
    if not later or not earlier:
        return False
    touches = any(heard["quote"] in later for heard in seen["points"])
    return touches or float((embedder.embed(later) @ embedder.embed(earlier).T).max()) >= SAME_THREAD
