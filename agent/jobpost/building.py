"""Building the scene: a pure function of the post, the library and the embedder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, cast

from agent.document import fingerprint
from agent.jobpost.choosing import Choice, choose_questions, choose_twists
from agent.jobpost.frame import FittingTwist, Frame, frame
from agent.jobpost.matching import Matcher
from agent.jobpost.post import Post, Sentence, sayable
from agent.jobpost.requirements import asked_for, requirements
from agent.jobpost.telling import TERM_WORDS, Answers, answers_in, ended, facts_of, unsaid
from agent.library import Library
from agent.library.kinds import FOLDERS
from agent.library.writing import write_document
from agent.protocols import Embedder
from agent.scenario import Artifact, Beat, CastMember, Fact, Hint, Scenario, TwistUse

INTERVIEWER = "engineering-manager"
RUBRIC = "core"
QUESTIONS = 4
A_TASK = 0.45
"""Strength from which a sentence says what one would do."""
FIRST_WORDS = 5
FORMAT = 1
"""Raised when the same post would give another scene."""
PLAIN_TASK = "You will build models that people use, and keep them running."
REMARK = "Built from a job post. Change it as you like: a file that is there is played as it is, and never written over."


class Reason(NamedTuple):
    """Why a question is in the scene; `sentence` is None where the post brought up too little."""

    beat: str
    what: str
    competency: str
    sentence: Sentence | None
    line: str


@dataclass(frozen=True)
class Built:
    """A scene, and why it is as it is."""

    scenario: Scenario
    reasons: tuple[Reason, ...]
    competencies: dict[str, float]
    """What the post asks for, by name, with the strength of the sentence that says it most."""
    notes: tuple[str, ...]
    """What the user has to know about the post, in sentences."""


class _Parts(NamedTuple):
    task: Sentence | None
    choices: list[Choice]
    twists: list[tuple[FittingTwist, Sentence | None]]
    answers: Answers
    silent: set[str]
    """What can be asked and the post says nothing about."""


def build(post: Post, library: Library, embedder: Embedder) -> Built:
    """The interview that a post asks for. The same post and library always give the same scene.

    Raises:
        LibraryError: the library lacks the interviewer, the questions or the rubric.
    """
    fixed, bank, rubric = frame(), library.questions(), library.rubric(RUBRIC)
    found = requirements(post.sentences if post.is_english else (), rubric, embedder)
    sentences = [requirement.sentence for requirement in found]
    task = _task(fixed, sentences, embedder)
    choices = choose_questions(bank.questions, found, embedder, QUESTIONS, task)
    twists = choose_twists(fixed.twists, library.names("twist"), sentences, embedder)
    told = [one for one in sentences if one != task and post.title not in sayable(one.text)]
    answers = answers_in(fixed.facts, told, embedder)
    silent = unsaid(fixed.facts, sentences, embedder) if post.is_english else set()
    parts = _Parts(task, choices, twists, answers, silent)
    names = {each.id: each.name for each in rubric.competencies}
    reasons = tuple(_reasons(parts, names))
    scenario = _scenario(post, fixed, parts, reasons, library, slug_of(post, library))
    wanted = {names[one]: strength for one, strength in asked_for(found).items()}
    return Built(scenario, reasons, wanted, tuple(_notes(post, parts)))


def slug_of(post: Post, library: Library) -> str:
    """The name of the scene of a post."""
    told = f"{FORMAT}\n{fingerprint(library.questions())}\n{fingerprint(frame())}\n{post.text}"
    return f"job-{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def keep(built: Built, root: Path, library: Library) -> Path:
    """Writes the scene into a library directory, so that it can be resumed and replayed; what is there already stays.

    Raises:
        LibraryError: it cannot be written.
    """
    path = root / FOLDERS["scenario"] / f"{built.scenario.slug}.yaml"
    why = "\n".join(f"{one.beat}: {because(one)}" for one in built.reasons)
    return path if path.is_file() else write_document("scenario", built.scenario, root, library=library, remark=f"{REMARK}\n{why}")


def _task(fixed: Frame, sentences: list[Sentence], embedder: Embedder) -> Sentence | None:
    """The sentence that says best what one would do there."""
    sign = next(one.sign for one in fixed.facts if one.id == "tasks")
    strengths = Matcher({"tasks": sign}, embedder).strengths(sentences)["tasks"]
    best = max(range(len(sentences)), key=lambda index: strengths[index], default=None)
    return sentences[best] if best is not None and strengths[best] >= A_TASK else None


def _scenario(post: Post, fixed: Frame, parts: _Parts, reasons: tuple[Reason, ...], library: Library, slug: str) -> Scenario:
    beats = _beats(fixed, parts)
    uses = _uses(parts, beats)
    competencies = dict.fromkeys(point.competency for beat in beats for point in beat.points)
    competencies |= dict.fromkeys(name for use in uses for name in library.twist(use.twist).competencies)
    draft = Scenario(
        slug=slug,
        version="1.0.0",
        title=_with_title(fixed.title, post)[:120],
        format=fixed.format,
        difficulty=cast("Literal[1, 2, 3]", fixed.difficulty),
        minutes=fixed.minutes,
        brief=_with_title(fixed.brief, post),
        you=fixed.you,
        goal=fixed.goal,
        cast=(CastMember(persona=INTERVIEWER, role=fixed.role),),
        rubric=library.rubric(RUBRIC).name,
        competencies=tuple(competencies),
        beats=tuple(beats),
        twists=tuple(uses),
        endings=fixed.endings,
        artifacts=(_why(reasons),),
        hints=tuple(_hints(fixed, parts)),
        max_turns=fixed.max_turns,
    )
    return draft.model_copy(update={"facts": tuple(_facts(fixed, parts, draft, library))})


def _facts(fixed: Frame, parts: _Parts, draft: Scenario, library: Library) -> list[Fact]:
    persona = library.persona(INTERVIEWER).model_dump_json()
    twists = "".join(library.twist(use.twist).model_dump_json() for use in draft.twists)
    return list(facts_of(fixed, parts.answers, parts.silent, INTERVIEWER, draft.model_dump_json() + persona + twists))


def _with_title(text: str, post: Post) -> str:
    return text.replace("%TITLE%", post.title)


def _beats(fixed: Frame, parts: _Parts) -> list[Beat]:
    opening, first, *rest = (_with_task(beat, parts.task) for beat in fixed.beats)
    return [opening, first, *(_beat(choice) for choice in parts.choices), *rest]


def _with_task(beat: Beat, task: Sentence | None) -> Beat:
    said = ended(sayable(task.text)) if task else PLAIN_TASK
    return beat.model_copy(update={"lines": tuple(line.replace("%TASK%", said) for line in beat.lines)})


def _beat(choice: Choice) -> Beat:
    question = choice.question
    return Beat(id=question.id, kind="core", by=INTERVIEWER, ask=question.ask, lines=question.lines, points=question.points, followups=2)


def _uses(parts: _Parts, beats: list[Beat]) -> list[TwistUse]:
    """The first one upon the plan, the second one towards the end of the questions."""
    places = ((beats[1].id, 4), (beats[len(beats) - 4].id, len(beats) - 1))
    return [
        TwistUse(twist=one.twist, by=INTERVIEWER, when="beat", value=beat, deadline=deadline, slots=one.slots, lines=one.lines)
        for (one, _), (beat, deadline) in zip(parts.twists, places, strict=False)
    ]


def _hints(fixed: Frame, parts: _Parts) -> list[Hint]:
    own = [Hint(beat=beat, lines=lines) for beat, lines in fixed.hints.items()]
    return [*own, *(Hint(beat=one.question.id, lines=one.question.hints) for one in parts.choices if one.question.hints)]


def _reasons(parts: _Parts, names: dict[str, str]) -> Iterator[Reason]:
    yield Reason("first-months", "the work itself", names["active_listening"], parts.task, "How would you begin here?")
    for question, sentence, _ in parts.choices:
        name = names.get(question.competency, question.competency)
        yield Reason(question.id, question.topic.replace("-", " "), name, sentence, question.lines[0])


def _why(reasons: tuple[Reason, ...]) -> Artifact:
    lines = [f"{number}. {one.what} ({one.competency}): {_pointer(one)}" for number, one in enumerate(reasons, start=1)]
    return Artifact(id="why", title="Why these questions", kind="job_post", text="\n".join(lines))


def _pointer(reason: Reason) -> str:
    """Where in the post it stands, with its first words; the whole sentence may be something that one has to ask for."""
    if reason.sentence is None:
        return because(reason)
    said = sayable(reason.sentence.text).split()
    begin = " ".join(said[: min(FIRST_WORDS, len(said) - TERM_WORDS - 1)]) if len(said) > TERM_WORDS + 1 else ""
    return f"line {reason.sentence.line} of your post" + (f", “{begin} …”" if begin else "")


def because(reason: Reason) -> str:
    """The sentence of the post that brought something, or that there is none."""
    if reason.sentence is None:
        return "asked in most interviews; the post brought up too little"
    return f"“{sayable(reason.sentence.text)}”"


def _notes(post: Post, parts: _Parts) -> list[str]:
    notes = [f"Line {one.sentence.line} {one.why} and is not used: “{one.sentence.text}”" for one in post.ignored]
    if not post.is_english:
        notes.append(
            "The post does not read as English. It cannot be matched with the questions, which are English: you get those that fit every "
            "interview, and the interviewer knows nothing from the post. For an interview that follows it, give it in English."
        )
    told = ", ".join(one.about for one in frame().facts if one.id in parts.answers)
    if told:
        notes.append(f"When you ask, she can tell you from the post about {told}.")
    return notes
