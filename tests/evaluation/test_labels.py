from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from agent.errors import InputError
from agent.evaluation.about import begun, keep_about
from agent.evaluation.labels import pairs, read_sheets
from agent.evaluation.ratings import Rating
from agent.evaluation.ratings_file import line_of
from agent.rubric import Rubric


def written(folder: Path, rater: str, values: Iterable[float | None], name: str = "") -> Path:
    file = folder / f"{name or rater}.jsonl"
    rows = (Rating(item=f"i{place}", competency="resilience", rater=rater, value=value) for place, value in enumerate(values))
    file.write_bytes(b"".join(map(line_of, rows)))
    return file


def test_each_rater_is_counted_and_called_what_they_said_they_are(tmp_path: Path, rubric: Rubric) -> None:
    files = [written(tmp_path, "anna", [3, None]), written(tmp_path, "bot", [1]), written(tmp_path, "cleo", [2])]
    for file, rater, kind in zip(files[:2], ("anna", "bot"), ("person", "model"), strict=True):
        keep_about(begun(rater, kind, "", rubric, {}, 0), file)  # type: ignore[arg-type]
    assert [(one.rater, one.kind, one.items, one.competencies, one.levels) for one in read_sheets(files)] == [
        ("anna", "person", 2, 1, 1), ("bot", "model", 1, 1, 1), ("cleo", "", 1, 1, 1),
    ]  # fmt: skip


def test_agreement_is_of_what_both_rated(tmp_path: Path) -> None:
    files = [written(tmp_path, "anna", [1, 2, 3, 4, None, None]), written(tmp_path, "bo", [1, 3, 3, 2, None, 4, 5])]
    (pair,) = pairs(read_sheets(files))
    assert (pair.common, pair.both, pair.exact, pair.adjacent) == (6, 4, 0.5, 0.75)
    assert pair.seen_alike == pytest.approx(5 / 6)
    assert pair.kappa == pytest.approx(1 - 5 / (32 / 4))


def test_half_levels_weigh_half(tmp_path: Path) -> None:
    files = [written(tmp_path, "anna", [1, 2, 3.5]), written(tmp_path, "bo", [1, 2.5, 3.5])]
    (pair,) = pairs(read_sheets(files))
    assert pair.exact == pytest.approx(2 / 3)
    assert pair.kappa == pytest.approx(1 - 0.25 / (19.25 / 3))


def test_raters_who_gave_one_level_only_have_no_kappa_and_strangers_no_pair(tmp_path: Path) -> None:
    files = [written(tmp_path, "anna", [3, 3]), written(tmp_path, "bo", [3, 3]), written(tmp_path, "cleo", [])]
    (pair,) = pairs(read_sheets(files))
    assert (pair.exact, pair.kappa) == (1, None)


def test_raters_who_saw_nothing_have_no_shares(tmp_path: Path) -> None:
    (pair,) = pairs(read_sheets([written(tmp_path, "anna", [None]), written(tmp_path, "bo", [None])]))
    assert (pair.seen_alike, pair.both, pair.exact, pair.adjacent, pair.kappa) == (1, 0, None, None, None)


def test_one_rater_in_two_files_is_one_rater_unless_they_rate_the_same(tmp_path: Path) -> None:
    first, same = written(tmp_path, "anna", [3]), written(tmp_path, "anna", [4], name="again")
    with pytest.raises(InputError, match="in another file as well"):
        read_sheets([first, same])


@pytest.mark.parametrize("value", [0, 5.5, 2.25])
def test_what_is_no_level_is_refused(tmp_path: Path, value: float) -> None:
    with pytest.raises(InputError, match="is no level"):
        read_sheets([written(tmp_path, "anna", [value])])
