"""An answer about several competencies, read part by part: what is wrong with one of them does not touch the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from agent.document import PerDocument
from agent.errors import FailureKind, ModelError
from agent.judge.answer_shape import CompetencyAnswer
from agent.llm.call import Schema
from agent.llm.json_answer import parse
from agent.llm.shape import fit, schema_of
from agent.rubric import Competency, Rubric

Check = Callable[[Competency, CompetencyAnswer], Sequence[str]]
"""What is wrong with the answer about a competency, one sentence each."""

_NAME = "competency"
_LIST = "grades"


class Part(NamedTuple):
    """What an answer says about one competency; None where that cannot be read. `complaints` say what is wrong."""

    answer: CompetencyAnswer | None
    complaints: tuple[str, ...] = ()

    @property
    def badness(self) -> tuple[bool, int]:
        """The more, the worse."""
        return self.answer is None, len(self.complaints)


def _schema(rubric: Rubric) -> Schema:
    """What an answer about any competencies of a rubric looks like, with their ids and those of their indicators as enums.

    One schema for all questions of a grading: providers cache a prompt behind its schema, so that another schema for each
    question would make each of them read the transcript anew. Whose indicator it is, is checked when the answer is there.
    """
    one = schema_of(CompetencyAnswer).body
    indicators = [indicator.id for each in rubric.competencies for indicator in (*each.indicators, *each.counter_indicators)]
    quoted = one["$defs"]["Quoted"]
    defs = {**one["$defs"], "Quoted": {**quoted, "properties": quoted["properties"] | {"indicator": _one_of(indicators)}}}
    grade = _object({_NAME: _one_of([each.id for each in rubric.competencies]), **one["properties"]})
    body = {"$defs": {**defs, "Grade": grade}, **_object({_LIST: {"type": "array", "items": {"$ref": "#/$defs/Grade"}}})}
    return Schema("GroupAnswer", body)


group_schema = PerDocument(_schema)
"""See `_schema`; made once for each rubric."""


def _one_of(ids: Sequence[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(dict.fromkeys(ids))}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(properties), "additionalProperties": False}


def parts_of(text: str, competencies: Sequence[Competency], check: Check) -> dict[str, Part]:
    """What `text` says about each of the competencies, by id."""
    try:
        grades = _grades(text)
    except ModelError as error:
        return {each.id: Part(None, tuple(str(error).splitlines())) for each in competencies}
    return {each.id: _part(each, [one for one in grades if one.get(_NAME) == each.id], check) for each in competencies}


def complaints_of(parts: Mapping[str, Part]) -> list[str]:
    """What is wrong, one sentence each with the competency's id, or without it where all is wrong in the same way."""
    told = {part.complaints for part in parts.values()}
    if len(told) == 1 < len(parts):
        return list(told.pop())
    return [f"{name}: {complaint}" for name, part in parts.items() for complaint in part.complaints]


def _grades(text: str) -> list[dict[str, Any]]:
    grades = parse(text).get(_LIST)
    if not isinstance(grades, list) or not all(isinstance(one, dict) for one in grades):
        raise ModelError(FailureKind.UNREADABLE, f"{_LIST}: a list of objects was asked for, one for each competency")
    return grades


def _part(competency: Competency, found: list[dict[str, Any]], check: Check) -> Part:
    if not found:
        return Part(None, ("the answer has no entry for it",))
    if any(one != found[0] for one in found[1:]):
        return Part(None, ("the answer has two entries for it, and they differ",))
    try:
        answer = fit({name: value for name, value in found[0].items() if name != _NAME}, CompetencyAnswer)
    except ModelError as error:
        return Part(None, tuple(str(error).splitlines()))
    return Part(answer, tuple(check(competency, answer)))
