"""A card as a persona: the very persona that went out, or a foreign character."""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Iterator
from typing import Any

from agent.cards.card import Card
from agent.cards.foreign import Imported, checked, foreign_persona, keeping
from agent.cards.outgoing import EXTENSION, EXTENSION_FORMAT, FIELD_OF, derived, fresh
from agent.errors import InputError
from agent.persona import Persona
from agent.prose import clean


def persona_from(card: Card, slug: str | None = None) -> Imported:
    """The persona of a card. Nothing in it is carried out; what addresses the grading of an interview is left out and named.

    Raises:
        InputError: our own extension in it is damaged or of a later format.
    """
    whole = copy.deepcopy(card.whole)
    own = (whole["data"].get("extensions") or {}).pop(EXTENSION, None)
    imported = _returned(card, whole, own) if isinstance(own, dict) else foreign_persona(card, whole)
    if slug is None:
        return imported
    return imported._replace(persona=checked({**imported.persona.model_dump(mode="json"), "slug": slug}))


def _returned(card: Card, whole: dict[str, Any], own: dict[str, Any]) -> Imported:
    """The persona in our extension, with what was changed in the card's own fields since, and what others added."""
    if own.get("format") != EXTENSION_FORMAT:
        raise InputError(f"the card's Hotseat part has format {str(own.get('format'))[:20]!r}; a newer Hotseat wrote it, update yours")
    persona = checked(_printable(own.get("persona")))
    edited = dict(_edited(card, persona))
    persona = checked({**persona.model_dump(mode="json"), **edited})
    _restore(whole["data"], own)
    notes = [f"Changed in the card since it was exported, and taken over: {', '.join(edited)}."] if edited else []
    if own.get("kept") or whole != fresh(persona):
        persona = keeping(persona, whole)
    if not own.get("kept") and whole != fresh(persona):
        notes.append("The card has other text or fields than Hotseat wrote; they are kept with the persona and not used.")
    return Imported(persona, (), tuple(notes))


def _restore(data: dict[str, Any], own: dict[str, Any]) -> None:
    """Puts back what the card itself had where the persona's words went out."""
    replaced, added = own.get("replaced"), own.get("added")
    data.update(replaced if isinstance(replaced, dict) else {})
    for field in added if isinstance(added, list) else ():
        if field in FIELD_OF and field != "name":
            data.pop(field, None)


def _edited(card: Card, persona: Persona) -> Iterator[tuple[str, str]]:
    for field, own in FIELD_OF.items():
        mine, taken = getattr(persona, own), derived(card).get(field)
        if taken is not None and mine not in (taken, card.raw(field)):
            yield own, taken


def _printable(value: Any) -> Any:
    """`value` with every text in it as a library file may hold it."""
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_printable(inner) for inner in value]
    return clean(value) if isinstance(value, str) and _is_unsafe(value) else value


def _is_unsafe(text: str) -> bool:
    return any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in text)
