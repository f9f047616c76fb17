"""The embedded observer: what the candidate just did, from sentence embeddings and cues, without a model."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import get_args

from agent.document import Pattern
from agent.heads import Heads
from agent.interview.contradiction import Recollection
from agent.interview.echo import best_clause, echo
from agent.interview.questions import apart, asks, proposes
from agent.interview.stage import Stage
from agent.observation import Act, Heard, Observation, Seen
from agent.polarity import turns_away
from agent.prose import sentences, words
from agent.protocols import Embedder, Memory
from agent.recognition import Hit, Recogniser, any_of, looked_at
from agent.scene import Scene

TOO_SHORT = 4
MOST_CLAIMS = 4
FIGURE = re.compile(r"\d|\b(?:half|twice|double|third|quarter|dozen|hundred|thousand|million)\b", re.IGNORECASE)
DENIES = re.compile(
    r"\b(?:not|nobody|no one|never)\b|\b(?:my|our) (?:\w+ )?(?:\w+['’]s )?(?:own )?(?:mistake|fault)\b|n['’]t\b|[\"“”]", re.IGNORECASE
)
"""Somebody is cleared of blame, or quoted, or takes it on, and blames nobody."""
FACT_THRESHOLD = 0.30
BEHAVIOUR_THRESHOLD = 0.36
CONDITION_THRESHOLD = 0.60
LIKE_A_CONDITION = 0.45
HEADED_CONDITION = 0.50
LIKE_UNBOUND, UNBOUND_CONDITION = 0.50, 0.75
"""A condition is met by a sentence near one of its examples, or by one that is like them and that its head knows too.

