"""Delivery: how it was said, in figures. Computed for every report, never graded.

| key | unit |
|---|---|
| `answers` | candidate turns with at least one word |
| `words` | words in all answers |
| `words_per_answer` | `mean`, `median`, `max`: words |
| `words_to_the_point` | mean words before the first sentence that decides, claims a number or recommends; null if none does |
| `filler_words`, `hedges` | count |
| `questions` | sentences that end in a question mark |
| `clarifying_questions` | those that ask for a goal, constraint or meaning |
| `numbers` | figures used; `numbers_with_units` those with a unit |
| `we`, `i` | count of we/us/our and of I/me/my |
| `jargon` | count of terms that are jargon to these listeners; `jargon_share` its share of all words, 0 to 1; null if none are known |
| `check_ins` | sentences that ask whether it landed |
| `stories` | answers to a turn that asks for a past event: `turn`, `words`, `star` and `pep` parts present |
| `response_seconds` | mean seconds to answer, where known; else null |
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import fmean, median
from typing import Any

from agent.prose import sentences, words
from agent.transcript import Transcript, Turn


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)", re.IGNORECASE)


_FILLER = _any(
    "um+",
    "uh+",
    "er+m?",
    "hm+",
    "basically",
    "actually",
    "you know",
    "i mean",
    "like,",
    "sort of",
    "kind of",
    "literally",
    "so yeah",
    "anyway",
)
_HEDGE = _any(
    "maybe",
    "perhaps",
    "probably",
    "possibly",
    "i guess",
    "i think",
    "i believe",
    "might",
    "could be",
    "somehow",
    "somewhat",
    "more or less",
    "not sure",
)
_POINT = _any(
    r"i(?:'d| would|'ll| will)? (?:recommend|propose|suggest|choose|pick|prefer|start|begin|go with|keep|stop|take|decide|roll|launch)\w*",
    "my (?:recommendation|proposal|answer|point|choice|advice)",
    "we (?:should|must|need to|have to)",
    "the (?:answer|point|short version|main thing)",
    "short answer",
    "bottom line",
    "in short",
    "yes",
    "no",
    r"[$€£]?\d[\d.,]*\s*(?:%|percent)?",
)
_CLARIFYING = _any(
    "how (?:many|much|fast|long|often|late|big)",
    "what (?:does|do|is|are|would|happens|problem|matters|exactly|counts|kind)",
    "who",
    "whom",
    "which",
    "why",
    "do (?:you|we) (?:mean|know|have)",
    "is (?:there|it|that)",
    "are there",
    "when",
    "where",
    "did i",
    "what's",
    "by when",
    "can (?:we|you|i)",
)
_CHECK_IN = _any(
    "make sense",
    "go deeper",
    "more detail",
    "level of detail",
    "is that enough",
    "answer(?:ed|s)? your question",
    "clear so far",
    "shall i go",
    "should i go",
    "want me to",
    "with me so far",
    "tell me if i",
    "stop me",
)
_NUMBER = re.compile(r"(?<!\w)[$€£]?\d[\d.,]*(?:\s?(?:%|[a-zA-Z]+))?")
_UNIT = re.compile(
    r"[$€£]|(?:%|percent|ms|s|sec\w*|min\w*|hours?|days?|weeks?|months?|quarters?|years?|k|m|mb|gb|tb|dollars?|euros?|usd|eur|cents?|points?|users?|customers?|"
    r"clients?|people|patients?|calls?|cases?|orders?|rows?|labels?|requests?|qps|times|x|million|billion|thousand|tickets?|records?|alerts?)$",
    re.IGNORECASE,
)
_WE = _any("we", "us", "our", "ours", "we'(?:d|ll|re|ve)")
_I = _any("i", "me", "my", "mine", "i'(?:d|ll|m|ve)")

_STAR = {
    "situation": _any(
        "last (?:year|month|summer|winter|quarter)",
        "in 20\\d\\d",
        "ago",
        "when (?:i|we)",
        "at my",
        "in my (?:last|previous|former)",
        "there was",
        "back (?:in|then)",
        "we had",
        "i worked",
    ),
    "task": _any(
        "my (?:job|task|part|role|goal)",
        "i (?:was|had) (?:responsible|asked|to|in charge)",
        "asked me",
        "i owned",
        "we (?:had|needed) to",
        "the goal was",
    ),
    "action": _any("i (?:then |also |first )?(?:[a-z]+ed|built|ran|wrote|took|found|made|went|set|put|cut|began|sat|brought|led|told)"),
    "result": _any(
        "as a result",
        "in the end",
        "after (?:that|two|three|\\w+ (?:weeks|months))",
        "dropped",
        "fell",
        "grew",
        "rose",
        "went (?:up|down|from)",
        "reduced",
        "increased",
        "improved",
        "saved",
        "result",
    ),
}
_PEP = {
    "problem": _any("problem", "issue", "trouble", "difficulty", "challenge", "hard part", "went wrong", "was broken"),
    "evidence": _any(
        "data", "numbers?", "logs?", "showed", "measured", "saw that", "found that", "evidence", "because", r"\d[\d.,]*\s?(?:%|percent)"
    ),
    "proposal": _any("i (?:proposed|suggested|recommended|would|'d)", "proposal", "we should", "so (?:i|we)", "decided", "my idea"),
}


def without_fillers(sentence: str) -> str:
    """The sentence without filler words, which say nothing about what is said."""
    return " ".join(_FILLER.sub(" ", sentence).split()).lstrip(", ")


def measure(transcript: Transcript) -> dict[str, Any]:
    """The delivery measures of a transcript, as the table above says."""
    answers = [turn for turn in transcript.candidate_turns if words(turn.text)]
    lengths = [len(words(turn.text)) for turn in answers]
    said = [sentence for turn in answers for sentence in sentences(turn.text)]
    text = "\n".join(turn.text for turn in answers)
    asked = [sentence for sentence in said if sentence.rstrip("\"'”’) ").endswith("?")]
    return {
        "answers": len(answers),
        "words": sum(lengths),
        "words_per_answer": _spread(lengths),
        "words_to_the_point": _mean([count for turn in answers if (count := words_to_the_point(turn.text)) is not None]),
        "filler_words": _count(_FILLER, text),
        "hedges": _count(_HEDGE, text),
        "questions": len(asked),
        "clarifying_questions": sum(bool(_CLARIFYING.search(sentence)) for sentence in asked),
        **_numbers(text),
        "we": _count(_WE, text),
        "i": _count(_I, text),
        **_jargon(text, sum(lengths), transcript.jargon),
        "check_ins": sum(bool(_CHECK_IN.search(sentence)) for sentence in said),
        "stories": stories(transcript),
        "response_seconds": _mean([turn.seconds for turn in answers if turn.seconds is not None]),
    }


def words_to_the_point(text: str) -> int | None:
    """Words before the first sentence that decides, recommends or gives a figure; None if there is none."""
    count = 0
    for sentence in sentences(text):
        if _POINT.search(sentence):
            return count
        count += len(words(sentence))
    return None


def stories(transcript: Transcript) -> list[dict[str, Any]]:
    """The answers to turns that ask for a past event, with the STAR and PEP parts present in each."""
    return [
        {
            "turn": answer.number,
            "words": len(words(answer.text)),
            "star": [part for part, found in _STAR.items() if found.search(answer.text)],
            "pep": [part for part, found in _PEP.items() if found.search(answer.text)],
        }
        for answer in _story_answers(transcript.turns)
    ]


def _story_answers(turns: Sequence[Turn]) -> list[Turn]:
    """Each candidate turn whose nearest interviewer turns before it ask for a story."""
    answers = []
    asked = False
    for turn in turns:
        if turn.role == "interviewer":
            asked = asked or turn.asks_story
        else:
            if asked and words(turn.text):
                answers.append(turn)
            asked = False
    return answers


def _numbers(text: str) -> dict[str, int]:
    found = [match.group() for match in _NUMBER.finditer(text)]
    return {"numbers": len(found), "numbers_with_units": sum(bool(_UNIT.search(number.rstrip(".,"))) for number in found)}


def _jargon(text: str, total: int, terms: Sequence[str]) -> dict[str, Any]:
    if not terms:
        return {"jargon": None, "jargon_share": None}
    count = _count(_any(*(re.escape(term) for term in sorted(terms, key=len, reverse=True))), text)
    return {"jargon": count, "jargon_share": round(count / total, 4) if total else 0.0}


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _spread(lengths: Sequence[int]) -> dict[str, float]:
    if not lengths:
        return {"mean": 0.0, "median": 0.0, "max": 0}
    return {"mean": round(fmean(lengths), 1), "median": float(median(lengths)), "max": max(lengths)}


def _mean(values: Sequence[float]) -> float | None:
    return round(fmean(values), 1) if values else None
