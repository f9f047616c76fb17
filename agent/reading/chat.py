"""Chat JSON: a list of messages, the assistant as interviewer and the user as candidate."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from agent.errors import TranscriptError
from agent.reading.said import Said
from agent.reading.source import shorten
from agent.transcript import Role

_ROLES: dict[str, Role] = {
    "assistant": "interviewer",
    "interviewer": "interviewer",
    "ai": "interviewer",
    "model": "interviewer",
    "user": "candidate",
    "candidate": "candidate",
    "human": "candidate",
}
_LEFT_OUT = frozenset({"system", "developer", "tool", "function"})
_NAMES: dict[Role, str] = {"candidate": "Candidate", "interviewer": "Interviewer"}


class Chat(NamedTuple):
    """What was said, and a note on messages that were left out (empty if none were)."""

    said: list[Said]
    note: str


def read_chat(messages: Any) -> Chat:
    """Everything said in a list of messages. Only the role of a message decides who speaks, never its text.

    Raises:
        TranscriptError: it is no list of messages, or a message has no known role or no text.
    """
    if not isinstance(messages, list):
        raise TranscriptError('"messages" is not a list; it needs to be one: {"messages": [{"role": "user", "content": "..."}]}')
    said = [_said(number, message) for number, message in enumerate(messages, start=1)]
    out = Counter(str(message["role"]) for message, one in zip(messages, said, strict=True) if one is None)
    note = ", ".join(f"{count} {role}" for role, count in sorted(out.items()))
    return Chat([one for one in said if one], f"left out by role: {note}" if note else "")


def _said(number: int, message: Any) -> Said | None:
    if not isinstance(message, dict) or not isinstance(message.get("role"), str):
        raise TranscriptError(f'message {number} has no role; every message needs "role" (assistant or user) and "content"')
    if message["role"] in _LEFT_OUT:
        return None
    role = _ROLES.get(message["role"])
    if role is None:
        raise TranscriptError(
            f"message {number} has the role {shorten(message['role'], 40)!r}; "
            "use 'assistant' for the interviewer and 'user' for the candidate"
        )
    name = message.get("name")
    return Said(name if isinstance(name, str) and name else _NAMES[role], _text(number, message.get("content")), role=role)


def _text(number: int, content: Any) -> str:
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "\n".join(filter(None, (_part(number, part) for part in content)))
    raise TranscriptError(f"the content of message {number} is not text; it needs a string or a list of text parts")


def _part(number: int, part: Any) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, dict):
        text = part.get("text", "")
        return text if isinstance(text, str) else ""
    raise TranscriptError(f'a part of message {number} is not text; it needs strings or {{"type": "text", "text": "..."}}')
