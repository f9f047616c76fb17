from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from agent.cli.agreement import MEANING
from agent.cli.app import app
from agent.errors import InputError
from agent.evaluation.measured import FIGURES, FURTHER
from tests.evaluation.statistics.published import KRIPPENDORFF, SHROUT_FLEISS, Rows

KEYS = {
    *("n_items", "n_raters", "n_values", "missing", "exact", "adjacent", "mae", "rmse", "bias", "pearson", "spearman", "kendall"),
    *("kappa", "kappa_linear", "qwk", "fleiss", "alpha_nominal", "alpha_ordinal", "alpha_interval", "alpha_ratio"),
    *("icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k"),
}


def ratings(folder: Path, rows: Rows, competency: str = "resilience") -> Path:
    file = folder / "ratings.jsonl"
    with file.open("a", encoding="utf-8") as opened:
        for item, row in enumerate(rows):
            for rater, value in enumerate(row):
                opened.write(json.dumps({"item": item, "competency": competency, "rater": f"r{rater}", "value": value}) + "\n")
    return file


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evals", "agreement", *map(str, arguments)])


def groups(*arguments: object) -> dict[str, dict[str, Any]]:
    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    found: dict[str, dict[str, Any]] = json.loads(run(*arguments, "--json", "--draws", 100).stdout, parse_constant=refuse)["groups"]
    return found


def test_json_holds_every_figure_of_krippendorff_s_example(tmp_path: Path) -> None:
    found = groups(ratings(tmp_path, KRIPPENDORFF))["all"]
    assert set(found) >= KEYS | {"ci", "reasons", "notes"}
    assert [round(found[f"alpha_{metric}"], 3) for metric in ("nominal", "ordinal", "interval", "ratio")] == [0.743, 0.815, 0.849, 0.797]
    assert (found["n_items"], found["n_raters"], found["n_values"], found["missing"]) == (12, 4, 41, 7)


def test_json_says_how_it_was_obtained(tmp_path: Path) -> None:
    found = json.loads(run(ratings(tmp_path, SHROUT_FLEISS), "--json", "--draws", 20, "--seed", 3).stdout)
    assert {name: found[name] for name in ("format", "draws", "seed", "level")} == {"format": 1, "draws": 20, "seed": 3, "level": 0.95}


def test_each_competency_can_be_a_group(tmp_path: Path) -> None:
    ratings(tmp_path, SHROUT_FLEISS)
    file = ratings(tmp_path, [(1, 2), (3, 3)], competency="empathy")
    found = groups(file, "--by", "competency")
    assert list(found) == ["resilience", "empathy"]
    assert round(found["resilience"]["icc3"], 2) == 0.71
    assert found["empathy"]["bias"] == 0.5


def test_a_figure_has_an_interval_around_it(tmp_path: Path) -> None:
    found = groups(ratings(tmp_path, KRIPPENDORFF))["all"]
    low, high = found["ci"]["alpha_interval"]
    assert low < found["alpha_interval"] < high


def test_what_is_undefined_is_null_with_a_reason(tmp_path: Path) -> None:
    found = groups(ratings(tmp_path, [(3, 3), (3, 3)]))["all"]
    assert found["exact"] == 1
    assert found["qwk"] is None
    assert "chance would agree as well" in found["reasons"]["qwk"]


def test_the_table_tells_each_figure_in_words(tmp_path: Path) -> None:
    told = run(ratings(tmp_path, SHROUT_FLEISS), "--draws", 50, "--plain").stdout
    assert "6 items, 4 raters, 24 values, 0 missing" in told
    assert all(f"{name} " in told and MEANING[name] in told for name in (*FIGURES, *FURTHER))
    assert "means over 6 pairs of raters" in told


def test_the_table_lists_what_is_undefined_once_for_each_reason(tmp_path: Path) -> None:
    told = run(ratings(tmp_path, [(1,), (2,)]), "--plain").stdout
    assert told.count("one rater alone has nobody to agree with") == 1


def test_a_reference_and_a_scale_can_be_given(tmp_path: Path) -> None:
    found = groups(ratings(tmp_path, [(1, 2, 2), (3, 3, 4)]), "--reference", "r2", "--scale", "0-10")["all"]
    assert found["scale"] == [0, 10]
    assert found["bias"] == pytest.approx(-0.75)


@pytest.mark.parametrize("scale", ["5", "5-1", "a-b", "1–5"])
def test_what_is_no_scale_is_refused(tmp_path: Path, scale: str) -> None:
    found = run(ratings(tmp_path, [(1, 2)]), "--scale", scale).exception
    assert isinstance(found, InputError)
    assert "such as --scale 1-5" in str(found)


def test_nan_in_the_file_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "ratings.jsonl"
    file.write_text('{"item": "a", "competency": "x", "rater": "r", "value": NaN}\n', encoding="utf-8")
    found = run(file).exception
    assert isinstance(found, InputError)
    assert "line 1" in str(found)
