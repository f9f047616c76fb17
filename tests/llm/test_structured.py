from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import jsonschema
import pytest
from pydantic import BaseModel, ConfigDict, Field

from agent.errors import FailureKind, ModelError
from agent.library import Library
from agent.library.library import shipped
from agent.llm.call import Address, Call, Finish, PromptPin, Reply
from agent.llm.forms import Forms
from agent.llm.shape import schema_of
from agent.llm.structured import Structured, ask_structured
from agent.prompting import Message, Prompts
from agent.sync import run_sync

ADDRESS = Address("openai", "gpt-x")


class Proof(BaseModel):
    turn: int = Field(ge=1)
    quote: str = Field(max_length=200)


class Grade(BaseModel):
    model_config = ConfigDict(frozen=True)

    evidence: tuple[Proof, ...] = ()
    state: Literal["scored", "abstained"] = "scored"
    level: Literal[1, 2, 3, 4, 5] | None = Field(default=None, description="1 to 5.")
    confidence: float = Field(ge=0, le=1)


GOOD: dict[str, Any] = {"evidence": [{"turn": 2, "quote": "we rolled back"}], "state": "scored", "level": 4, "confidence": 1}
CALL = Call("judge", (Message(role="user", content="Grade this."),), PromptPin("judge/competency@1.1.0", "0" * 64), 500)


class Answers:
    """Gives one answer after the other, and keeps the calls."""

    def __init__(self, *answers: str | Reply | ModelError) -> None:
        self._answers = list(answers)
        self.calls: list[Call] = []

    async def __call__(self, call: Call) -> Reply:
        self.calls.append(call)
        answer = self._answers.pop(0)
        if isinstance(answer, ModelError):
            raise answer
        return answer if isinstance(answer, Reply) else Reply(answer, Finish.STOP, None, "gpt-x")


def good(**changes: Any) -> str:
    return json.dumps({**GOOD, **changes})


def cut(text: str = '{"level"') -> Reply:
    return Reply(text, Finish.LENGTH, None, "gpt-x")


def repair(answer: str, complaints: Sequence[str]) -> list[Message]:
    return Prompts(Library((shipped(),))).render("shared/repair@1.0.0", answer=answer, complaints=complaints)


def grade(ask: Answers, call: Call = CALL, **how: Any) -> Structured[Grade]:
    return run_sync(ask_structured(ask, call, Grade, **{"address": ADDRESS, "forms": Forms(), "repair": repair, **how}))


def failure(ask: Answers) -> ModelError:
    with pytest.raises(ModelError) as caught:
        grade(ask)
    return caught.value


def test_a_good_answer_is_taken_at_once() -> None:
    ask = Answers(f"```json\n{good()}\n```")
    answer = grade(ask)

    assert answer.result == Grade(evidence=(Proof(turn=2, quote="we rolled back"),), level=4, confidence=1.0)
    assert (len(answer.replies), answer.repaired) == (1, False)
    assert ask.calls == [replace(CALL, schema=schema_of(Grade))]


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (good(level="4"), "level: "),
        (good(level=4.0), "level: this should be 4, got 4.0"),
        (good(level=True), "level: this should be 1, got true"),
        (good(level=6), "level: "),
        (good(evidence=[{"turn": "2", "quote": "x"}]), 'evidence[0].turn: input should be a valid integer, got "2"'),
        (good(evidence=[{"turn": True, "quote": "x"}]), "evidence[0].turn: input should be a valid integer, got true"),
        (good(evidence=[{"turn": 0, "quote": "x"}]), "evidence[0].turn: input should be greater than or equal to 1, got 0"),
        (good(evidence=[{"quote": "x"}]), "evidence[0].turn: this field is missing"),
        (good(confidence=None), "confidence: input should be a valid number, got null"),
        (good(grade="A"), "grade: there is no such field"),
        ("A four, I think.", "the answer holds no JSON object"),
    ],
)
def test_a_wrong_answer_is_repaired_with_its_own_text_and_the_faults(answer: str, complaint: str) -> None:
    ask = Answers(answer, good())
    graded = grade(ask)

    assert (graded.result.level, graded.repaired, len(graded.replies)) == (4, True, 2)
    asked, own, faults = ask.calls[1].messages
    assert (asked, own) == (CALL.messages[0], {"role": "assistant", "content": answer})
    assert f"- {complaint}" in faults["content"]


def test_two_wrong_answers_are_unreadable() -> None:
    error = failure(Answers("four", good(level="4")))

    assert error.kind is FailureKind.UNREADABLE
    assert "openai/gpt-x did not answer in the form asked for" in str(error)
    assert "level: " in str(error)


def test_complaints_of_the_check_are_repaired_once_and_then_handed_over() -> None:
    ask = Answers(good(level=1), good(level=2))
    graded = grade(ask, check=lambda result: [f"{result.level} is too low"] if result.level < 3 else [])

    assert (graded.result.level, graded.repaired, graded.complaints) == (2, True, ("2 is too low",))
    assert "- 1 is too low" in ask.calls[1].messages[-1]["content"]


def test_a_repair_that_makes_it_worse_is_not_taken() -> None:
    graded = grade(Answers(good(level=1), "Sure, here you go."), check=lambda result: ["too low"])

    assert (graded.result.level, graded.repaired, graded.complaints, len(graded.replies)) == (1, False, ("too low",), 2)


def test_an_answer_that_was_cut_off_is_asked_for_with_twice_the_room() -> None:
    ask = Answers(cut(), good())

    assert grade(ask).result.level == 4
    assert [call.max_tokens for call in ask.calls] == [500, 1000]
    assert ask.calls[1].messages == CALL.messages


