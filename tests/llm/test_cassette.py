from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import BaseModel

from agent.errors import FailureKind, InputError
from agent.llm.asking import ask
from agent.llm.call import Address, Call, Model, Reply
from agent.llm.cassette import Player, Recorder
from agent.llm.forms import Forms
from agent.llm.openai import OpenAIModel
from agent.llm.scripted import ScriptedModel, ScriptedReply
from agent.llm.stream import opened
from agent.llm.structured import ask_structured
from agent.sync import run_sync
from tests.llm.conftest import Serve
from tests.llm.loopback import calls_tool, fails
from tests.llm.recording import ADDRESS, CALL, PIECES, REPLY, Speaker, failure, files, messages, play, record


def test_what_was_recorded_is_played_piece_by_piece(tmp_path: Path) -> None:
    record(tmp_path)
    player = Player(tmp_path, "voice")

    assert play(player) == play(player) == [*PIECES, REPLY]
    assert player.address == ADDRESS


def test_an_entry_says_where_it_comes_from(tmp_path: Path) -> None:
    speaker = Speaker()
    path = tmp_path / "cassette"
    play(Recorder(speaker, path, clock=lambda: 1_800_000_000.0, timer=lambda: speaker.seconds), CALL)
    entry = json.loads(files(path)[0].read_text(encoding="utf-8"))

    assert (entry["recorded_at"], entry["provenance"]) == ("2027-01-15T08:00:00+00:00", "recorded from openai/gpt-x")
    assert entry["pieces"] == [[100.0, PIECES[0]], [200.0, PIECES[1]]]
    assert entry["request"]["messages"] == list(CALL.messages)


def test_the_pauses_can_be_played_as_well(tmp_path: Path) -> None:
    speaker, slept = Speaker(), list[float]()
    play(Recorder(speaker, tmp_path, timer=lambda: speaker.seconds), CALL)

    async def sleep(seconds: float) -> None:
        slept.append(round(seconds, 3))

    play(Player(tmp_path, pace="recorded", sleep=sleep))
    assert slept == [0.1, 0.1]


def test_one_folder_holds_several_roles(tmp_path: Path) -> None:
    observer = Address("ollama", "qwen", "http://127.0.0.1:11434/v1")
    record(tmp_path)
    record(tmp_path, replace(CALL, role="observer"), Speaker("Noted.", address=observer))

    assert Player(tmp_path, "voice").address == ADDRESS
    assert Player(tmp_path, "observer").address == observer
    assert play(Player(tmp_path, "observer"), replace(CALL, role="observer"))[0] == "Noted."


def test_two_models_in_one_role_are_named(tmp_path: Path) -> None:
    other = Address("anthropic", "claude-x")
    record(tmp_path)
    record(tmp_path, model=Speaker("No.", address=other))

    with pytest.raises(InputError, match=r"several models as voice[^\n]*\n  anthropic/claude-x\n  openai/gpt-x\n"):
        Player(tmp_path, "voice")
    assert play(Player(tmp_path, "voice", address=other))[0] == "No."


def test_a_folder_without_that_role_says_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no recorded calls"):
        Player(tmp_path / "none", "voice")
    record(tmp_path)
    with pytest.raises(InputError, match="holds no recorded judge, only: voice; record the judge"):
        Player(tmp_path, "judge")


SECRETS = (
    "sk-proj-abcdEFGH1234",
    "s3cret-of-gateway",
    "hunter22",
    "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSMeKKF2QT4",
    "AKIAABCDEFGHIJKLMNOP",
)


def test_no_secret_reaches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_GATEWAY_API_KEY", SECRETS[1])
    address = Address("openai", "gpt-x", f"https://me:{SECRETS[2]}@host/v1?api_key={SECRETS[2]}&v=1")
    said = f"Authorization: Bearer {SECRETS[3]} and {SECRETS[0]}, {SECRETS[1]} and {SECRETS[4]}"
    pieces = (said[:30], said[30:60], said[60:])
    record(tmp_path, replace(CALL, messages=messages(said)), Speaker(*pieces, address=address, reply=replace(REPLY, text=said)))

    written = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file())
    assert [secret for secret in SECRETS if secret in written] == []
    assert all(piece not in written for piece in pieces[:2])


