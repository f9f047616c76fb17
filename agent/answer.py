"""An answer as it may enter a session."""

from __future__ import annotations

from agent.errors import AnswerError
from agent.prose import clean

MAX_ANSWER = 20_000
"""Characters an answer may have: about ten times the two minutes of speech that an interviewer bears."""


def checked_answer(answer: str) -> str:
    """`answer`, cleaned.

    Raises:
        AnswerError: it is no text, nothing is left of it, or it is longer than `MAX_ANSWER` characters.
    """
    if not isinstance(answer, str):
        raise AnswerError(f"an answer is text, not {type(answer).__name__}")
    cleaned = clean(answer)
    if not cleaned:
        raise AnswerError("that answer is empty; say something, or ask a question")
    if len(cleaned) > MAX_ANSWER:
        raise AnswerError(f"that answer has {len(cleaned):,} characters; at most {MAX_ANSWER:,} are taken. Shorten it and send it again")
    return cleaned