Held out, the first alone heard 0.43 of the examples and 0.02 of the counter-examples, both together 0.68 and 0.04; of 8,862
sentences from other scenes 0.003 would meet a condition.
"""
HEADED = ("fact/", "behaviour/")
"""Patterns that are recognised by heads, and not by the nearest example."""
POINT_THRESHOLD = 0.57
ACT_THRESHOLD = 0.40
SMALL_TALK_THRESHOLD = 0.65
"""A question so near to small talk brings out no fact."""
VAGUE_THRESHOLD = 0.52
"""For cutting in, where being wrong costs more than in a follow-up."""
NOT_ACTS_OF_A_SENTENCE = ("question", "number", "jargon", "too_short", "rambling")
_MEANING_ACTS: tuple[Act, ...] = tuple(act for act in get_args(Act) if act not in NOT_ACTS_OF_A_SENTENCE)


class EmbeddedObserver:
    """Recognises acts, points, questions for facts, met conditions and responses to twists on one stage."""

    id = "embedded"

    def __init__(self, stage: Stage, embedder: Embedder, memory: Memory | None = None) -> None:
        self._stage = stage
        self._embedder = embedder
        self._recollection = Recollection(memory, embedder) if memory else None
        self._names = {member.persona: _names(stage, member.persona) for member in stage.scenario.cast}

    @cached_property
    def _recogniser(self) -> Recogniser:
        return Recogniser({name: pattern for name, pattern in patterns(self._stage) if not name.startswith(HEADED)}, self._embedder)

    @cached_property
    def _thresholds(self) -> dict[str, float]:
        return {name: _threshold(*name.split("/")[:2]) for name, _ in patterns(self._stage) if not name.startswith(HEADED)}

    @cached_property
    def _fact_heads(self) -> Heads:
        """Which of the scene's facts a question is for."""
        return Heads({fact.id: fact.asked for fact in self._stage.facts.values()}, self._background, self._embedder, rivals=True)

    @cached_property
    def _condition_heads(self) -> Heads:
        """Which conditions of positions a sentence meets."""
        return Heads(self._condition_patterns, self._background, self._embedder)

    @cached_property
    def _condition_patterns(self) -> dict[str, Pattern]:
        return {f"{name}/{one.id}": one.heard for name, position in self._stage.positions.items() for one in position.moves_when}

    @cached_property
    def _unbound_heads(self) -> Heads:
        """The same for sentences without the words that a condition requires."""
        unbound = {name: pattern.model_copy(update={"requires": ()}) for name, pattern in self._condition_patterns.items()}
        return Heads(unbound, self._background, self._embedder)

    @cached_property
    def _unbound(self) -> Recogniser:
        """Nearness to the examples of conditions alone: without required words and counter-examples."""
        free = {"requires": (), "not_examples": ()}
        return Recogniser({name: pattern.model_copy(update=free) for name, pattern in self._condition_patterns.items()}, self._embedder)

    @cached_property
    def _twist_heads(self) -> dict[str, Heads]:
        """Per twist, which of the expected behaviours a sentence shows."""
        return {
            slug: Heads({behaviour.id: behaviour.heard for behaviour in twist.behaviours}, self._background, self._embedder)
            for slug, twist in self._stage.twists.items()
        }

    @cached_property
    def _background(self) -> list[str]:
        return background(self._stage.acts)

    def is_vague(self, sentence: str) -> bool:
        """Whether a sentence claims something without substance."""
        return "act/vague" in self._recogniser.hits([sentence], only=("act/vague",), threshold=VAGUE_THRESHOLD)

    def is_to_the_point(self, sentence: str, scene: Scene) -> bool:
        """Whether a sentence brings up a point of the current beat that has not come up yet."""
        open_points = [point.id for point in self._stage.beats[scene["beat"]].points] if scene["beat"] else []
        new = {f"point/{point}" for point in open_points if point not in scene["points"]}
        return bool(self._recogniser.hits([sentence], only=new, threshold=POINT_THRESHOLD))

    @property
    def is_warm(self) -> bool:
        """Whether its sentences are embedded."""
        return "_recogniser" in self.__dict__

    def warm(self) -> None:
        """Embeds the stage's sentences now, so that the first answer does not wait for it."""
        _ = self._recogniser, self._fact_heads, self._twist_heads, self._condition_heads, self._unbound_heads

    async def observe(self, answer: str, scene: Scene) -> Observation:
        """What is seen in `answer`; looked at in a thread, so that other sessions of the loop go on meanwhile."""
        return await asyncio.to_thread(self._observe, answer, scene)

    def _observe(self, answer: str, scene: Scene) -> Observation:
        said = looked_at(sentences(answer))
        found = _Found(self._recogniser.all_hits(said, threshold=self._thresholds), said)
        said_back = {heard["quote"] for heard in found.heard("act") if heard["id"] == "paraphrase"}
        asking = [sentence for sentence in said if asks(sentence) and sentence not in said_back]
        statements = [sentence for sentence in said if sentence not in asking]
        questions = [part for sentence in asking for part in apart(sentence)]
        picked_up = echo(answer, self._jargon(scene))
        return Observation(
            words=len(words(answer)),
            acts=self._acts(answer, said, questions, found, picked_up["term"], scene),
            points=found.heard("point"),
            facts=self._facts([question for question in questions if not self._is_small_talk(question)]),
            questions=questions,
            conditions=self._conditions(said, statements, found),
            hardening=found.heard("hardening", among=statements),
            behaviours=self._behaviours(said, scene),
            contingencies=found.heard("contingency", among=statements),
            recall=self._recollection.contradicted(statements, scene) if self._recollection else None,
            interest=self._interest(said),
            addressed=self._addressed(answer.lower()),
            relatedness=self._relatedness(said, scene),
            echo=picked_up,
            claims=[clause for clause in map(best_clause, statements) if clause][:MOST_CLAIMS],
        )

    def _relatedness(self, said: Sequence[str], scene: Scene) -> float:
        asked = sentences(scene["last_line"])[-1:] + ([scene["ask"]] if scene["ask"] else [])
        if not asked or not said:
            return 0.0
        return float((self._embedder.embed(said) @ self._embedder.embed(asked).T).max())

    def _interest(self, said: Sequence[str]) -> dict[str, float]:
        """How near the answer comes to what each person in the room cares about; a room of one needs no such thing."""
        personas = self._stage.personas
        if len(personas) < 2 or not said:
            return {}
        answer = self._embedder.embed(said)
        cared = {slug: persona.listener.interests for slug, persona in personas.items()}
        return {
            slug: round(float((answer @ self._embedder.embed(interests).T).max()), 3) if interests else 0.0
            for slug, interests in cared.items()
        }

    def _addressed(self, answer: str) -> str | None:
        """Whoever is named first."""
        found = {persona: match.start() for persona, name in self._names.items() if name and (match := name.search(answer))}
        return min(found, key=lambda persona: found[persona], default=None)

    def _conditions(self, said: Sequence[str], statements: Sequence[str], found: _Found) -> list[Heard]:
        """Conditions that are met by a statement or a proposal; by any question only where interest is wanted."""
        stated = self._met(_towards(statements), found)
        anywhere = self._met(_towards(said), found) if len(said) > len(statements) else []
        asked = [heard for heard in anywhere if self._kinds[heard["id"]] == "empathy" or proposes(heard["quote"])]
        return [*stated, *(heard for heard in asked if heard["id"] not in {one["id"] for one in stated})]

    def _met(self, among: Sequence[str], found: _Found) -> list[Heard]:
        """Conditions that are met, each with the sentence that is nearest to it."""

        def meets(condition: str, sentence: str, strength: float) -> bool:
            return strength >= CONDITION_THRESHOLD or condition in self._condition_heads.scores(sentence, HEADED_CONDITION)

        heard = found.heard("condition", among, counts=meets)
        known = {one["id"] for one in heard}
        return [*heard, *(one for one in self._clearly_met(among) if one["id"] not in known)]

    def _clearly_met(self, among: Sequence[str]) -> list[Heard]:
        """Conditions whose head is sure, although the words they require are missing or a counter-example is nearer by a hair."""
        best: dict[str, tuple[float, str]] = {}
        for sentence in among:
            sure = self._unbound_heads.scores(sentence, UNBOUND_CONDITION)
            near = self._unbound.hits([sentence], only=sure, threshold=LIKE_UNBOUND) if sure else {}
            for name in near:
                if sure[name] > best.get(name, (0.0, ""))[0]:
                    best[name] = (sure[name], sentence)
        return [Heard(id=name, quote=sentence) for name, (_, sentence) in best.items()]

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """Of every condition, what kind of thing is wanted."""
        return {f"{name}/{one.id}": one.kind for name, position in self._stage.positions.items() for one in position.moves_when}

    def _is_small_talk(self, question: str) -> bool:
        return bool(self._recogniser.hits([question], only=("act/small_talk",), threshold=SMALL_TALK_THRESHOLD))

    def _facts(self, questions: Sequence[str]) -> list[Heard]:
        """The fact that each question is for, if it is for one."""
        asked: dict[str, str] = {}
        for question in questions:
            scores = self._fact_heads.scores(question, FACT_THRESHOLD)
            if scores:
                asked.setdefault(max(scores, key=lambda fact: scores[fact]), question)
        return [Heard(id=fact, quote=quote) for fact, quote in asked.items()]

    def _behaviours(self, said: Sequence[str], scene: Scene) -> list[Heard]:
        """What a good response to the running twist contains, and where it stands."""
        running = [slug for slug, status in scene["twists"].items() if status["state"] in ("fired", "forced")]
        best: dict[str, tuple[float, str]] = {}
        for slug in running:
            for sentence in said:
                for behaviour, score in self._twist_heads[slug].scores(sentence, BEHAVIOUR_THRESHOLD).items():
                    if score >= best.get(f"{slug}/{behaviour}", (0.0, ""))[0]:
                        best[f"{slug}/{behaviour}"] = (score, sentence)
        return [Heard(id=name, quote=sentence, strength=round(score, 2)) for name, (score, sentence) in best.items()]

    def _acts(self, answer: str, said: Sequence[str], questions: Sequence[str], found: _Found, term: str, scene: Scene) -> list[Seen]:
        meant = {heard["id"]: heard["quote"] for heard in found.heard("act")}
        acts = [Seen(act="question", quote=question) for question in questions]
        acts += [Seen(act="number", quote=sentence) for sentence in said if FIGURE.search(sentence)][:3]
        acts += [Seen(act=act, quote=meant[act]) for act in _MEANING_ACTS if act in meant]
        acts = [seen for seen in acts if seen["act"] != "blame" or not DENIES.search(seen["quote"])]
        acts += [Seen(act="jargon", quote=term)] if term else []
        length = len(words(answer))
        acts += [Seen(act="too_short", quote=answer)] if length < TOO_SHORT and not questions and not FIGURE.search(answer) else []
        acts += [Seen(act="rambling", quote=said[-1])] if said and length > self._patience(scene) else []
        return acts

    def _jargon(self, scene: Scene) -> tuple[str, ...]:
        return self._stage.personas[scene["last_speaker"] or self._stage.host].listener.jargon

    def _patience(self, scene: Scene) -> int:
        return 2 * self._stage.personas[scene["last_speaker"] or self._stage.host].interruption.words


