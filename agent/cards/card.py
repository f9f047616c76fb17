"""A Character Card V2: its known fields checked, everything else as it was."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from agent.errors import InputError
from agent.prose import clean

SPEC, SPEC_VERSION = "chara_card_v2", "2.0"
TEXT_FIELDS = (
    "name",
    "description",
    "personality",
    "scenario",
    "first_mes",
    "mes_example",
    "creator_notes",
    "system_prompt",
    "post_history_instructions",
    "creator",
    "character_version",
)
LIST_FIELDS = ("alternate_greetings", "tags")
MAX_CHARACTERS = 600_000
MAX_DEPTH = 60

_CHAR = re.compile(r"\{\{char\}\}|<BOT>", re.IGNORECASE)
_USER = re.compile(r"\{\{user\}\}|<USER>", re.IGNORECASE)
_ORIGINAL = re.compile(r"\{\{original\}\}", re.IGNORECASE)


@dataclass(frozen=True)
class Card:
    """The whole card as plain data. Known fields have the types of the specification; unknown ones are never touched."""

    whole: dict[str, Any]

    @property
    def data(self) -> dict[str, Any]:
        """What the specification keeps under `data`."""
        data: dict[str, Any] = self.whole["data"]
        return data

    def raw(self, field: str) -> str:
        """A text field as it stands in the card."""
        value = self.data.get(field)
        return "" if value is None else str(value)

    def text(self, field: str) -> str:
        """A text field in plain words: no escapes, the card's marks for the two speakers replaced."""
        return self._plain(self.raw(field))

    def texts(self, field: str) -> list[str]:
        """A list field in plain words, without what is empty."""
        return [plain for one in self.data.get(field) or [] if (plain := self._plain(one))]

    @property
    def name(self) -> str:
        """The character's name on one line."""
        return " ".join(clean(self.raw("name")).split())

    def _plain(self, text: str) -> str:
        named = _CHAR.sub(lambda _: self.name, clean(text))
        return _ORIGINAL.sub("", _USER.sub("the candidate", named)).strip()


def parse_card(text: str, where: str) -> Card:
    """The card in a JSON text; `where` names the text in errors. A V3 card is taken as V2, with all that it has besides.

    Raises:
        InputError: it is no JSON, no card of version 2 or 3, or a known field has the wrong type.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{where}: the card has more than {MAX_CHARACTERS:,} characters; shorten it, a long character book mostly")
    try:
        whole = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InputError(f"{where}: this is not JSON ({reason}); export the card again where it was made") from error
    if any(depth > MAX_DEPTH for depth in _depths(whole)):
        raise InputError(f"{where}: the card is nested deeper than {MAX_DEPTH} levels; no card needs that, so it is not read")
    return _checked(whole, where)


def card_json(whole: dict[str, Any], *, indent: int | None = None) -> str:
    """A card as JSON text; characters that a terminal would act on are escaped."""
    return "".join(_escaped(character) for character in json.dumps(whole, ensure_ascii=False, indent=indent))


def _escaped(character: str) -> str:
    is_plain = character == "\n" or not (unicodedata.category(character).startswith("C") or character in "\u2028\u2029")
    return character if is_plain else json.dumps(character)[1:-1]


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _depths(value: Any) -> Iterator[int]:
    waiting = [(value, 1)]
    while waiting:
        here, depth = waiting.pop()
        yield depth
        children = here.values() if isinstance(here, dict) else here if isinstance(here, list) else ()
        if depth <= MAX_DEPTH:
            waiting.extend((child, depth + 1) for child in children)


def _checked(whole: Any, where: str) -> Card:
    if not isinstance(whole, dict):
        raise InputError(f"{where}: this JSON is no character card; a card has the fields `spec` and `data`")
    _check_spec(whole, where)
    data = whole.get("data")
    if not isinstance(data, dict):
        raise InputError(f"{where}: the card has no `data`; export it again as Character Card V2")
    for problem in _wrong_fields(data):
        raise InputError(f"{where}: data.{problem}; export the card again where it was made")
    card = Card(whole)
    if not card.name:
        raise InputError(f"{where}: the card has no name; give the character one and export it again")
    return card


def _check_spec(whole: dict[str, Any], where: str) -> None:
    spec = whole.get("spec")
    if spec in (SPEC, "chara_card_v3"):
        return
    if spec is None and isinstance(whole.get("name"), str) and "data" not in whole:
        raise InputError(f"{where}: this is a V1 card, and V2 is needed; open it in a card editor and save it as V2")
    raise InputError(f"{where}: the field `spec` says {str(spec)[:40]!r}, expected {SPEC!r}; export the card as Character Card V2")


def _wrong_fields(data: dict[str, Any]) -> Iterator[str]:
    for field in TEXT_FIELDS:
        if not isinstance(data.get(field), str | int | float | None) or isinstance(data.get(field), bool):
            yield f"{field} is no text"
    for field in LIST_FIELDS:
        value = data.get(field)
        if value is not None and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
            yield f"{field} is no list of texts"
    for field in ("extensions", "character_book"):
        if not isinstance(data.get(field), dict | None):
            yield f"{field} holds no fields"
