"""Puts the feedback together."""

from __future__ import annotations

from collections.abc import Mapping

from agent.feedback import Feedback, Mistake, Structure
from agent.judge.feedback.answers import answers
from agent.judge.feedback.drills import chosen
from agent.judge.feedback.ears import ears_of
from agent.judge.feedback.facts import Facts
from agent.judge.feedback.mistakes import Talk, found
from agent.judge.feedback.moments import moments
from agent.judge.feedback.structures import structures
from agent.judge.own_words import OwnWords, own_words
from agent.judge.quotes import is_verified
from agent.protocols import Embedder
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import Evidence, State, Verdict


def feedback(
    transcript: Transcript,
    rubric: Rubric,
    verdicts: Mapping[str, Verdict],
    *,
    own: OwnWords | None = None,
    embedder: Embedder | None = None,
) -> Feedback | None:
    """Feedback on a talk; None where nothing was scored.

    Args:
        own: the candidate's own words in it, where they are known already.
        embedder: with it also mistakes are named that words alone do not decide.
    """
    said = (own or own_words(transcript)).said
    if not said or all(verdict.state is not State.SCORED for verdict in verdicts.values()):
        return None
    facts, given = Facts(said), answers(transcript, said)
    talk = Talk(transcript, given, structures(given), verdicts, moments(transcript, rubric, verdicts, facts))
    mistakes = tuple(one for one in found(talk, ears_of(embedder) if embedder else None) if _is_there(one, transcript))
    return Feedback(
        moments=talk.best,
        mistakes=mistakes,
        structures=tuple(one for one in talk.structures if _is_quoted(one, transcript)),
        drills=chosen(talk, rubric, mistakes, facts),
    )


def _is_there(one: Mistake, transcript: Transcript) -> bool:
    return is_verified(Evidence(turn=one.turn, quote=one.quote), transcript)


def _is_quoted(one: Structure, transcript: Transcript) -> bool:
    return all(is_verified(Evidence(turn=part.turn or 0, quote=part.quote), transcript) for part in one.parts if part.quote)
