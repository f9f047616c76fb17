"""A scene from a job post: it fits the post, says why, is sound, and is the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.engine import Engine
from agent.events import FactRevealed
from agent.jobpost import Built, build, keep, parse_post, read_post
from agent.library import Library
from agent.library.library import shipped
from agent.library.lint import lint
from agent.memory.embedder import default_embedder
from agent.memory.vectors import prepare
from agent.session import Interview
from agent.settings import Settings

DATA = Path(__file__).with_name("data")
LIBRARY = Library((shipped(),))


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    themes = [text for question in LIBRARY.questions().questions for text in question.theme.examples]
    prepare(default_embedder(), themes, Settings.from_environment().cache_dir, lambda: False)


def _built(text: str) -> Built:
    return build(parse_post(text), LIBRARY, default_embedder())


@pytest.fixture(scope="module")
def payments() -> Built:
    return build(read_post(DATA / "payments.txt"), LIBRARY, default_embedder())


def _topics(built: Built) -> set[str]:
    return {reason.beat for reason in built.reasons}


def test_the_arc_is_whole(payments: Built) -> None:
    scenario = payments.scenario
    assert [beat.kind for beat in scenario.beats] == ["opening", "core", *["core"] * 4, "questions", "close"]
    assert [member.persona for member in scenario.cast] == ["engineering-manager"]
    assert len(scenario.twists) == 2
    assert {hint.beat for hint in scenario.hints} == {beat.id for beat in scenario.beats}


def test_every_question_names_the_sentence_that_brought_it(payments: Built) -> None:
    said = (DATA / "payments.txt").read_text(encoding="utf-8").splitlines()
    for reason in payments.reasons:
        assert reason.sentence
        assert reason.sentence.text in said[reason.sentence.line - 1]
    assert {"fraud-two-errors", "mentoring"} <= _topics(payments)
    assert "line" in payments.scenario.artifacts[0].text


def test_questions_differ_in_topic_and_mostly_in_competency(payments: Built) -> None:
    asked = payments.reasons[1:]
    assert len({reason.what for reason in asked}) == len(asked)
    assert len({reason.competency for reason in asked}) >= 3


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Improve our search ranking and the recommendations on the start page.", "ranking-offline"),
        ("Forecast the demand of two thousand products for our planners.", "forecast-uncertainty"),
        ("Build chatbots on top of large language models.", "llm-evaluation"),
        ("You will share an on-call rotation and lead incident response.", "on-call-night"),
        ("Work with messy, incomplete data from many hospitals.", "data-quality"),
        ("Explain results to executives who do not know statistics.", "explain-plainly"),
        ("Comply with GDPR when you handle personal data.", "privacy-data"),
        ("Detect objects in images from cameras on drones.", "vision-rare"),
        ("Run A/B tests and analyse experiments.", "experiment-design"),
        ("Serve predictions within ten milliseconds.", "latency-budget"),
    ],
)
def test_a_theme_brings_its_question(sentence: str, question: str) -> None:
    built = _built(f"Machine Learning Engineer\n\n- {sentence}\n- We are a friendly company with an office near the river and a garden.")
    brought = {reason.beat: reason.sentence for reason in built.reasons if reason.sentence}
    assert question in brought


def test_the_place_is_told_in_the_posts_own_words(payments: Built) -> None:
    facts = {fact.id: fact for fact in payments.scenario.facts}
    assert len(facts) >= 6
    assert "95,000 and 115,000 euros" in facts["pay"].told[0]
    assert "Lisbon" in facts["location"].told[0]
    assert "one week in six" in facts["on-call"].told[0]


def test_a_list_in_one_sentence_answers_several_questions() -> None:
    built = _built(
        "ML Engineer\n\nYou will build models that detect fraud.\nWe give 5,200 euros a month, 28 days of leave, and a place in Utrecht."
    )
    facts = {fact.id: fact.told[0] for fact in built.scenario.facts}
    assert "5,200 euros" in facts["pay"]
    assert "28 days" in facts["benefits"]


def test_where_the_post_is_silent_it_is_said_so() -> None:
    built = _built("Machine Learning Engineer\n\nYou will build models that detect fraud for small shops in eleven countries.\n")
    pay = next(fact for fact in built.scenario.facts if fact.id == "pay")
    assert "silent on the pay" in pay.told[0]


def test_the_same_post_gives_the_same_scene(payments: Built) -> None:
    again = build(read_post(DATA / "payments.txt"), Library((shipped(),)), default_embedder())
    assert again == payments


@pytest.mark.parametrize("name", ["payments.txt", "research.txt"])
def test_the_scene_is_without_errors(tmp_path: Path, name: str) -> None:
    path = keep(build(read_post(DATA / name), LIBRARY, default_embedder()), tmp_path, LIBRARY)
    assert [str(problem) for problem in lint(LIBRARY, [path]) if problem.severity == "error"] == []


def test_a_kept_scene_is_not_written_over(tmp_path: Path, payments: Built) -> None:
    path = keep(payments, tmp_path, LIBRARY)
    edited = path.read_text(encoding="utf-8").replace("minutes: 30", "minutes: 45")
    path.write_text(edited, encoding="utf-8")
    assert keep(payments, tmp_path, LIBRARY) == path
    assert path.read_text(encoding="utf-8") == edited


def test_orders_in_the_post_are_named_and_reach_nobody() -> None:
    built = build(read_post(DATA / "research.txt"), LIBRARY, default_embedder())
    assert [note[:8] for note in built.notes[:2]] == ["Line 16 ", "Line 17 "]
    assert "pass me" not in built.scenario.model_dump_json()


def test_a_post_in_another_language_gets_general_questions_and_is_told_so() -> None:
    built = _built(
        "Wir suchen eine Entwicklerin für maschinelles Lernen, die mit uns Modelle für die Vorhersage der Nachfrage baut und sie betreibt."
    )
    assert all(reason.sentence is None for reason in built.reasons)
    assert len(built.reasons) == 5
    assert "does not read as English" in built.notes[0]
    assert built.scenario.facts == ()


def test_braces_and_quotes_in_a_post_do_no_harm(tmp_path: Path) -> None:
    built = _built(
        'ML Engineer {quote} %TASK%\n\n- You will build "models" for {name} that detect fraud at 95% recall.\n'
        "- The salary is {number} euros and a \x1b[31mbonus\x1b[0m.\n- %SAID% is a plus."
    )
    path = keep(built, tmp_path, LIBRARY)
    text = path.read_text(encoding="utf-8")
    assert "\x1b" not in text
    assert [str(problem) for problem in lint(LIBRARY, [path]) if problem.severity == "error"] == []


def test_the_scene_can_be_played(tmp_path: Path, payments: Built) -> None:
    keep(payments, tmp_path, LIBRARY)
    interview = Interview(payments.scenario.slug, seed=5, engine=Engine(library=Library((tmp_path, shipped())), clock=lambda: 0.0))
    interview.start()
    told = interview.say("I build forecasts for bakeries. What is the salary range, and is there on-call duty?")
    assert {event.fact for event in interview.events if isinstance(event, FactRevealed)} == {"pay", "on-call"}
    assert "95,000" in " ".join(line.text for line in told)

    for _ in range(40):
        if interview.is_over:
            break
        interview.say("I would start with the data, ask the people who use it, and compare a simple rule with the model for two weeks.")
    assert interview.is_over
    assert {event.twist for event in interview.events if event.type == "twist_fired"} == {use.twist for use in payments.scenario.twists}
