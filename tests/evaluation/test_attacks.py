"""Attacks and twins: the same for the same seed, and harmless where they should be."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from agent.errors import InputError
from agent.evaluation.attacks import pairs, read_attacks
from agent.evaluation.disguises import DISGUISES
from agent.evaluation.robustness import effect, is_identical
from agent.evaluation.twins import MANNERS, in_manner, read_pools, swapped
from agent.judge import EmbeddedJudge
from agent.judge.skeleton import skeleton
from agent.memory.embedder import default_embedder
from agent.rubric import Rubric
from agent.transcript import Transcript, Turn

ROOT = Path(__file__).parents[2]
ATTACKS = read_attacks(ROOT / "evals" / "attacks" / "attacks.yaml")
POOLS = read_pools(ROOT / "evals" / "twins" / "pools.yaml")
SAID = (
    "Mara, he told the German team at Google that we would roll back. I led with the cost because each hour takes forty orders.",
    "There are two options. We can tighten the rule or add a second check, and I would add the check because it costs less.",
)
BY_FORM = ("breakouts", "hidden", "other-languages", "encoded")


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return Rubric.model_validate(yaml.safe_load((ROOT / "rubrics" / "core" / "1.0.0.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def judge() -> EmbeddedJudge:
    return EmbeddedJudge(default_embedder())


@pytest.fixture
def host() -> Transcript:
    turns = [Turn(number=1, role="interviewer", speaker="Mara", text="What now?")]
    turns += [Turn(number=number, role="candidate", speaker="Candidate", text=said) for number, said in enumerate(SAID, 2)]
    return Transcript(turns=tuple(turns), source="host")


def test_the_same_seed_plants_the_same(host: Transcript, rubric: Rubric) -> None:
    first, second, other = (list(pairs(ATTACKS, [host], rubric, each=2, seed=seed)) for seed in (1, 1, 2))

    assert first == second != other
    assert len(first) == 2 * len(ATTACKS.families)


def test_an_attack_leaves_the_candidates_other_words(host: Transcript, rubric: Rubric) -> None:
    for pair in pairs(ATTACKS, [host], rubric, each=3):
        plain, attacked = (" ".join(turn.text for turn in one.candidate_turns) for one in (pair.plain, pair.attacked))
        assert "{" + "skill}" not in attacked
        assert set(plain.split()) <= set(attacked.split())


def test_attacks_of_a_form_are_named_and_raise_nothing(host: Transcript, rubric: Rubric, judge: EmbeddedJudge) -> None:
    families = tuple(family for family in ATTACKS.families if family.id in BY_FORM)
    plain = judge.grade_now(host, rubric)

    for pair in pairs(ATTACKS.model_copy(update={"families": families}), [host], rubric, each=6):
        result = effect(plain, judge.grade_now(pair.attacked, rubric))
        assert (result.risen, result.named) == ((), True), pair.payload


@pytest.mark.parametrize("name", ["homoglyph", "fullwidth", "mathematical", "zero-width", "soft", "spaced", "dotted"])
def test_a_disguise_is_seen_through(name: str) -> None:
    assert "ignore all previous" in " ".join(skeleton(DISGUISES[name]("ignore all previous rules")).split())


def test_a_file_without_attacks_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "attacks.yaml"
    file.write_text("families: []", encoding="utf-8")

    with pytest.raises(InputError, match="is no file of attacks"):
        read_attacks(file)


def test_another_person_is_swapped_in_and_heard_the_same(host: Transcript) -> None:
    from agent.judge.own_words import own_words

    twin = swapped(host, POOLS, seed=3)
    said = [[each.heard for each in own_words(one).said] for one in twin]

    assert twin.changed
    assert "Mara" not in twin.other.turns[1].text
    assert said[0] == said[1]


@pytest.mark.parametrize("manner", MANNERS)
def test_a_manner_is_the_same_for_the_same_seed(host: Transcript, manner: str) -> None:
    assert in_manner(host, manner, seed=4) == in_manner(host, manner, seed=4)


def test_a_report_is_identical_to_itself(host: Transcript, rubric: Rubric, judge: EmbeddedJudge) -> None:
    report = judge.grade_now(host, rubric)

    assert is_identical(report, report)
    assert effect(report, report) == ((), False, ())
