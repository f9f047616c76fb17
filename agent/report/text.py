"""A transcript as plain text and as Markdown."""

from __future__ import annotations

from agent.prose import clean
from agent.report.marked import block, inline
from agent.transcript import Mark, Transcript, Turn


def transcript_to_text(transcript: Transcript) -> str:
    """`Name: text` lines that `agent.reading` reads back; further lines of a turn are indented."""
    return "\n".join(f"{one_line(turn.speaker)}: {_indented(clean(turn.text))}\n" for turn in transcript.turns)


def transcript_to_markdown(transcript: Transcript) -> str:
    """Every turn with its number, the candidate's marked, twists where they happened."""
    said: list[str] = []
    for turn in transcript.turns:
        said += [f"*{inline(twist_line(mark))}*\n" for mark in transcript.marks if mark.turn == turn.number]
        you = " (candidate)" if turn.role == "candidate" and turn.speaker.casefold() != "candidate" else ""
        alone = f" ({inline(alone_with(turn))})" if turn.aside else ""
        said.append(f"**{turn.number}. {inline(one_line(turn.speaker))}{you}{alone}**\n\n{block(turn.text)}\n")
    return "\n".join(said)


def twist_line(mark: Mark) -> str:
    """What happened at a mark, in a sentence."""
    kind = "Twist" if mark.kind == "twist" else "Interruption"
    label, text = one_line(mark.label), one_line(mark.text)
    return f"{kind}: {label}" if text in ("", label) else f"{kind}: {label}. {text}"


def alone_with(turn: Turn) -> str:
    """Who else heard something that was said in private, in a phrase."""
    return "to you alone" if turn.aside == turn.speaker else f"to {one_line(turn.aside or '')} alone"


def named(turn: Turn) -> str:
    """Who says it, and to whom where not everybody hears it."""
    return f"{one_line(turn.speaker)} ({alone_with(turn)})" if turn.aside else one_line(turn.speaker)


def one_line(text: str) -> str:
    """`text`, cleaned, on one line."""
    return " ".join(clean(text).split())


def _indented(text: str) -> str:
    return "\n".join(line if number == 0 or not line else f"  {line}" for number, line in enumerate(text.split("\n")))
