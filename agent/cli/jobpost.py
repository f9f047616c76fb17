"""`hotseat play --job-post FILE`: the scene is built and kept in the user's library, and what brought each question is shown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.setup import Options
from agent.errors import InputError

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.jobpost import Built
    from agent.library import Library


@dataclass(frozen=True)
class Posted:
    """A scene built from a job post, and where it lies."""

    built: Built
    path: Path

    @property
    def slug(self) -> str:
        """Its name in the library."""
        return self.built.scenario.slug

    def explain(self, screen: Screen, *, with_questions: bool = False) -> None:
        """What the post asks for, which sentence brought each question, and what was left out of it."""
        from agent.jobpost.building import because

        screen.heading("Why these questions")
        asked = ", ".join(f"{name} ({strength:.2f})" for name, strength in self.built.competencies.items())
        screen.note(f"The post asks for {asked}." if asked else "The post asks for nothing that could be recognised.")
        for number, reason in enumerate(self.built.reasons, start=1):
            screen.text(f"{number}. {reason.what} ({reason.competency}): {because(reason)}")
            if with_questions:
                screen.text(f"   {reason.line}")
        for note in self.built.notes:
            screen.note(note)
        screen.note(f"The scene is kept as {self.path}, so that it can be resumed and replayed; again: hotseat play {self.slug}")


def posted(options: Options) -> Posted | None:
    """The scene of the job post that the options name; None when they name none.

    Raises:
        InputError: a scenario is named as well, or the file is no job post.
    """
    if options.job_post is None:
        if options.explain:
            raise InputError("--explain says why a job post brings its questions; name the post with --job-post FILE")
        return None
    if options.scenario:
        raise InputError(f"play either the scenario {options.scenario!r} or the job post {str(options.job_post)!r}; leave one out")
    return _made(options.job_post, options.library)


def _made(file: Path, directory: Path | None) -> Posted:
    from agent.jobpost import build, keep, read_post
    from agent.library import Library
    from agent.memory.embedder import LazyEmbedder
    from agent.memory.vectors import prepare
    from agent.settings import Settings

    settings = Settings.from_environment()
    post, library, embedder = read_post(file), Library.default(directory, settings), LazyEmbedder()
    prepare(embedder, _sentences(library), settings.cache_dir, lambda: False)
    built = build(post, library, embedder)
    return Posted(built, keep(built, settings.user_dirs[0], library))


def _sentences(library: Library) -> list[str]:
    """What a post is compared with; of the post itself nothing is kept but the scene."""
    from agent.jobpost.building import RUBRIC
    from agent.jobpost.frame import frame
    from agent.jobpost.requirements import looked_for

    patterns = [
        *looked_for(library.rubric(RUBRIC)).values(),
        *(question.theme for question in library.questions().questions),
        *(one.fits for one in frame().twists),
        *(one.sign for one in frame().facts),
    ]
    return [text for pattern in patterns for text in (*pattern.examples, *pattern.not_examples)]
