from __future__ import annotations

from itertools import pairwise

from agent.engine import Engine
from agent.events import CandidateSaid, ExchangeBegan, FactRevealed, Line
from agent.session import Interview

PANEL = "panel-of-three"
CARE = "I would begin with one category, next to the old ranking, and go back within the hour if returns rise."


def live(engine: Engine, scenario: str = PANEL, seed: int = 1) -> Interview:
    interview = Interview(scenario, seed=seed, engine=engine)
    interview.start()
    return interview


def test_who_is_addressed_by_name_answers(engine: Engine) -> None:
    interview = live(engine)
    for persona in interview.stage.personas:
        name = interview.stage.first_name(persona)
        said = interview.say(f"{name}, what did you have for lunch today?")
        assert said[0].persona == persona


def test_people_do_not_speak_in_turns_like_a_clock(engine: Engine) -> None:
    """Over a session of a panel everybody speaks, and the order is no round."""
    interview = live(engine)
    while not interview.is_over:
        interview.say(CARE)
    speakers = [event.speaker for event in interview.events if isinstance(event, Line)]
    changes = [(one, other) for one, other in pairwise(speakers) if one != other]
    assert set(speakers) == set(interview.stage.personas)
    assert len(set(changes)) > len(interview.stage.personas)


def test_people_contradict_each_other_once_about_each_thing(engine: Engine) -> None:
    begun: set[str] = set()
    for seed in range(4):
        interview = live(engine, seed=seed)
        while not interview.is_over:
            interview.say(CARE)
        once = [event.exchange for event in interview.events if isinstance(event, ExchangeBegan)]
        assert len(once) == len(set(once))
        begun |= set(once)
    assert len(begun) >= 2


def test_an_exchange_is_two_people_and_leaves_the_matter_open(engine: Engine) -> None:
    interview = live(engine)
    for exchange in interview.stage.scenario.exchanges:
        assert exchange.by != exchange.reply_by
    while not interview.is_over:
        said = interview.say(CARE)
        pair = [line for line in said if line.move == "exchange"]
        if pair:
            assert len({line.persona for line in pair}) == 2
            return
    raise AssertionError("no exchange in the whole session")


def test_what_is_said_to_one_person_nobody_else_hears(engine: Engine) -> None:
    interview = live(engine)
    alone, *others = list(interview.stage.personas)
    point = next(point for beat in interview.stage.scenario.beats for point in beat.points)
    said = interview.say(point.heard.examples[0], to=alone)
    assert {line.persona for line in said if line.private} == {alone}
    assert point.id not in interview.scene["points"]
    assert [event.to for event in interview.events if isinstance(event, CandidateSaid)] == [alone]
    assert others


def test_a_condition_said_in_private_moves_only_who_heard_it(engine: Engine) -> None:
    for name, position in live(engine).stage.positions.items():
        interview = live(engine)
        owner = name.split("/")[0]
        other = next(persona for persona in interview.stage.personas if persona != owner)
        for condition in position.moves_when:
            interview.say(condition.heard.examples[0], to=other)
        assert name not in interview.scene["positions"]


def test_a_fact_told_in_private_is_told_by_who_knows_it_alone(engine: Engine) -> None:
    interview = live(engine)
    fact = next(fact for fact in interview.stage.scenario.facts if len(fact.known_by) == 1)
    knows = fact.known_by[0]
    other = next(persona for persona in interview.stage.personas if persona != knows)
    interview.say(fact.asked.examples[0], to=other)
    assert fact.id not in interview.scene["facts"]
    said = interview.say(fact.asked.examples[0], to=knows)
    revealed = [event.by for event in interview.events if isinstance(event, FactRevealed)]
    assert revealed == [knows]
    assert said[0].private


def test_a_remark_made_aside_is_one_remark(engine: Engine) -> None:
    interview = live(engine)
    first = next(iter(interview.stage.personas))
    interview.say("Between us, how is the team really doing with all of this?", to=first)
    interview.say(CARE)
    assert [event.to for event in interview.events if isinstance(event, CandidateSaid)] == [first, None]


def test_a_word_in_private_that_somebody_began_stays_private_until_it_is_for_the_room(engine: Engine) -> None:
    interview = live(engine, "one-roadmap")
    private = next(beat for beat in interview.stage.scenario.beats if beat.private)
    while interview.scene["beat"] != private.id:
        interview.say(CARE)
    interview.say("What would help you most with this?")
    interview.say(CARE, to="room")
    assert [event.to for event in interview.events if isinstance(event, CandidateSaid)][-2:] == [private.by, None]


def test_private_words_are_never_quoted_by_somebody_else(engine: Engine) -> None:
    interview = live(engine)
    alone, *others = list(interview.stage.personas)
    secret = "I would rather throw the purple elephant metric away than defend it."
    interview.say(secret, to=alone)
    while not interview.is_over:
        interview.say(CARE, to="room")
    lines = [event for event in interview.events if isinstance(event, Line) and event.speaker in others]
    assert not [line.text for line in lines if "elephant" in line.text]
