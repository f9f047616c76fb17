"""The words of a report, the same in every format: calm, exact, and plain about what a grade is."""

from __future__ import annotations

from agent.verdict import JudgePin, Overall, State

STATE_WORDS: dict[State, str] = {
    State.SCORED: "scored",
    State.NOT_OBSERVED: "not observed",
    State.ABSTAINED: "abstained",
    State.INSTRUMENT_ERROR: "instrument error",
}
STATE_MEANING: dict[State, str] = {
    State.SCORED: "Enough was said to give a level.",
    State.NOT_OBSERVED: "That is no low grade.",
    State.ABSTAINED: "Something was said, but not enough that could be verified, so the judge gives no grade.",
    State.INSTRUMENT_ERROR: "A part that measures failed. That says nothing about the candidate.",
}
UNGRADED = "This session has not been graded yet."
NO_QUOTE = "nothing was said there"
NOT_FOUND = "not found in the transcript"


def sure(confidence: float) -> str:
    """How sure the judge is, in two words: from 0.75 on fairly, from 0.5 on somewhat."""
    if confidence >= 0.75:
        return "fairly sure"
    return "somewhat sure" if confidence >= 0.5 else "not sure"


def about(judge: JudgePin) -> str:
    """What the reader should know about these grades before reading them."""
    embedded = "embedded" in judge.id
    who = "An embedded judge, a program without a language model," if embedded else f"The judge {judge.id}"
    return (
        "This is practice feedback, not a hiring assessment. "
        f"{who} compared what the candidate said with the rubric; every level rests on the words quoted with it. "
        "It can miss or misread what a person would hear; how sure it is stands beside each level, "
        "and in brackets where a rater's level mostly lies."
    )


def overall(result: Overall) -> str:
    """The overall score and what it covers, as a sentence."""
    covers = f"{result.scored} of {result.expected} expected competencies"
    if result.score is None:
        return f"No overall score: a level could be given for {covers}."
    return f"Overall {result.score:.1f} on a scale from 1 to 5, from {covers}."


def titled(name: str) -> str:
    """An id or key as words: `active_listening` becomes `Active listening`."""
    text = name.replace("_", " ").replace("-", " ").strip()
    return text[:1].upper() + text[1:]
