"""Character Card V2: personas go out as cards that other programs read, and cards of other programs come in as personas.

The format: https://github.com/malfoyslastname/character-card-spec-v2
"""

from agent.cards.card import Card, parse_card
from agent.cards.files import read_card, write_card
from agent.cards.foreign import Imported
from agent.cards.incoming import persona_from
from agent.cards.outgoing import card_of

__all__ = ["Card", "Imported", "card_of", "parse_card", "persona_from", "read_card", "write_card"]
