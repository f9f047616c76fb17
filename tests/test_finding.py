"""Search by meaning: the right twist, scene or person comes first, and nothing hidden is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.finding import FINDABLE, KIND_IN_WORDS, Findable, Finder
from agent.library import Library
from agent.library.library import shipped
from agent.library.starter import start
from agent.memory.embedder import default_embedder
from agent.settings import Settings


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(Library((shipped(),)), default_embedder(), Settings.from_environment().cache_dir)


@pytest.mark.parametrize(
    ("question", "kind", "name"),
    [
        ("they changed the requirements", "twist", "priority-shift"),
        ("suddenly far more users", "twist", "scale-tenfold"),
        ("honest customers whose cards are refused", "scenario", "fraud-trade-off"),
        ("children on school buses", "scenario", "behavioural-classic"),
        ("a lawyer who checks whether we follow the rules", "persona", "compliance-lead"),
    ],
)
def test_what_is_meant_comes_first(finder: Finder, question: str, kind: Findable, name: str) -> None:
    assert finder.find(question, kinds=[kind])[0].name == name


def test_a_document_is_found_once_with_a_passage_and_its_file(finder: Finder) -> None:
    found = finder.find("fraud", count=20)
    assert len({(one.kind, one.name) for one in found}) == len(found)
    assert all(one.passage and one.file.is_file() for one in found)
    assert [one.similarity for one in found] == sorted((one.similarity for one in found), reverse=True)


def test_nonsense_finds_nothing(finder: Finder) -> None:
    assert finder.find("qqxz blorp 7") == []


def test_the_kinds_of_twists_all_have_words() -> None:
    library = Library((shipped(),))
    assert {library.twist(name).kind for name in library.names("twist")} <= KIND_IN_WORDS.keys()


def test_hidden_facts_and_agendas_are_neither_found_nor_shown(tmp_path: Path) -> None:
    base = Library((shipped(),))
    for kind in ("persona", "twist", "scenario"):
        start(base, kind, "mine", tmp_path)
    for file in tmp_path.rglob("mine.yaml"):
        text = file.read_text(encoding="utf-8")
        text = text.replace("nine euros eighty", "nine purple zebras").replace("look foolish", "meet purple zebras")
        file.write_text(text, encoding="utf-8")
    assert "purple zebras" in (tmp_path / "personas/cast/mine.yaml").read_text(encoding="utf-8")
    assert "purple zebras" in (tmp_path / "personas/scenarios/mine.yaml").read_text(encoding="utf-8")

    found = Finder(Library((tmp_path,)), default_embedder(), tmp_path / "cache").find("purple zebras", kinds=FINDABLE, count=50)

    assert not any("zebra" in one.passage for one in found)


def test_a_wrong_file_is_named_and_does_not_stop_the_search(tmp_path: Path) -> None:
    start(Library((shipped(),)), "twist", "mine", tmp_path)
    (tmp_path / "personas/twists/broken.yaml").write_text("slug: [", encoding="utf-8")
    finder = Finder(Library((tmp_path,)), default_embedder(), tmp_path / "cache")

    assert [one.name for one in finder.find("a new target for the model", kinds=["twist"])] == ["mine"]
    assert "broken.yaml" in finder.wrong[0]


def test_the_question_is_not_kept(tmp_path: Path) -> None:
    start(Library((shipped(),)), "twist", "mine", tmp_path)
    finder = Finder(Library((tmp_path,)), default_embedder(), tmp_path / "cache")
    finder.find("something only I ask")
    before = next((tmp_path / "cache").iterdir()).read_bytes()
    finder.find("another thing only I ask")
    assert next((tmp_path / "cache").iterdir()).read_bytes() == before
