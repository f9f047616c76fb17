"""`hotseat simulate`, as a user types it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

REPLIES = "".join(f"  - say: For every parcel it says how likely it is to be late, on day {number}.\n" for number in range(6))
WALKTHROUGH = f"scenario: parcels\ncandidate: middling\nabout: Says one thing.\nreplies:\n{REPLIES}"


@pytest.fixture
def simulate(hotseat, parcels):
    """Simulates the small scene."""
    return lambda *options: hotseat("simulate", "parcels", "--seed", 2, *options, **parcels)


@pytest.fixture
def walkthrough(tmp_path: Path) -> Path:
    file = tmp_path / "mine.yaml"
    file.write_text(WALKTHROUGH, encoding="utf-8")
    return file


def test_as_json_only_what_was_found_is_printed(simulate) -> None:
    done = simulate("--candidate", "strong", "--json")
    found = json.loads(done.out)
    assert (done.code, found["problems"], found["ended"]) == (0, [], "arc_finished")
    assert found["facts"] == ["cost-of-late"]
    assert list(found["levels"]) == ["communication"]


def test_as_text_the_talk_is_shown_and_then_what_the_log_shows(simulate) -> None:
    done = simulate("--candidate", "hostile", "--plain")
    talk, _, shown = done.out.partition("What the log shows")
    assert done.code == 0, done.err
    assert "You: " in talk
    assert "Ended: arc_finished, after" in shown
    assert "Levels: communication" in shown


def test_a_walkthrough_is_played_instead(simulate, walkthrough: Path) -> None:
    done = simulate("--walkthrough", walkthrough, "--plain")
    said = [line for line in done.out.splitlines() if line.startswith("You: ")]
    assert done.code == 0, done.err
    assert said[:6] == [f"You: For every parcel it says how likely it is to be late, on day {number}." for number in range(6)]


def test_what_must_not_be_ends_with_a_sentence_and_code_2(hotseat, parcels, walkthrough: Path, tmp_path: Path) -> None:
    walkthrough.write_text(WALKTHROUGH.replace("scenario: parcels", "scenario: leaky"), encoding="utf-8")
    places = os.pathsep.join((str(_leaky(tmp_path, parcels)), parcels["HOTSEAT_LIBRARY"]))
    done = hotseat("simulate", "leaky", "--walkthrough", walkthrough, "--json", HOTSEAT_LIBRARY=places)
    assert done.code == 2
    assert json.loads(done.out)["leaks"] == ["cost-of-late"]
    assert "the session breaks what has to hold: fact 'cost-of-late' was given away unasked" in done.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("parcels", "--candidate", "strng"), "there is no candidate 'strng'; did you mean 'strong'?"),
        (("parcels", "--candidate", "../strong"), "there is no candidate '../strong'"),
        (("parcls",), "there is no scenario 'parcls'; did you mean 'parcels'?"),
        (("parcels", "--walkthrough", "nowhere.yaml"), "nowhere.yaml"),
        (("parcels", "--walkthrough", "."), "this is a directory"),
        (("parcels", "--seed", "-1"), "seed"),
    ],
)
def test_what_is_not_there_is_a_sentence(hotseat, parcels, arguments: tuple[str, ...], sentence: str) -> None:
    done = hotseat("simulate", *arguments, **parcels)
    assert done.code == 2
    assert sentence in done.err
    assert "Traceback" not in done.err


def test_a_walkthrough_of_another_scene_is_refused(simulate, walkthrough: Path) -> None:
    walkthrough.write_text(WALKTHROUGH.replace("scenario: parcels", "scenario: fraud-trade-off"), encoding="utf-8")
    assert simulate("--walkthrough", walkthrough, "--json").code == 2


def _leaky(folder: Path, parcels: dict[str, str]) -> Path:
    """A folder with a copy of the small scene in which the opening gives the price away."""
    whole = (Path(parcels["HOTSEAT_LIBRARY"]) / "personas/scenarios/parcels.yaml").read_text(encoding="utf-8")
    scenarios = folder / "library/personas/scenarios"
    scenarios.mkdir(parents=True)
    leaky = re.sub(r'- "(Sit down|So you own)', r'- "Nine euros eighty apiece. \1', whole.replace("slug: parcels", "slug: leaky"))
    (scenarios / "leaky.yaml").write_text(leaky, encoding="utf-8")
    return folder / "library"
