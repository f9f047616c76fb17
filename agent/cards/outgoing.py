"""A persona as a card: what the format has a field for in that field, and the whole persona in an extension of ours."""

from __future__ import annotations

import json
import re
from typing import Any

from agent.cards.card import SPEC, SPEC_VERSION, Card
from agent.persona import Persona

EXTENSION = "hotseat"
EXTENSION_FORMAT = 1
KEPT = "character_card"
"""The key of a persona's metadata that keeps a foreign card, as JSON text."""

FIELD_OF = {"name": "name", "character_version": "version", "post_history_instructions": "reminder"}
"""Fields of a card that are the same thing as a field of a persona."""

_WRITTEN = ("description", "personality", "scenario", "mes_example", "creator_notes")
_VERSION = re.compile(r"\d+\.\d+\.\d+")


def card_of(persona: Persona) -> dict[str, Any]:
    """The persona as a Character Card V2. A persona that came from a card takes that card along, with all it had."""
    kept = persona.metadata.get(KEPT)
    whole: dict[str, Any] = json.loads(kept) if kept else fresh(persona)
    changed = _changed_since(persona, Card(whole)) if kept else []
    replaced = {field: whole["data"][field] for field in changed if field in whole["data"]}
    added = [field for field in changed if field not in replaced]
    whole["data"].update({field: getattr(persona, FIELD_OF[field]) for field in changed})
    own = {"format": EXTENSION_FORMAT, "kept": bool(kept), "replaced": replaced, "added": added, "persona": _plain(persona)}
    whole["data"]["extensions"] = {**(whole["data"].get("extensions") or {}), EXTENSION: own}
    return whole


def fresh(persona: Persona) -> dict[str, Any]:
    """The card of a persona that came from no card, without our extension."""
    first, *others = persona.voice.samples
    data = {
        **dict.fromkeys(("name", *_WRITTEN[:3], "first_mes", *_WRITTEN[3:], "system_prompt", "post_history_instructions"), ""),
        **_rendered(persona),
        **{field: getattr(persona, own) for field, own in FIELD_OF.items()},
        "first_mes": first,
        "alternate_greetings": others,
        "tags": ["hotseat", "interview", "machine learning"],
        "creator": "",
        "extensions": {},
    }
    return {"spec": SPEC, "spec_version": SPEC_VERSION, "data": data}


def derived(card: Card) -> dict[str, str]:
    """What a persona takes over from the fields of a card that mean the same; without what the card leaves empty."""
    version = _VERSION.fullmatch(card.raw("character_version").strip())
    found = {
        "name": card.name[:80],
        "character_version": version.group() if version else "1.0.0",
        "post_history_instructions": card.text("post_history_instructions"),
    }
    return {field: text for field, text in found.items() if text}


def _changed_since(persona: Persona, card: Card) -> list[str]:
    """The fields of the card that the persona has other words for since it came in."""
    taken = derived(card)
    return [field for field, own in FIELD_OF.items() if taken.get(field, getattr(persona, own)) != getattr(persona, own)]


def _plain(persona: Persona) -> dict[str, Any]:
    plain = persona.model_dump(mode="json")
    plain["metadata"].pop(KEPT, None)
    return plain


def _rendered(persona: Persona) -> dict[str, str]:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("agent.cards", "."), undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
    module = environment.get_template("texts.j2").make_module()
    return {field: str(getattr(module, field)(persona)).strip() for field in _WRITTEN}