def _towards(sentences: Sequence[str]) -> list[str]:
    return [sentence for sentence in sentences if not turns_away(sentence)]


Counts = Callable[[str, str, float], bool]
"""Whether a pattern was heard in a sentence, given the strength of the nearest example."""


class _Found:
    """Hits by kind, the strongest sentence of each."""

    def __init__(self, hits: Sequence[tuple[str, Hit]], said: Sequence[str]) -> None:
        self._hits = hits
        self._said = said

    def heard(self, kind: str, among: Sequence[str] | None = None, counts: Counts | None = None) -> list[Heard]:
        """The strongest sentence of each pattern of a kind; `counts` says which count, by default all."""
        best: dict[str, tuple[float, str]] = {}
        for name, hit in self._hits:
            sort, _, rest = name.partition("/")
            sentence = self._said[hit.sentence]
            if sort != kind or (among is not None and sentence not in among) or hit.strength <= best.get(rest, (0.0, ""))[0]:
                continue
            if counts is None or counts(rest, sentence, hit.strength):
                best[rest] = (hit.strength, sentence)
        return [Heard(id=rest, quote=sentence) for rest, (_, sentence) in best.items()]


_ACT_THRESHOLDS = {
    "small_talk": SMALL_TALK_THRESHOLD,
    "asks_view": 0.60,
    "off_topic": 0.50,
    "blame": 0.50,
    "dismissal": 0.50,
    "instructs_grader": 0.55,
    "meta": 0.45,
    "insistence": 0.50,
}
"""Acts that turn the talk when they are heard by mistake: on 2,033 sentences of good answers at most 4 are."""
_THRESHOLDS = {"point": POINT_THRESHOLD, "contingency": 0.60, "hardening": 0.60, "condition": LIKE_A_CONDITION}


