from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.errors import HotseatError
from agent.evaluation.items import Item, in_order, read_items
from agent.library.library import shipped

GOLDENS = shipped() / "evals/goldens"
NAMES = [f"item-{number}" for number in range(12)]


def test_a_folder_gives_its_goldens_at_any_depth_each_once() -> None:
    found = list(read_items([GOLDENS / "dev", GOLDENS / "dev" / "ab-no-uplift-a.yaml"]))
    assert [item.id for item in found] == sorted(file.stem for file in (GOLDENS / "dev").glob("*.yaml"))
    assert found[0].sha256 == hashlib.sha256((GOLDENS / "dev" / f"{found[0].id}.yaml").read_bytes()).hexdigest()


def test_a_folder_without_goldens_gives_its_transcripts(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("Dana: Why?\nCandidate: Because.\n", encoding="utf-8")
    (tmp_path / "notes.md").write_text("not a talk", encoding="utf-8")
    (found,) = read_items([tmp_path])
    assert (found.id, [turn.text for turn in found.talk.turns]) == ("talk", ["Why?", "Because."])


def test_the_candidate_of_a_transcript_can_be_named(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_text("Dana: Why?\nRui: Because.\n", encoding="utf-8")
    (found,) = read_items([file], candidate="Rui")
    assert [turn.who for turn in found.talk.turns] == ["Dana", "Candidate"]


def test_a_brief_is_shown(tmp_path: Path) -> None:
    text = (GOLDENS / "dev/ab-no-uplift-a.yaml").read_text(encoding="utf-8")
    (tmp_path / "ab-no-uplift-a.yaml").write_text(text.replace("\nturns:", "\nbrief: You own the ranking.\nturns:"), encoding="utf-8")
    assert [item.talk.brief for item in read_items([tmp_path])] == ["You own the ranking."]


@pytest.mark.parametrize("content", [None, "", "id: x\n"])
def test_what_cannot_be_rated_is_told(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "x.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(HotseatError):
        list(read_items([tmp_path]))


def test_the_order_is_each_raters_own_and_always_the_same(item: Callable[..., Item]) -> None:
    def order(rater: str, seed: int, names: list[str] = NAMES) -> list[str]:
        return [one.id for one in in_order(map(item, names), rater, seed)]

    assert order("anna", 0) == order("anna", 0, NAMES[::-1])
    assert sorted(order("anna", 0)) == sorted(NAMES)
    assert len({tuple(order(rater, seed)) for rater in ("anna", "bo", "cleo") for seed in range(3)}) == 9


def test_an_item_that_comes_later_leaves_the_order_of_the_others(item: Callable[..., Item]) -> None:
    more = [one.id for one in in_order(map(item, [*NAMES, "later"]), "anna", 0)]
    assert [name for name in more if name != "later"] == [one.id for one in in_order(map(item, NAMES), "anna", 0)]


@pytest.mark.parametrize(("names", "told"), [(["one", "one"], "two of the items are called 'one'"), ([], "nothing to rate")])
def test_items_need_names_of_their_own(item: Callable[..., Item], names: list[str], told: str) -> None:
    with pytest.raises(HotseatError, match=told):
        in_order(map(item, names), "anna", 0)
