from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import FailureKind, InvalidDocument, ModelError
from agent.llm import scripted
from agent.llm.call import Call, Finish, PromptPin, Reply, Role, Usage
from agent.llm.scripted import ScriptedModel, ScriptedReply
from agent.prompting import Message
from agent.sync import run_sync

YAML = """
replies:
  - role: voice
    when: rollback
    text: And who pages you at night?
    usage: {input_tokens: 900, output_tokens: 7, cached_tokens: 800}
  - role: voice
    text: Go on.
  - role: judge
    object: {level: 3, evidence: []}
    repeat: true
  - role: observer
    when: /p\\d\\d latency/
    pieces: ["{", "}"]
    finish: length
"""


def call(said: str = "Hello.", role: Role = "voice") -> Call:
    messages = (Message(role="system", content="rollback"), Message(role="user", content=said), Message(role="assistant", content="So?"))
    return Call(role, messages, PromptPin(f"{role}/line@1.0.0", "0" * 64), 100)


def answer(model: ScriptedModel, asked: Call) -> tuple[list[str], Reply]:
    async def drained() -> list[str | Reply]:
        return [part async for part in model.ask(asked)]

    *pieces, reply = run_sync(drained())
    assert isinstance(reply, Reply)
    return [str(piece) for piece in pieces], reply


def failure(model: ScriptedModel, asked: Call) -> ModelError:
    with pytest.raises(ModelError) as caught:
        answer(model, asked)
    return caught.value


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.yaml"
    path.write_text(YAML, encoding="utf-8")
    return path


def test_a_reply_goes_to_its_role_and_to_the_words_it_waits_for(script: Path) -> None:
    model = ScriptedModel(script)

    assert answer(model, call("Hello."))[1].text == "Go on."
    pieces, reply = answer(model, call("We do a ROLLBACK."))
    assert pieces == ["And", " who", " pages", " you", " at", " night?"]
    assert reply == Reply("And who pages you at night?", Finish.STOP, Usage(900, 7, 800), "script.yaml")
    assert str(model.address) == "scripted/script.yaml"


def test_words_between_slashes_are_a_regular_expression(script: Path) -> None:
    pieces, reply = answer(ScriptedModel(script), call("our P99 latency", "observer"))

    assert (pieces, reply.finish) == (["{", "}"], Finish.LENGTH)


def test_a_reply_that_repeats_is_never_used_up(script: Path) -> None:
    model = ScriptedModel(script)

    assert {answer(model, call(role="judge"))[1].text for _ in range(3)} == {'{"level": 3, "evidence": []}'}


def test_a_script_at_its_end_says_so(script: Path) -> None:
    error = failure(ScriptedModel(script), call("nothing fits", "observer"))

    assert error.kind is FailureKind.NOT_RECORDED
    assert "script.yaml has no reply left for call 1, by the observer (observer/line@1.0.0)" in str(error)
    assert "'nothing fits'" in str(error)


def test_texts_alone_are_a_script() -> None:
    model = ScriptedModel(["One.", "Two."])

    assert [answer(model, call())[1].text for _ in range(2)] == ["One.", "Two."]
    assert model.calls == [call(), call()]


def test_the_example_of_the_module_is_a_script(tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(dedent((scripted.__doc__ or "").partition("not given yet:")[2]), encoding="utf-8")

    assert answer(ScriptedModel(str(path)), call("a rollback"))[1].text == "And who pages you at night?"


def test_a_call_can_fail_late_and_after_some_pieces() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    failing = ScriptedReply.model_validate({"pieces": ["And "], "delay": 1.5, "failure": {"kind": "rate_limited", "retry_after": 2}})
    heard: list[str | Reply] = []

    async def listen() -> None:
        async for part in ScriptedModel([failing], sleep=sleep).ask(call()):
            heard.append(part)

    with pytest.raises(ModelError) as caught:
        run_sync(listen())
    assert (caught.value.kind, caught.value.retry_after) == (FailureKind.RATE_LIMITED, 2.0)
    assert (heard, slept) == (["And "], [1.5])


def test_a_script_may_be_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "script.jsonl"
    path.write_text('{"text": "One\u2028two."}\n\n{"failure": {"kind": "timeout"}}\n', encoding="utf-8")
    model = ScriptedModel(path)

    assert answer(model, call())[1].text == "One\u2028two."
    assert failure(model, call()).kind is FailureKind.TIMEOUT


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("s.yaml", "replies:\n  - text: a\n  - txt: b\n", ":3: replies[1].txt: unknown key 'txt'; did you mean 'text'?"),
        ("s.yaml", "replies:\n  - role: jury\n    text: a\n", ":2: replies[0].role: 'jury' is not"),
        ("s.yaml", "replies:\n  - text: a\n    pieces: [a]\n", ":2: replies[0]: a reply has one of text, object and pieces"),
        (
            "s.yaml",
            "replies:\n  - role: voice\n",
            ":2: replies[0]: a reply has one of text, object and pieces, or a failure; this has none",
        ),
        ("s.yaml", "replies:\n  - text: a\n    when: /(/\n", ":2: replies[0]: '(' is not a regular expression"),
        ("s.yaml", "replies:\n  - failure: {kind: tired}\n", ":2: replies[0].failure.kind: "),
        ("s.yaml", "- text: a\n", ":1: expected fields and their values at the top, got a list"),
        ("s.jsonl", '{"text": "a"}\n\n{"text": 3}\n', ":3: replies[1].text: expected text, got the number 3"),
        ("s.jsonl", '{"text": "a"}\n{"text": \n', ":2: this line is no JSON"),
        ("s.yaml", "", ":1: the file is empty"),
    ],
)
def test_a_wrong_script_is_named_by_line_and_field(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")

    with pytest.raises(InvalidDocument) as caught:
        ScriptedModel(path)

    assert f"{path}{message}" in str(caught.value)


def test_a_script_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidDocument, match="the file cannot be read"):
        ScriptedModel(tmp_path / "none.yaml")


@given(st.text())
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(ScriptedReply(text=text).parts()) == text
