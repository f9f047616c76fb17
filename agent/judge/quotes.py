"""Whether a quote is really there, and whether the candidate said it. Nothing is shown that does not pass."""

from __future__ import annotations

import re
import unicodedata

from agent.prose import clean
from agent.transcript import Transcript
from agent.verdict import Evidence

_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "..."})
_SPACE = re.compile(r"\s+")


def normalised(text: str) -> str:
    """`text` cleaned, in lower case and NFKC, with plain quotation marks, dashes and single spaces."""
    plain = unicodedata.normalize("NFKC", clean(text)).translate(_MARKS)
    return _SPACE.sub(" ", plain).strip().casefold()


def is_verified(evidence: Evidence, transcript: Transcript) -> bool:
    """True if the quote stands in the candidate's turn of that number: exactly, or after normalisation."""
    turn = next((turn for turn in transcript.candidate_turns if turn.number == evidence.turn), None)
    if turn is None or not evidence.quote.strip():
        return False
    if evidence.quote in turn.text:
        return True
    quote = normalised(evidence.quote)
    return bool(quote) and quote in normalised(turn.text)
