"""A foreign card as a persona: what the card says where it says something, neutral stand-ins everywhere else."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from agent.cards.card import SPEC, SPEC_VERSION, Card, card_json
from agent.cards.outgoing import KEPT, derived
from agent.errors import InputError
from agent.judge.tampering import tampering
from agent.library.lined_yaml import parse_yaml
from agent.library.source import read_text
from agent.persona import LINE_KINDS, Persona
from agent.prose import sentences

NEUTRAL = Path(__file__).with_name("neutral.yaml")
MAX_SLUG = 60
LONGEST_PUBLIC, LONGEST_AGENDA, LONGEST_SAMPLE = 300, 600, 300
MOST_KNOWLEDGE, MOST_SAMPLES, FEWEST_SAMPLES = 20, 8, 2
SENTENCES_TOLD = 2
"""So many sentences of a description are what the candidate is told; the others are what the character knows."""

_SPEAKER = re.compile(r"^\s*([^:\n]{1,60}):\s*(.+)$")


class Imported(NamedTuple):
    """A persona that came from a card, and what its user has to know about it."""

    persona: Persona
    placeholders: tuple[str, ...]
    """Fields, and kinds of lines, that are neutral stand-ins."""
    notes: tuple[str, ...]


def foreign_persona(card: Card, whole: dict[str, Any]) -> Imported:
    """The persona of a card that Hotseat did not write; `whole` is kept with it, as it is."""
    taking = _Taking(card)
    if whole["spec"] != SPEC:
        whole.update(spec=SPEC, spec_version=SPEC_VERSION)
        taking.notes.append("This is a V3 card, read as V2; what V2 does not know is kept with the persona.")
    found, samples = taking.fields(), taking.samples()
    neutral = _neutral()
    stand_ins = {name: text.format(name=card.name) for name, text in neutral.items() if isinstance(text, str)}
    enough = len(samples) >= FEWEST_SAMPLES
    voice = {"formality": "plain", "samples": samples if enough else neutral["samples"]}
    taken = derived(card)
    own = {"slug": slug_of(card.name), "version": taken["character_version"], "name": taken["name"]}
    persona = checked({**stand_ins, **found, **own, "voice": voice, "lines": neutral["lines"]})
    missing = [*(name for name in stand_ins if name not in found), *([] if enough else ["voice.samples"])]
    return Imported(keeping(persona, whole), (*missing, *(f"lines.{kind}" for kind in LINE_KINDS)), tuple(dict.fromkeys(taking.notes)))


def slug_of(name: str) -> str:
    """A name for a file: ASCII letters and digits joined by hyphens; 'guest' when there are none."""
    ascii_ = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_))[:MAX_SLUG].strip("-") or "guest"


def keeping(persona: Persona, whole: dict[str, Any]) -> Persona:
    """The persona with a card in its metadata, where no prompt ever sees it."""
    return persona.model_copy(update={"metadata": {**persona.metadata, KEPT: card_json(whole)}})


def checked(fields: Any) -> Persona:
    """The persona of those fields.

    Raises:
        InputError: they are not those of a persona.
    """
    try:
        return Persona.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "it"
        raise InputError(f"the persona in the card is damaged: {where}: {first['msg']}; export it again") from error


@dataclass
class _Taking:
    """Takes texts over from a card, without the sentences that speak to whoever grades an interview."""

    card: Card
    notes: list[str] = field(default_factory=list)

    def fields(self) -> dict[str, Any]:
        """The fields of a persona that the card has something for."""
        said = sentences(self._harmless(self.card.text("description")))
        found = {
            "public": _cut(" ".join(said[:SENTENCES_TOLD]), LONGEST_PUBLIC),
            "agenda": _cut(self._harmless(self.card.text("personality")), LONGEST_AGENDA),
            "reminder": self._harmless(self.card.text("post_history_instructions")),
            "knowledge": tuple(_cut(one, LONGEST_PUBLIC) for one in said[SENTENCES_TOLD:][:MOST_KNOWLEDGE]),
        }
        return {name: value for name, value in found.items() if value}

    def samples(self) -> list[str]:
        """The greetings, and what the character says in the example talks."""
        spoken = [line.group(2) for line in map(_SPEAKER.match, self.card.text("mes_example").splitlines()) if line and self._is_own(line)]
        texts = [self.card.text("first_mes"), *self.card.texts("alternate_greetings"), *spoken]
        kept = [_cut(harmless, LONGEST_SAMPLE) for text in texts if (harmless := self._harmless(text))]
        return list(dict.fromkeys(kept))[:MOST_SAMPLES]

    def _is_own(self, line: re.Match[str]) -> bool:
        return line.group(1).strip().lower() in (self.card.name.lower(), self.card.name.split()[0].lower())

    def _harmless(self, text: str) -> str:
        for sentence in sentences(text):
            what = tampering(sentence)
            if what:
                text = text.replace(sentence, "")
                self.notes.append(f'Left out, because it {what}: "{_cut(sentence, 80)}"')
        return text.strip()


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def _neutral() -> dict[str, Any]:
    data: dict[str, Any] = parse_yaml(read_text(NEUTRAL), NEUTRAL).data
    return data
