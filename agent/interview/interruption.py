"""Cutting in: what in a half-typed answer makes somebody speak up, by content and within their own limits.

A cheap gate decides; it needs no model. What it looks at is what is complete: finished words for jargon and length,
the last finished sentence for the rest.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from agent.interview.channel import open_channel
from agent.interview.lines import sayable
from agent.interview.observer import EmbeddedObserver
from agent.interview.stage import Stage
from agent.interview.tells import EXPLAINS, PARKS, bare_figure, buzzword, promises
from agent.persona import CutTrigger, Interruption, LineKind, Persona
from agent.prose import after_words, sentences, words
from agent.recognition import any_of
from agent.scene import Scene

FIRST_WORDS = 6
"""Words that everybody lets pass before cutting in."""
AFTER_A_TERM = 8
"""Words after a term in which it may still be explained."""
BETWEEN_CUTS = 5.0
"""Seconds between two cut-ins by anybody, so that a room never talks over the candidate as one."""
PER_TURN = 3
"""Cut-ins into one answer by the whole room."""
FAR_PAST = 1.4
"""How many times the person's patience an answer may run while it still brings something new."""
SOON = 0.6
"""The share of somebody's patience after which a line for running on is prepared."""
SILENCE = (25.0, 60.0)
"""Seconds of nothing typed before an impatient and a patient person says something."""
SILENCES_PER_TURN = 2

_KINDS: dict[CutTrigger, LineKind] = {
    "monologue": "cut_monologue",
    "vague": "cut_vague",
    "jargon": "cut_jargon",
    "buzzword": "cut_buzzword",
    "number": "cut_number",
    "promise": "cut_promise",
}


class Occasion(NamedTuple):
    """A reason to cut in: who, why, the word or figure it is about, and how many words stood there."""

    speaker: str
    trigger: CutTrigger
    about: str
    words: int

    @property
    def pool(self) -> str:
        """Where the line for it lies."""
        return f"persona/{self.speaker}/{_KINDS[self.trigger]}"

    @property
    def slots(self) -> dict[str, str]:
        """What the line may pick up."""
        slot = {"jargon": "term", "buzzword": "term", "number": "number"}.get(self.trigger)
        return {slot: self.about} if slot else {}


class Gate:
    """Decides whether somebody on a stage cuts in, by what `observer` hears; the same draft at the same moment gives the same answer."""

    def __init__(self, stage: Stage, observer: EmbeddedObserver) -> None:
        self._stage = stage
        self.observer = observer
        self._jargon = {slug: any_of([re.escape(term) for term in persona.listener.jargon]) for slug, persona in stage.personas.items()}

    def occasion(self, draft: str, scene: Scene, now: float) -> Occasion | None:
        """Who cuts into `draft` now, and why; None when everybody lets the candidate go on."""
        written = len(words(draft))
        if scene["ended"] or written < FIRST_WORDS or not _room_for_one(scene, now):
            return None
        listening = [persona for persona in self._order(scene) if _may(self._stage.personas[persona].interruption, persona, scene, now)]
        return next((found for persona in listening for found in self._found(persona, draft, written, scene)), None)

    def coming(self, draft: str, scene: Scene, now: float) -> list[Occasion]:
        """Occasions that may come with the end of the sentence, or with a few words more: what is worth preparing a line for."""
        if scene["ended"] or len(words(draft)) < FIRST_WORDS or not _room_for_one(scene, now):
            return []
        ended = f"{draft.rstrip()}."
        listening = [persona for persona in self._order(scene) if _may(self._stage.personas[persona].interruption, persona, scene, now)]
        soon = [found for persona in listening for found in self._found(persona, ended, len(words(draft)), scene)]
        return [*soon, *(found for persona in listening if (found := self._running_on(persona, draft, scene)))]

    def _running_on(self, persona: str, draft: str, scene: Scene) -> Occasion | None:
        """A monologue that is under way, and not yet long enough to be one."""
        limits, written = self._stage.personas[persona].interruption, len(words(draft))
        if "monologue" not in limits.triggers or not SOON * limits.words <= written < limits.words:
            return None
        found = Occasion(persona, "monologue", "", written)
        return found if _takes(limits, found, scene) and sayable(self._stage, scene, found.pool, found.slots) else None

    def lets_go(self, draft: str, scene: Scene) -> str | None:
        """Whose cut-in the draft asks to wait for, and who grants it."""
        for cut in scene["cuts"]:
            policy = self._stage.personas[cut["speaker"]].interruption.overlap
            if policy != "insist" and not cut["let_go"] and PARKS.search(after_words(draft, cut["words"])):
                return cut["speaker"]
        return None

    def _order(self, scene: Scene) -> list[str]:
        """Who spoke last comes first; in private nobody else hears the answer."""
        alone = open_channel(scene, self._stage)
        first = alone or scene["last_speaker"] or self._stage.host
        return [first] if alone else [first, *(persona for persona in self._stage.personas if persona != first)]

    def _found(self, persona: str, draft: str, written: int, scene: Scene) -> Iterator[Occasion]:
        person = self._stage.personas[persona]
        for trigger in person.interruption.triggers:
            about = _RULES[trigger](self, person, draft, scene) if trigger in _RULES else None
            if about is None or any(cut["trigger"] == trigger and cut["speaker"] == persona for cut in scene["cuts"]):
                continue
            found = Occasion(persona, trigger, about, written)
            if _takes(person.interruption, found, scene) and sayable(self._stage, scene, found.pool, found.slots):
                yield found

    def _jargon_in(self, person: Persona, draft: str, scene: Scene) -> str | None:
        pattern = self._jargon[person.slug]
        sentence, is_whole = _last_sentence(draft)
        match = pattern.search(sentence.lower()) if pattern else None
        if not match or EXPLAINS.search(sentence[match.end() :]):
            return None
        followed = len(words(sentence[match.end() :]))
        return sentence[match.start() : match.end()] if is_whole or followed >= AFTER_A_TERM else None

    def _buzzword_in(self, person: Persona, draft: str, scene: Scene) -> str | None:
        sentence, is_whole = _last_sentence(draft)
        return buzzword(sentence) if is_whole else None

    def _bare_number_in(self, person: Persona, draft: str, scene: Scene) -> str | None:
        sentence, is_whole = _last_sentence(draft)
        return bare_figure(sentence) if is_whole else None

    def _promise_in(self, person: Persona, draft: str, scene: Scene) -> str | None:
        sentence, is_whole = _last_sentence(draft)
        return "" if is_whole and promises(sentence) else None

    def _vague_in(self, person: Persona, draft: str, scene: Scene) -> str | None:
        sentence, is_whole = _last_sentence(draft)
        if not is_whole or len(words(sentence)) < FIRST_WORDS or re.search(r"\d|\?", sentence):
            return None
        return "" if self.observer.is_vague(sentence) else None

    def _monologue_in(self, person: Persona, draft: str, scene: Scene) -> str | None:
        limit, written = person.interruption.words, len(words(draft))
        if written < limit:
            return None
        sentence, _ = _last_sentence(draft)
        is_past = written >= FAR_PAST * limit or not self.observer.is_to_the_point(sentence, scene)
        return "" if is_past else None


