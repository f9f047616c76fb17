"""Whether a text is English, by its function words and letters. Wrong or broken English is English."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_ENGLISH_WORDS = (
    "the of and to in is it that for you we i was with be this have are not on they but at what if how can would my so do as our from"
    " there which when will their one them an your about because then why who should could were had has more some does just or also"
)
_OTHERS = {
    "German": "der die das und ist nicht ein eine ich wir sie mit für auf dass den dem von zu auch wenn aber oder wie sind würde kann",
    "French": "le la les des est une et je nous vous que qui dans pour pas avec sur ce cette mais plus sont être avoir aux du",
    "Spanish": "el la los las es una y yo que en para con por se un del pero más como está son tiene lo muy porque",
    "Italian": "il la gli che di è una e io non con per sono come ma più del della anche questo abbiamo ho dei nel",
    "Portuguese": "o os as que de é uma e eu não com para por mais mas como são do da em um isso temos",
    "Dutch": "de het een en is niet ik wij we dat van op met voor zijn maar ook als er hebben kan deze zou",
    "Polish": "i w nie na się że to jest z do jak ale są od tak przez dla czy już",
    "Swedish": "och att det som inte är jag på för mig av med den till har alla kan vi ett",
    "Norwegian": "og det er ikke jeg på med til har som av den vi kan alle meg et",
    "Finnish": "ja ei että se minä ole kaikki mutta kun niin minulle tai",
    "Czech": "že je na nebo jsem jak mi všechny aby také",
    "Hungarian": "és hogy nem az egy minden nekem vagy csak már",
    "Romanian": "și nu este că pentru mi toate la cu din mai sunt",
    "Indonesian": "yang untuk tidak ini itu dengan saya semua dari beri",
    "Vietnamese": "và của cho là không có tôi một được các mọi",
    "Turkish": "ve bir bu için ile çok ama değil da de olarak daha gibi ben biz var",
}
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_FOREIGN = {language: frozenset(text.split()) - _ENGLISH for language, text in _OTHERS.items()}
_LATIN_SHARE = 0.6


def is_english(words: Sequence[str]) -> bool:
    """True unless most letters are of another script, or another language's function words outnumber the English ones."""
    lowered = [word.lower() for word in words]
    if _latin_share("".join(lowered)) < _LATIN_SHARE:
        return False
    english = sum(word in _ENGLISH for word in lowered)
    foreign = max(sum(word in known for word in lowered) for known in _FOREIGN.values())
    return foreign <= english


def foreign_share(words: Sequence[str]) -> float:
    """The share of another language's function words among all function words of a text; 0 where it has fewer than two."""
    lowered = [word.lower() for word in words]
    english = sum(word in _ENGLISH for word in lowered)
    known = max(_FOREIGN.values(), key=lambda known: sum(word in known for word in lowered))
    foreign = [word for word in lowered if word in known]
    return len(foreign) / (len(foreign) + english) if len(set(foreign)) > 1 else 0.0


def function_words(words: Sequence[str]) -> int:
    """How many of the words hold English sentences together."""
    return sum(word.lower() in _ENGLISH for word in words)


def is_latin(text: str) -> bool:
    """True unless most letters of `text` are of another script."""
    return _latin_share(text) >= _LATIN_SHARE


def _latin_share(text: str) -> float:
    letters = [letter for letter in text if letter.isalpha()]
    return sum("LATIN" in unicodedata.name(letter, "") for letter in letters) / len(letters) if letters else 1.0