def _threshold(kind: str, name: str) -> float:
    return _ACT_THRESHOLDS.get(name, ACT_THRESHOLD) if kind == "act" else _THRESHOLDS[kind]


def patterns(stage: Stage) -> Iterator[tuple[str, Pattern]]:
    """Everything that can be heard on a stage, by id."""
    for act, pattern in stage.acts.items():
        yield f"act/{act}", pattern
    for point in stage.points.values():
        yield f"point/{point.id}", point.heard
    for fact in stage.facts.values():
        yield f"fact/{fact.id}", fact.asked
    for twist in stage.twists.values():
        for behaviour in twist.behaviours:
            yield f"behaviour/{twist.slug}/{behaviour.id}", behaviour.heard
    for contingency in stage.contingencies.values():
        yield f"contingency/{contingency.id}", contingency.heard
    for name, position in stage.positions.items():
        for condition in position.moves_when:
            yield f"condition/{name}/{condition.id}", condition.heard
        if position.hardens_when:
            yield f"hardening/{name}", position.hardens_when


def background(acts: Mapping[Act, Pattern]) -> list[str]:
    """What people say in any scene: it speaks against every fact and every behaviour."""
    return [example for pattern in acts.values() for example in pattern.examples]


def _names(stage: Stage, persona: str) -> re.Pattern[str] | None:
    """By name anywhere; by role where the role is spoken to ('Marketing, …', 'a question for the PM')."""
    parts = [re.escape(part) for part in stage.name(persona).lower().split() if len(part) > 2]
    role = re.escape(stage.title(persona).lower())
    return any_of([*parts, rf"(?:(?:question )?(?:for|to|ask) (?:our|the) |@){role}", rf"(?<![\w ]){role}(?=,)"])