def test_another_key_plays_the_same_cassette(tmp_path: Path) -> None:
    mine, yours = (Address("openai", "gpt-x", f"https://host/v1?key={key}") for key in ("mine1234", "yours1234"))
    record(tmp_path, model=Speaker(address=mine))

    assert play(Player(tmp_path, "voice", address=yours))[-1] == play(Player(tmp_path, "voice"))[-1] == REPLY


def test_words_of_the_trade_are_no_secrets(tmp_path: Path) -> None:
    said = "The token budget of sk-learn, basic authentication and the authorization: service; see https://x.org/a?page=2"
    path = record(tmp_path, replace(CALL, messages=messages(said)))

    assert said in path.read_text(encoding="utf-8")


def test_a_call_that_is_closed_early_is_closed_and_not_recorded(tmp_path: Path) -> None:
    speaker = Speaker()

    async def listen() -> None:
        async with opened(Recorder(speaker, tmp_path), CALL) as answer:
            await anext(answer)

    run_sync(listen())
    assert (speaker.closed, files(tmp_path)) == (1, [])


def failing(kind: FailureKind) -> ScriptedModel:
    model = ScriptedModel(
        [ScriptedReply.model_validate({"pieces": ["And "], "failure": {"kind": kind, "message": "No.", "retry_after": 2}})]
    )
    model.address = ADDRESS
    return model


def test_a_failure_is_played_until_an_answer_takes_its_place(tmp_path: Path) -> None:
    for kind in (FailureKind.BAD_REQUEST, FailureKind.TIMEOUT):
        failure(Recorder(failing(kind), tmp_path))
    played = failure(Player(tmp_path, "voice"))
    assert (played.kind, str(played), played.retry_after) == (FailureKind.BAD_REQUEST, "No.", 2.0)

    record(tmp_path)
    failure(Recorder(failing(FailureKind.TIMEOUT), tmp_path))
    assert play(Player(tmp_path, "voice"))[-1] == REPLY


def test_a_failure_of_ours_is_not_recorded(tmp_path: Path) -> None:
    failure(Recorder(failing(FailureKind.BUDGET), tmp_path))

    assert files(tmp_path) == []


def test_recording_again_replaces_the_answer(tmp_path: Path) -> None:
    path = record(tmp_path)

    assert record(tmp_path, model=Speaker("Next.")) == path
    assert play(Player(tmp_path, "voice"))[0] == "Next."


class Level(BaseModel):
    level: int


def grade(model: Model) -> tuple[int, int]:
    """The level, and how many answers it took."""

    async def answer(call: Call) -> Reply:
        return (await ask(model, call)).reply

    how = ask_structured(answer, CALL, Level, address=model.address, forms=Forms(), repair=lambda *_: messages("Again."))
    graded = run_sync(how)
    return graded.result.level, len(graded.replies)


def test_a_conversation_with_its_failures_and_repairs_is_played_as_a_whole(tmp_path: Path) -> None:
    no_schema = {"failure": {"kind": "bad_request", "message": "'response_format' is not supported"}}
    script = [ScriptedReply.model_validate(reply) for reply in (no_schema, {"text": "four"}, {"object": {"level": 4}})]

    assert grade(Recorder(ScriptedModel(script), tmp_path)) == grade(Player(tmp_path)) == (4, 2)


def test_it_plays_what_was_recorded_over_http_and_sends_nothing(tmp_path: Path, loopback: Serve) -> None:
    server = loopback(fails(400, "'response_format' is not supported"), calls_tool('{"level": ', '"4"}'), calls_tool('{"level": 4}'))
    model = OpenAIModel(Address("openai", "asked-model", server.base_url), key="sk-test-0123456789abcdef")

    assert grade(Recorder(model, tmp_path)) == (4, 2)
    assert grade(Player(tmp_path, "voice")) == (4, 2)
    assert [sorted({"response_format", "tools"} & asked.keys()) for asked in server.asked] == [["response_format"], ["tools"], ["tools"]]


def test_the_account_says_that_it_was_played(tmp_path: Path) -> None:
    record(tmp_path)
    account = run_sync(ask(Player(tmp_path, "voice"), CALL)).record

    assert (account.replayed, account.cost, account.input_tokens, account.model) == (True, 0.0, 900, "openai/gpt-x")
