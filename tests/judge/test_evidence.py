"""What is heard in a sentence, and what only sounds like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from agent.judge.evidence import MOST_COMPETENCIES, Hearing, Listener
from agent.judge.own_words import own_words
from agent.judge.twists import answer_to
from agent.memory.embedder import default_embedder
from agent.polarity import turns_away
from agent.rubric import Rubric
from agent.transcript import Mark, Transcript
from agent.twist import Twist

ROOT = Path(__file__).parents[2]
TRIPLES = yaml.safe_load((ROOT / "evals" / "triples" / "first.yaml").read_text(encoding="utf-8"))

Hear = Callable[[str], dict[str, Hearing]]

WRONG = [
    ("You need a model because SQL does not scale and machine learning is more powerful.", "business_awareness"),
    ("Machine learning is needed since our rules do not work and a network is more powerful.", "business_awareness"),
    ("You need a model because SQL does not scale and machine learning is more powerful.", "production_judgment"),
    ("I think it should be fine with enough data.", "production_judgment"),
    ("With a few more rows that will probably be okay.", "production_judgment"),
    ("It was mostly the other team who didn't deliver their API.", "storytelling"),
    ("The problem was that the platform guys never sent their export.", "storytelling"),
    ("Let's set up a meeting with all the stakeholders and align on the KPIs.", "adaptability"),
    ("Let's set up a meeting with all the stakeholders and align on the KPIs.", "business_awareness"),
    ("I don't care about foreigners, just block all foreign cards.", "ethics_fairness"),
    ("Who cares about the older patients, the average is what counts.", "ethics_fairness"),
    ("Third: in conclusion, the model is good and we should use it.", "communication"),
    ("Marek, please: at 90 percent recall, how many would we refuse?", "resilience"),
    (
        "They already make calls between tickets, so they'd stop the untargeted ones; if waiting goes up ten percent we stop.",
        "storytelling",
    ),
    ("Your side: you carry the pager.", "production_judgment"),
    ("Send the uncertain ones to a second check.", "ethics_fairness"),
]


@pytest.fixture(scope="module")
def hear(rubric: Rubric, talk: Callable[..., Transcript]) -> Hear:
    listener = Listener(rubric, default_embedder())
    return lambda text: listener.hear(own_words(talk(text)).said)


@pytest.mark.parametrize(("sentence", "competency"), WRONG)
def test_what_only_sounds_like_it_is_not_heard(hear: Hear, sentence: str, competency: str) -> None:
    assert hear(sentence)[competency].support == ()


@pytest.mark.parametrize("triple", TRIPLES, ids=[triple["domain"] for triple in TRIPLES])
def test_a_sentence_supports_little_at_once(hear: Hear, triple: dict[str, str]) -> None:
    hearings = hear(triple["strong"])
    per_competency = Counter((name, one.order) for name, hearing in hearings.items() for one in hearing.support)
    in_all = Counter(one.order for hearing in hearings.values() for one in hearing.support)

    assert max(per_competency.values()) == 1
    assert max(in_all.values()) <= MOST_COMPETENCIES


@pytest.mark.parametrize(
    "sentence",
    [
        "I do not really care who gets refused.",
        "We use trees, not because they are simple, I just like them.",
        "The spreadsheet won't scale.",
        "That will all be fine.",
        "No, I don't agree.",
    ],
)
def test_denying_and_shrugging_turn_away(sentence: str) -> None:
    assert turns_away(sentence)


@pytest.mark.parametrize(
    "sentence", ["I care about the drivers most.", "A rule is enough for the first week.", "I would not use a network with so few rows."]
)
def test_a_plain_statement_turns_nothing_away(sentence: str) -> None:
    assert not turns_away(sentence)


@pytest.mark.parametrize(
    ("answer", "argues"),
    [
        ("No, I don't agree. I'd ask your friend for two numbers.", False),
        ("I disagree with your cousin, that figure leaves out everyone who stayed.", False),
        ("I don't agree with your forecast, it was measured in July.", False),
        ("I do not agree with that criticism, my answer was right.", True),
    ],
)
def test_only_feedback_can_be_argued_with(hear: Hear, answer: str, argues: bool) -> None:
    assert ("argues-with-feedback" in {one.id for one in hear(answer)["growth_mindset"].against}) is argues


@pytest.mark.parametrize(
    ("twist", "sentence"),
    [
        ("data-lost", "I would impute the missing values and normalise them."),
        ("data-lost", "Let's set up a meeting with all the stakeholders and align on the KPIs."),
        ("data-lost", "I'd fill the gaps with the median and scale the columns."),
        ("fairness-becomes-law", "I don't care about foreigners, just block all foreign cards."),
        ("fairness-becomes-law", "Dropping the nationality does not matter, just refuse them all."),
    ],
)
def test_a_twist_is_not_answered_by_its_words_alone(talk: Callable[..., Transcript], twist: str, sentence: str) -> None:
    path = ROOT / "personas" / "twists" / f"{twist}.yaml"
    points = Twist.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).behaviours
    mark = Mark(
        turn=1,
        kind="twist",
        label=twist,
        text=twist,
        expected=tuple(point.text for point in points),
        patterns=tuple(point.heard for point in points),
    )

    assert answer_to(mark, own_words(talk(sentence)).said, (), default_embedder()).heard == ()
