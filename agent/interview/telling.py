"""Questions of the candidate: facts that are told, told again, or that nobody here knows."""

from __future__ import annotations

from agent.events import FactRevealed, Quote
from agent.interview.decision import Decision
from agent.interview.ledger import is_open
from agent.interview.situation import Situation
from agent.move import Move
from agent.observation import Heard
from agent.persona import LineKind

TOLD_AT_ONCE = 2
QUESTIONS_A_BEAT = 2
QUESTIONS_IN_A_ROW = 4
"""After so many turns of nothing but questions, somebody wants an answer (more for a patient person)."""


def tell(s: Situation) -> Decision | None:
    """The facts that were asked for, by somebody who heard the question and knows them."""
    asked = [heard for heard in s.seen["facts"] if heard["id"] not in s.scene["facts"] and _who_knows(s, heard["id"])]
    moves = [_telling(s, heard) for heard in asked[:TOLD_AT_ONCE]] or _retelling(s)
    return Decision(moves, floor=s.asks_only and not _is_interviewed(s)) if moves else None


def _is_interviewed(s: Situation) -> bool:
    """Where the candidate is the one who asks, the talk moves on after two questions to a beat."""
    return s.stage.scenario.graded is not None and s.scene["turns"] - s.scene["beat_turn"] >= QUESTIONS_A_BEAT


def unknown(s: Situation) -> Decision | None:
    """An answer to a question that nobody who heard it can answer."""
    known = [heard for heard in s.seen["facts"] if _who_knows(s, heard["id"])]
    if not s.asks_only or known or s.settled:
        return None
    if "asks_view" in s.acts:
        return view(s)
    if "small_talk" in s.acts:
        return put_again(s)
    by = s.responder
    patience = QUESTIONS_IN_A_ROW + round(2 * s.stage.personas[by].temperament.patience)
    again = s.scene["last_move"] == "unknown"
    kind: LineKind = "enough_questions" if again or s.scene["questions_in_a_row"] >= patience else "unknown_question"
    pool = f"persona/{by}/{kind}"
    return Decision([s.move("unknown", by, pool)], floor=not again) if s.can_say(pool) else None


def view(s: Situation) -> Decision | None:
    """What somebody thinks of it, when they are asked: another argument for the view they hold."""
    by = s.responder
    for name in s.stage.positions:
        pool = f"position/{name}/pushback"
        if name.startswith(f"{by}/") and is_open(s.scene, name) and s.can_say(pool):
            return Decision([s.move("pushback", by, pool, ask="why that view is wrong")], floor=True)
    return put_again(s)


def put_again(s: Situation) -> Decision | None:
    """The open question once more, after small talk."""
    by, ask = s.responder, s.scene["ask"]
    pool = f"persona/{by}/probe_unanswered"
    if not ask or not s.can_say(pool, s.slots(by, ask=ask)):
        return None
    return Decision([s.move("press", by, pool, ask=ask, point=s.scene["point"], slots={"ask": ask})], floor=True)


def _telling(s: Situation, asked: Heard) -> Move:
    fact = asked["id"]
    by = _who_knows(s, fact)
    assert by, "asked facts are known to somebody"
    quote = Quote(turn=asked.get("turn", s.scene["answer_turn"]), text=asked["quote"])
    event = FactRevealed(at=s.now, fact=fact, by=by, question=quote).model_dump(mode="json")
    return s.move("tell", by, f"fact/{fact}/{by}", events=[event])


def _who_knows(s: Situation, fact: str) -> str | None:
    knowing = [persona for persona in s.stage.facts[fact].known_by if s.hears(persona) and _may_answer(s, persona)]
    if fact in s.void_facts:
        return None
    asked = [persona for persona in (s.responder, s.speaker) if persona in knowing]
    return next(iter([*asked, *knowing]), None)


def _may_answer(s: Situation, persona: str) -> bool:
    """A question to somebody by name is for them alone."""
    return s.seen["addressed"] in (None, persona)


def _retelling(s: Situation) -> list[Move]:
    known = [heard["id"] for heard in s.seen["facts"] if heard["id"] in s.scene["facts"]][:1]
    moves = []
    for fact in known:
        by, slots = _who_knows(s, fact), {"fact": s.stage.facts[fact].short}
        if by and s.asks_only and s.can_say(f"persona/{by}/told_already", s.slots(by, **slots)):
            moves.append(s.move("retell", by, f"persona/{by}/told_already", slots=slots))
    return moves
