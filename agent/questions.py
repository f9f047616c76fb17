"""A bank of interview questions: what in a job post brings each of them up, and what a good answer touches."""

from __future__ import annotations

from pydantic import Field, model_validator

from agent.document import CompetencyId, Document, Pattern, SemVer, Slug, Text
from agent.scenario import Point


class Question(Document):
    """One question of an interviewer, asked when a job post speaks of its theme."""

    id: Slug
    topic: Slug = Field(description="What it is about; an interview has at most one question on a topic.")
    competency: CompetencyId = Field(description="What it lets the candidate show most.")
    theme: Pattern = Field(description="Sentences of a job post that bring it up.")
    ask: Text = Field(description="What it wants to hear, as a noun clause.")
    lines: tuple[Text, ...] = Field(min_length=2, description="The question, as a person would ask it.")
    points: tuple[Point, ...] = Field(min_length=2, description="What a good answer touches.")
    hints: tuple[Text, ...] = Field(default=(), description="Help in practice mode; the next one says more.")
    general: bool = Field(default=False, description="Fits every interview, so it is asked where a post brings up too little.")


class QuestionBank(Document):
    """All questions of a library."""

    version: SemVer
    questions: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> QuestionBank:
        for what, ids in (
            ("question", [question.id for question in self.questions]),
            ("point", [point.id for question in self.questions for point in question.points]),
        ):
            for one in ids:
                if ids.count(one) > 1:
                    raise ValueError(f"{what} {one!r} is there twice")
        return self