def silence_after(stage: Stage, scene: Scene) -> float | None:
    """Seconds without a key before whoever waits says something; None when they wait for as long as it takes."""
    persona = open_channel(scene, stage) or scene["last_speaker"] or stage.host
    person = stage.personas[persona]
    if scene["ended"] or scene["silences"] >= SILENCES_PER_TURN or not scene["spoken"]:
        return None
    shortest, longest = SILENCE
    wait = shortest + (longest - shortest) * person.temperament.patience
    hurried = 0.6 if "silence" in person.interruption.triggers else 1.0
    asked_for_time = 2.0 if scene["seen"] and any(seen["act"] == "thinking" for seen in scene["seen"]["acts"]) else 1.0
    return wait * hurried * asked_for_time * (1 + scene["silences"])


def _last_sentence(draft: str) -> tuple[str, bool]:
    """The sentence that was finished last, or else the one that is being typed without its last word, and whether it is whole."""
    said = sentences(draft)
    if not said:
        return "", False
    if draft.rstrip()[-1:] in ".!?…\n" or draft.endswith("\n"):
        return said[-1], True
    begun = said[-1] if draft[-1:].isspace() else said[-1].rpartition(" ")[0]
    is_fresh = len(words(begun)) < FIRST_WORDS and len(said) > 1
    return (said[-2], True) if is_fresh else (begun, False)


def _room_for_one(scene: Scene, now: float) -> bool:
    recent = max(scene["last_cut"].values(), default=float("-inf"))
    return len(scene["cuts"]) < PER_TURN and now - recent >= BETWEEN_CUTS


def _may(limits: Interruption, persona: str, scene: Scene, now: float) -> bool:
    in_turn = sum(cut["speaker"] == persona for cut in scene["cuts"])
    rested = now - scene["last_cut"].get(persona, float("-inf")) >= limits.min_gap_seconds
    return in_turn < limits.per_turn and scene["cut_count"].get(persona, 0) < limits.per_session and rested


def _takes(limits: Interruption, found: Occasion, scene: Scene) -> bool:
    """Whether the person takes this occasion: a share of all, the same ones for the same seed."""
    rng = random.Random(f"{scene['seed']}/{scene['turns']}/{found.speaker}/{found.trigger}/{found.about}")
    return rng.random() < limits.frequency


_Rule = Callable[[Gate, Persona, str, Scene], str | None]
_RULES: dict[CutTrigger, _Rule] = {
    "monologue": Gate._monologue_in,
    "vague": Gate._vague_in,
    "jargon": Gate._jargon_in,
    "buzzword": Gate._buzzword_in,
    "number": Gate._bare_number_in,
    "promise": Gate._promise_in,
}
