"""The page of a run: whole, self-contained, escaped, and its figures are the report's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from agent.errors import InputError
from agent.evaluation.comparing.answers import ratings_of
from agent.evaluation.comparing.sides import read_sides
from agent.evaluation.comparing.table import tables
from agent.evaluation.page.words import figure, interval
from agent.evaluation.runs.reading import Run, read_run
from agent.evaluation.statistics import quadratic_kappa
from agent.rubric import LEVELS
from agent.transcript import Transcript
from agent.verdict import Evidence, State, Verdict
from tests.evaluation.page.conftest import Saying, graded, level, page_of
from tests.evaluation.runs.world import World
from tests.report.test_html import HOSTILE, Page


def table(text: str, caption: str) -> list[list[str]]:
    """The cells of the table with that caption, row by row."""
    found = re.search(rf"<caption>{caption}</caption>.*?<tbody>(.*?)</tbody>", text, re.DOTALL)
    assert found, caption
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr>(.*?)</tr>", found[1], re.DOTALL)]


def test_the_page_is_well_formed_and_every_link_leads_somewhere(text: str) -> None:
    page = Page(text)

    ids = page.all("id")
    assert page.open == []
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in page.all("href")} <= set(ids)
    assert {name for names in page.all("aria-labelledby") for name in names.split()} <= set(ids)
    assert {"gates", "agreement", "judges", "probes", "furthest", "provenance", "replay"} <= set(ids)


def test_nothing_is_loaded_and_nothing_runs(text: str) -> None:
    page = Page(text)

    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "embed", "form"}
    assert page.all("src") == []
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    for reach in ("url(", "@import", "http:", "https:"):
        assert reach not in text
    assert "default-src 'none'; style-src 'unsafe-inline'" in " ".join(page.all("content"))


@pytest.mark.parametrize("judge", ["strict", "kind"])
def test_the_figures_are_those_of_the_report(judge: str, run: Run, text: str) -> None:
    result = run.report.judges[judge]
    rows = table(text, f"{judge}: agreement with the raters together, by competency")
    for cells, (name, row) in zip(rows, result.agreement.items(), strict=True):
        among = run.report.raters[name]
        assert cells[1:4] == [str(row.items), str(row.both), figure(row.qwk)]
        assert cells[4] == interval(row.ci["qwk"])
        assert cells[5:9] == [figure(row.mae), figure(row.bias), figure(row.observed), figure(row.covered)]
        assert (cells[9], cells[11]) == (figure(among.figures["qwk"]), figure(among.figures["ceiling_qwk"]))


def test_gates_and_probes_stand_there_with_value_interval_and_outcome(run: Run, text: str) -> None:
    report = run.report
    for cells, gate in zip(table(text, "Gates of the suite"), report.gates, strict=True):
        value = figure(gate.value, 0 if "/counts/" in gate.gate.figure else 3)
        assert cells[:4] == [gate.gate.figure, gate.outcome.value, value, interval(gate.interval) or "–"]
    for cells, found in zip(table(text, "strict: what the probes found"), report.judges["strict"].findings, strict=True):
        assert cells[:4] == [found.probe, found.outcome.value.replace("_", " "), figure(found.estimate), interval(found.interval) or "–"]
    assert [cells[1] for cells in table(text, "Gates of the suite")] == ["failed", "held"]


def test_the_matrix_gives_the_kappa_of_the_report(run: Run, text: str) -> None:
    row = run.report.judges["strict"].agreement["all"]
    counts = [list(map(int, cells[1:])) for cells in table(text, "Raters’ level in rows, strict’s in columns")]

    pairs = [(wanted, said) for wanted in LEVELS for said in LEVELS for _ in range(counts[wanted - LEVELS[0]][said - LEVELS[0]])]
    assert sum(map(sum, counts)) == row.items
    assert len(pairs) == row.both
    assert round(quadratic_kappa([one for one, _ in pairs], [other for _, other in pairs], LEVELS), 3) == row.qwk


def test_the_reliability_diagram_holds_every_level_once(run: Run, text: str) -> None:
    rows = table(text, "Confidence of strict against the share near the raters’ level")

    assert sum(int(cells[1]) for cells in rows) == run.report.judges["strict"].agreement["all"].both
    for name, _, confidence, near in rows:
        low, high = map(float, name.split(" to "))
        assert low <= float(confidence) <= high
        assert 0 <= float(near) <= 1


def test_plots_are_described_in_words(run: Run, text: str) -> None:
    described = Page(text).all("aria-label")
    result, raters = run.report.judges["kind"], run.report.raters["all"]

    assert any(
        f"kind {figure(result.agreement['all'].qwk, 2)}, raters among themselves {figure(raters.figures['qwk'], 2)}" in words
        for words in described
    )
    assert any(words.startswith("repeat: 1.000") and words.endswith("held") for words in described)


def test_the_items_furthest_from_the_raters_come_first_with_quotes_marked_and_every_judge(run: Run, text: str) -> None:
    page = Page(text)
    cases = text.split('<article class="card')[1:]

    assert len(cases) == 30
    assert "<strong>strict:</strong>" in cases[0]
    assert "<strong>kind:</strong>" in cases[0]
    assert any("we lose forty euros" in marked for marked in page.text("mark"))


def test_what_is_not_human_is_said_plainly(text: str) -> None:
    assert "None of the 18 items was spoken or written by a person in an interview." in text
    assert "None of the 2 raters is an independent person: 2 runs of language models." in text


def test_items_of_people_are_counted_and_raters_whose_kind_nothing_tells_are_not_called_persons(tmp_path: Path) -> None:
    world = World(tmp_path)
    first = world.evals / "goldens/dev/orders-0.yaml"
    first.write_text(first.read_text(encoding="utf-8") + "provenance: human\n", encoding="utf-8")
    ratings = world.evals / "goldens/ratings.jsonl"
    ratings.write_text(ratings.read_text(encoding="utf-8").replace("model-2", "kim"), encoding="utf-8")

    text = page_of(graded(world, {"strict": Saying(level)}), world)

    assert "Only 1 of the 4 items were spoken or written by people" in text
    assert "0 of the 2 raters are known to be persons" in text


def test_the_same_run_gives_the_same_bytes_wherever_it_lies(run: Run, text: str, world: World, tmp_path: Path) -> None:
    for name in ("plan.json", "judgements.jsonl", "report.json"):
        (tmp_path / name).write_bytes((run.path / name).read_bytes())

    assert page_of(read_run(tmp_path), world) == text


def _hostile(transcript: Transcript, competency: str) -> Verdict:
    said = transcript.candidate_turns[0]
    quotes = tuple(Evidence(turn=said.number, quote=quote, text=HOSTILE) for quote in (said.text, HOSTILE))
    return Verdict(state=State.SCORED, level=5, score=5.0, confidence=1.0, evidence=quotes, reasoning=HOSTILE)


def test_hostile_text_of_candidates_and_models_stays_text(tmp_path: Path) -> None:
    world = World(tmp_path, items=2)
    for file in (world.evals / "goldens/dev").glob("*.yaml"):
        golden = yaml.safe_load(file.read_text(encoding="utf-8"))
        golden |= {"title": HOSTILE, "turns": [{"interviewer": {"name": HOSTILE, "role": "x", "text": HOSTILE}}, {"candidate": HOSTILE}]}
        file.write_text(yaml.safe_dump(golden), encoding="utf-8")
    ratings = world.evals / "goldens/ratings.jsonl"
    ratings.write_text(ratings.read_text(encoding="utf-8").replace("model-2", "<script>2</script>"), encoding="utf-8")

    text = page_of(graded(world, {"strict": Saying(_hostile, "model:<b>x</b>")}), world)
    page = Page(text)

    assert page.open == []
    assert not {tag for tag, _ in page.tags} & {"script", "img", "b"}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert "{{ 7*7 }}" in text
    assert HOSTILE.split("&")[0] in "".join(data for _, data in page.texts)


def test_what_has_changed_since_the_run_is_named_and_left_out(tmp_path: Path) -> None:
    world = World(tmp_path)
    run = graded(world, {"strict": Saying(level)})
    first, ratings = world.evals / "goldens/dev/orders-0.yaml", world.evals / "goldens/ratings.jsonl"
    first.write_text(first.read_text(encoding="utf-8").replace("forty", "fifty"), encoding="utf-8")
    ratings.write_text(ratings.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    text = page_of(run, world)

    assert "The ratings have changed since the run" in text
    assert "1 of 4 transcripts are gone or have changed" in text
    assert "the figures could not be computed again" in text
    assert table(text, "strict: agreement with the raters together, by competency")


def test_what_moved_since_a_baseline_is_counted_and_shown_from_both_sides(run: Run, world: World) -> None:
    def other(transcript: Transcript, competency: str) -> Verdict:
        is_first = transcript.source == "orders-0" and competency == "communication"
        return level(transcript, competency, higher=-1 if is_first else 0)

    was = graded(world, {"strict": Saying(other), "new": Saying(level)}, "was")
    moved = page_of(run, world, baseline=was).split('id="moved">')[1].split("</section>")[0]

    assert "Of 36 verdicts on the same words, 1 moved: 1 to a higher level, 0 to a lower one, 0 to another state." in moved
    assert "18 gradings have no counterpart" in moved
    assert moved.index("<strong>strict, before:</strong>") < moved.index("<strong>strict, now:</strong>")
    assert "<mark>" in moved


def test_without_ratings_probes_and_gates_the_page_still_reads(tmp_path: Path) -> None:
    world = World(tmp_path)
    text = page_of(graded(world, {"strict": Saying(level)}, ratings=None), world)

    assert "Nobody has rated these items" in text
    assert "There are no levels of raters to be far from." in text
    assert Page(text).open == []


def test_a_run_that_has_not_ended_has_no_page(tmp_path: Path) -> None:
    world = World(tmp_path)
    run = graded(world, {"strict": Saying(level)})
    (run.path / "report.json").unlink()

    with pytest.raises(InputError, match="has no report yet"):
        page_of(run, world)


@pytest.mark.parametrize("broken", [None, "communication"])
def test_rows_stand_in_the_order_of_the_rubric_also_where_the_first_item_failed(broken: str | None, tmp_path: Path) -> None:
    def said(transcript: Transcript, competency: str) -> Verdict:
        failed = Verdict(state=State.INSTRUMENT_ERROR, reasoning="It failed.")
        return failed if transcript.source == "orders-0" and competency == broken else level(transcript, competency)

    world = World(tmp_path)
    run = graded(world, {"strict": Saying(said)}, instrument_errors=0.5)

    order = ["all", "communication", "trade_off_thinking"]
    assert list(run.report.judges["strict"].agreement) == order
    assert list(run.report.raters) == order
    names = [cells[0] for cells in table(page_of(run, world), "strict: agreement with the raters together, by competency")]
    assert names == ["All together", "Communication", "Trade-off thinking"]
    assert list(tables(ratings_of(read_sides(run.path).values()))) == order[1:]


def test_on_paper_ten_cases_stand_for_all_and_a_sentence_says_how_many_are_left_out(tmp_path: Path) -> None:
    world = World(tmp_path, items=14)
    text = page_of(graded(world, {"strict": Saying(level)}), world)

    cards = re.findall(r'<article class="(card[^"]*)" aria-labelledby="f', text)
    assert len(cards) > 10
    assert cards == ["card"] * 10 + ["card screen"] * (len(cards) - 10)
    assert f"On paper these are the first 10 of {len(cards)}; the other {len(cards) - 10} are on the screen." in text
    assert "The sha256 of transcripts and files, 14 in all, are left out on paper" in text
    assert re.search(r"@media print \{\s+\.paper \{ display: block; \}\s+\.screen \{ display: none; \}", text)
