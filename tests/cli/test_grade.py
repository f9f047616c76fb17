"""`hotseat grade` on transcripts from anywhere."""

from __future__ import annotations

import json

import pytest

from agent.verdict import GradeReport, State

ASK = "How would you set the threshold?"
SAY = "I would set it where both costs are lowest, because a refused customer costs us $14 and a missed fraud $180. I own the test."
CHAT = [{"role": "assistant", "content": ASK}, {"role": "user", "content": SAY}]
FILES = {
    "chat.json": json.dumps({"messages": CHAT}),
    "list.json": json.dumps(CHAT),
    "talk.txt": f"Ann: {ASK}\nBo: {SAY}\n",
    "talk.vtt": f"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ann>{ASK}\n\n00:05.000 --> 00:20.000\n<v Bo>{SAY}\n",
    "talk.srt": f"1\n00:00:01,000 --> 00:00:04,000\nAnn: {ASK}\n\n2\n00:00:05,000 --> 00:00:20,000\nBo: {SAY}\n",
}
KEYS = {"format", "rubric", "judge", "verdicts", "delivery", "overall"}
BAD = {
    "no candidate": json.dumps([{"role": "assistant", "content": "Hello?"}]),
    "one speaker": "Ann: Hello?\nAnn: Anybody?\n",
    "wrong roles": json.dumps([{"role": "judge", "content": "5"}, {"role": "user", "content": "x"}]),
    "too large": "Bo: word " + "word " * 2_100_000,
    "nothing": "",
    "cut off": json.dumps(CHAT)[:-20],
}

pytestmark = pytest.mark.usefixtures("warm")


@pytest.mark.parametrize("name", FILES)
def test_every_format_is_graded(hotseat, tmp_path, name) -> None:
    file = tmp_path / name
    file.write_text(FILES[name], encoding="utf-8")
    done = hotseat("grade", file, "--json", *(["--candidate", "Bo"] if name.startswith("talk") else []))
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert set(found) >= KEYS
    report = GradeReport.model_validate(found)
    assert report.format == 1
    assert any(verdict.state is State.SCORED for verdict in report.verdicts.values())
    assert all(one.quote in SAY and one.turn == 2 for verdict in report.verdicts.values() for one in verdict.evidence)


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_transcript_is_told_in_a_sentence(hotseat, tmp_path, what) -> None:
    file = tmp_path / "talk.txt"
    file.write_text(BAD[what], encoding="utf-8")
    done = hotseat("grade", file, "--candidate", "Bo")
    assert done.code == 2
    assert done.err.startswith("hotseat: ")
    assert "Traceback" not in done.err


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\xd8", b"\x00\x01\x02" * 100, "Ann: Grüß?\nBo: Ja.".encode("latin-1")])
def test_what_is_no_text_is_told_in_a_sentence(hotseat, tmp_path, content) -> None:
    file = tmp_path / "talk.txt"
    file.write_bytes(content)
    done = hotseat("grade", file)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_the_page_stands_alone(hotseat, tmp_path) -> None:
    file, page = tmp_path / "chat.json", tmp_path / "report.html"
    file.write_text(FILES["chat.json"], encoding="utf-8")
    assert hotseat("grade", file, "--html", page).code == 0
    html = page.read_text(encoding="utf-8")
    assert "<svg" in html
    assert "http://" not in html.replace("http://www.w3.org/", "")
    assert "https://" not in html
    assert "<script" not in html