def test_twice_cut_off_is_cut_off() -> None:
    error = failure(Answers(cut(), cut()))

    assert error.kind is FailureKind.CUT_OFF
    assert "after 1000 tokens" in str(error)


def test_a_repair_has_the_room_that_was_needed_before_and_no_more() -> None:
    ask = Answers(cut(), "four", cut())

    assert failure(ask).kind is FailureKind.CUT_OFF
    assert [call.max_tokens for call in ask.calls] == [500, 1000, 1000]


@pytest.mark.parametrize(
    "refusal",
    [
        Reply(good(), Finish.REFUSAL, None, "gpt-x"),
        "I'm sorry, but I can't help with that.",
        "I’m sorry, I cannot grade people.",
        "Sorry, I can’t do that.",
        "I can't assist with this request.",
        "I cannot provide a grade for this person.",
        "I won't grade this.",
        "I am unable to evaluate this transcript.",
        "As an AI language model, I do not grade people.",
        "Unfortunately, I cannot help with that.",
        "I'm afraid I'm not able to assist with that.",
        "I must decline.",
    ],
)
def test_a_refusal_is_not_asked_again(refusal: str | Reply) -> None:
    ask = Answers(refusal)

    assert failure(ask).kind is FailureKind.REFUSED
    assert len(ask.calls) == 1


@pytest.mark.parametrize(
    "answer",
    [
        "I can see a four here.",
        "I cannot find a rollback plan, so a 4.",
        "I'm sorry for the wait. It is a 4.",
        "Sorted by turn, it is a 4.",
        "I do not think this is a 5; a 4.",
    ],
)
def test_words_without_an_object_are_no_refusal(answer: str) -> None:
    assert grade(Answers(answer, good())).repaired


def test_an_apology_before_the_object_is_none_either() -> None:
    assert grade(Answers(f"I'm sorry for the wait. {good()}")).result.level == 4


SCHEMA_IS_NEWS = ModelError(
    FailureKind.BAD_REQUEST, "refused the request (HTTP 400: 'response_format' of type json_schema is not supported)"
)
NO_TOOLS = ModelError(FailureKind.NOT_FOUND, "was not found (HTTP 404: No endpoints found that support tool use)")


def test_a_form_that_is_turned_down_is_never_tried_again_at_that_address() -> None:
    forms, ask = Forms(), Answers(SCHEMA_IS_NEWS, NO_TOOLS, good(), good())
    grade(ask, forms=forms)
    grade(ask, forms=forms)

    assert [call.form for call in ask.calls] == ["schema", "tool", "text", "text"]
    assert forms.of(ADDRESS) == "text"
    assert forms.of(Address("openai", "gpt-y")) == "schema"


def test_the_caller_may_wish_for_a_looser_form() -> None:
    ask = Answers(good())
    grade(ask, replace(CALL, form="text"))

    assert ask.calls[0].form == "text"


@pytest.mark.parametrize(
    "error",
    [
        ModelError(FailureKind.BAD_REQUEST, "unknown parameter: 'seed'"),
        ModelError(FailureKind.BAD_REQUEST, "maximum context length is 8192 tokens; 9000 asked (8000 in messages, 1000 in the schema)"),
        ModelError(FailureKind.SERVER, "json_schema backend is down"),
    ],
)
def test_other_failures_pass_through(error: ModelError) -> None:
    ask = Answers(error)

    assert failure(ask) is error
    assert len(ask.calls) == 1


def test_a_form_given_up_stays_given_up_when_a_slower_task_says_so_too() -> None:
    forms = Forms()
    forms.give_up(ADDRESS, "tool")
    forms.give_up(ADDRESS, "schema")

    assert forms.of(ADDRESS) == "text"


def test_the_schema_is_one_for_strict_modes() -> None:
    body = dict(schema_of(Grade).body)

    jsonschema.Draft202012Validator.check_schema(body)
    jsonschema.validate(GOOD, body)
    assert body["required"] == ["evidence", "state", "level", "confidence"]
    assert body["$defs"]["Proof"]["additionalProperties"] is body["additionalProperties"] is False
    for keyword in ("minimum", "maximum", "maxLength", "default", "title", "description"):
        assert f'"{keyword}"' not in json.dumps(body)


def test_it_says_what_the_sdk_of_openai_makes_of_the_same_model() -> None:
    from openai.lib._pydantic import to_strict_json_schema

    ours, theirs = schema_of(Grade).body, to_strict_json_schema(Grade)

    assert ours["required"] == theirs["required"]
    assert ours["$defs"]["Proof"]["required"] == theirs["$defs"]["Proof"]["required"]
    assert ours["properties"]["evidence"]["items"] == theirs["properties"]["evidence"]["items"]


class Named(BaseModel):
    default: str
    title: Proof
    kind: Literal["only"]


def test_fields_may_be_called_like_keywords() -> None:
    properties = schema_of(Named).body["properties"]

    assert properties == {
        "default": {"type": "string"},
        "title": {"$ref": "#/$defs/Proof"},
        "kind": {"type": "string", "enum": ["only"]},
    }


class FreeKeys(BaseModel):
    scores: dict[str, int]


class Mixed(BaseModel):
    pair: tuple[int, str]


class Anything(BaseModel):
    value: Any


@pytest.mark.parametrize("shape", [FreeKeys, Mixed, Anything])
def test_a_shape_that_strict_modes_cannot_say_is_a_mistake(shape: type[BaseModel]) -> None:
    with pytest.raises(TypeError, match=f"{shape.__name__}.* cannot be asked for strictly"):
        schema_of(shape)
