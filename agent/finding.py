"""Finding scenes, people and twists by what they are about. Only what a candidate may read is looked at: no facts, no agendas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from agent.errors import LibraryError
from agent.library import Library
from agent.memory.chroma import ChromaMemory
from agent.memory.vectors import prepare
from agent.persona import Persona
from agent.prose import clean, sentences
from agent.protocols import Embedder
from agent.scenario import Scenario
from agent.twist import Twist, TwistKind

Findable = Literal["scenario", "persona", "twist"]
FINDABLE: tuple[Findable, ...] = get_args(Findable)
NEAR_ENOUGH = 0.25
"""Cosine similarity below which a passage has nothing to do with the question."""
MOST_LINES = 3


KIND_IN_WORDS: dict[TwistKind, str] = {
    "data_lost": "The data we planned with is lost.",
    "leakage": "The good result was false: the model saw the future.",
    "priority_shift": "They change the requirements and the goal in the middle.",
    "deadline_cut": "The deadline is moved up and there is less time.",
    "scale_change": "Suddenly it has to work for many more users.",
    "fairness_law": "A new law asks for fair decisions that can be explained.",
    "stakeholder_conflict": "Two people who matter want opposite things.",
    "no_uplift": "The experiment shows that the model brings nothing.",
    "production_drop": "The model breaks in production and users are hurt.",
    "label_noise": "The labels turn out to be wrong or inconsistent.",
    "wrong_claim": "Somebody important claims something that is wrong.",
    "escalation": "Somebody gets angry, shouts and makes it personal.",
    "vague_ask": "A vague request without a goal comes in.",
    "ownership_gap": "Somebody leaves and nobody owns their work.",
    "privacy_objection": "Somebody objects that the plan violates privacy.",
}
"""What each kind of twist is about, in the words of somebody who looks for one."""


@dataclass(frozen=True)
class Passage:
    """A text that may be shown, and where it stands."""

    kind: Findable
    name: str
    field: str
    text: str


class Found(NamedTuple):
    """A document with its passage that is nearest to the question; `similarity` is a cosine."""

    kind: Findable
    name: str
    title: str
    file: Path
    field: str
    passage: str
    similarity: float


class Finder:
    """Searches one library. Nothing is kept but the vectors of its own sentences.

    Args:
        library: where to look.
        embedder: of all passages and questions.
        cache: the folder with vectors of earlier runs.
    """

    def __init__(self, library: Library, embedder: Embedder, cache: Path) -> None:
        self._library, self._embedder, self._cache = library, embedder, cache
        self._memory = ChromaMemory(embedder)
        self.wrong: list[str] = []
        """Files that could not be read, and so not be searched."""

    def find(self, question: str, *, kinds: Sequence[Findable] = FINDABLE, count: int = 5) -> list[Found]:
        """The `count` documents nearest to `question`, the nearest first; fewer when fewer are near enough."""
        told = [passage for kind in kinds for passage in self._passages(kind)]
        texts = [passage.text for passage in told]
        prepare(self._embedder, texts, self._cache, lambda: False)
        hits = self._memory.near("+".join(kinds), texts, clean(question), len(texts))
        best: dict[tuple[str, str], Found] = {}
        for index, similarity in hits:
            if similarity >= NEAR_ENOUGH:
                best.setdefault((told[index].kind, told[index].name), self._found(told[index], similarity))
        return list(best.values())[:count]

    def _found(self, passage: Passage, similarity: float) -> Found:
        document = self._library.load(passage.kind, passage.name).document
        file = self._library.where(passage.kind, passage.name)
        title = _headline(document)
        return Found(passage.kind, passage.name, title, file, passage.field, passage.text, round(similarity, 3))

    def _passages(self, kind: Findable) -> Iterator[Passage]:
        for name in self._library.names(kind):
            try:
                document = self._library.load(kind, name).document
            except LibraryError as error:
                self.wrong.append(str(error).splitlines()[0])
                continue
            for field, text in dict.fromkeys(_TEXTS[kind](document)):
                yield Passage(kind, name, field, clean(text))


def _headline(document: Any) -> str:
    return clean(f"{document.name}, {document.title}" if isinstance(document, Persona) else document.title)


def _scenario_texts(scenario: Scenario) -> Iterator[tuple[str, str]]:
    yield "title", scenario.title
    yield "format", scenario.format
    yield from _in_pairs("brief", scenario.brief)
    yield from _in_pairs("goal", scenario.goal)
    yield "you", scenario.you


def _persona_texts(persona: Persona) -> Iterator[tuple[str, str]]:
    yield from _in_pairs("public", f"{persona.title}. {persona.public}")
    yield from (("voice.samples", line) for line in persona.voice.samples)
    if persona.listener.interests:
        yield "listener.interests", f"Wants to hear about {', '.join(persona.listener.interests)}."


def _twist_texts(twist: Twist) -> Iterator[tuple[str, str]]:
    yield "kind", KIND_IN_WORDS[twist.kind]
    yield from _in_pairs("brief", f"{twist.title}. {twist.brief}")
    yield from (("lines", _filled(line, twist)) for line in twist.lines[:MOST_LINES])


_TEXTS: dict[Findable, Callable[[Any], Iterable[tuple[str, str]]]] = {
    "scenario": _scenario_texts,
    "persona": _persona_texts,
    "twist": _twist_texts,
}


def _in_pairs(field: str, text: str) -> Iterator[tuple[str, str]]:
    """Every two sentences that follow each other, so that a passage is long enough to mean something."""
    said = sentences(" ".join(text.split()))
    for first, second in zip(said, said[1:] or [""], strict=False):
        yield field, f"{first} {second}".strip()


def _filled(line: str, twist: Twist) -> str:
    for slot, wording in twist.slots.items():
        line = line.replace(f"{{{slot}}}", wording)
    return line
