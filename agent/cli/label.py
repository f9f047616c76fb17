"""`hotseat evals label`: rate talks by hand, without knowing whose they are or what others said."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from agent.cli.keys import Keys, Lines
    from agent.cli.screen import Screen
    from agent.evaluation.about import About, Kind
    from agent.evaluation.items import Item
    from agent.evaluation.labelling import Labelling
    from agent.evaluation.ratings import Rating
    from agent.evaluation.ratings_file import RatingsFile
    from agent.rubric import Competency, Rubric

FOLDER = Path("runs/ratings")
KINDS: dict[str, Kind] = {"": "person", "p": "person", "person": "person", "m": "model", "model": "model"}
_RATER = re.compile(r"\w[\w.-]{0,59}")


def label(
    items: Annotated[list[str], typer.Argument(metavar="ITEMS...", help="Goldens, transcripts, folders of them, or sessions.")],
    rater: Annotated[str, typer.Option(help="Who you are: one word, the same every time.")],
    rubric: Annotated[str, typer.Option(help="A rubric, 'core' or 'core@1.1.0'.")] = "core",
    out: Annotated[Path | None, typer.Option(help="The file of your ratings; without it runs/ratings/RATER.jsonl.")] = None,
    competency: Annotated[list[str] | None, typer.Option(help="Ask for this one only; may be given several times.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Another order of the items, which differs by rater in any case.")] = 0,
    candidate: Annotated[str | None, typer.Option(help="The candidate's name in transcripts that do not tell who it is.")] = None,
    library: Annotated[Path | None, typer.Option("--library", help="A directory of your own personas, scenarios and rubrics.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="No colours, boxes or motion; for screen readers and pipes.")] = False,
) -> None:
    """Rate talks by hand, blind. Every answer is kept at once; the same command goes on where you stopped."""
    from agent.cli.labelling import Desk
    from agent.cli.setup import Options, make_screen
    from agent.evaluation.items import in_order
    from agent.evaluation.labelling import Labelling, questions
    from agent.evaluation.ratings_file import opened
    from agent.library import Library

    used = Library.default(library).rubric(rubric)
    asked = _competencies(used, competency or [])
    ordered = in_order(_items(items, candidate, library), _checked(rater), seed)
    screen = make_screen(Options(plain=plain))
    keys = _keys(screen)
    with opened(out or FOLDER / f"{rater}.jsonl", rater) as file:
        labelling = Labelling(questions(ordered, asked, named=bool(competency)), rater, file.ratings)
        about = _about(file, rater, used, ordered, seed, keys)
        _greet(screen, file, labelling, used)
        desk = Desk(labelling, screen, keys, Kept(file, about).keep)
        desk.sit()
        desk.sum_up(file.path)


@dataclass(frozen=True)
class Kept:
    """A file of ratings with what is known about them."""

    file: RatingsFile
    about: About

    def keep(self, ratings: Sequence[Rating]) -> None:
        """Makes the file hold these ratings, and notes when."""
        from agent.evaluation.about import keep_about

        if self.file.follow(ratings):
            keep_about(self.about, self.file.path)


def _checked(rater: str) -> str:
    from agent.errors import InputError

    if not _RATER.fullmatch(rater):
        raise InputError(f"{rater!r} cannot name a rater, and a file; take letters, digits, '-', '_' and '.', at most 60")
    return rater


def _competencies(rubric: Rubric, wanted: Sequence[str]) -> list[Competency]:
    from agent.errors import InputError, nearest

    known = [each.id for each in rubric.competencies]
    for name in wanted:
        if name not in known:
            raise InputError(f"{rubric.name} has no competency {name!r}{nearest(name, known)}; it has {', '.join(known)}")
    return [each for each in rubric.competencies if not wanted or each.id in wanted]


def _items(names: Sequence[str], candidate: str | None, library: Path | None) -> Iterator[Item]:
    from agent.cli.grading import looks_like_file
    from agent.evaluation.items import read_items

    yield from read_items((Path(name) for name in names if looks_like_file(name)), candidate)
    for name in names:
        if not looks_like_file(name):
            yield _session(name, library)


def _session(name: str, library: Path | None) -> Item:
    from agent.cli.setup import make_engine, open_store
    from agent.evaluation.items import item_of
    from agent.session import Interview

    with open_store() as store:
        interview = Interview.resume(store.resolve(name), store, engine=make_engine(library))
        return item_of(interview.session, interview.transcript, interview.stage.scenario.brief)


def _keys(screen: Screen) -> Keys | Lines:
    from agent.cli.keys import Keys, Lines

    return Keys() if sys.stdin.isatty() and sys.stdout.isatty() and not screen.plain else Lines()


def _about(file: RatingsFile, rater: str, rubric: Rubric, items: Sequence[Item], seed: int, keys: Keys | Lines) -> About:
    """What is known from an earlier sitting; asked and kept in the first."""
    from agent.evaluation.about import begun, keep_about, read_about

    sums = {item.id: item.sha256 for item in items}
    known = read_about(file.path)
    if known:
        return known.continued(rubric, sums, {one.item for one in file.ratings})
    about = begun(rater, _kind(keys), _background(keys), rubric, sums, seed)
    keep_about(about, file.path)
    return about


def _kind(keys: Keys | Lines) -> Kind:
    """Whether a person or a model rates.

    Raises:
        InputError: the input ends before that is known.
    """
    from agent.errors import InputError

    while True:
        given = keys.line("Who rates, a person or a model? Enter for a person: ")
        if given is None:
            raise InputError("the input ended before it was said who rates; nothing was rated, start again when you like")
        if given.strip().lower() in KINDS:
            return KINDS[given.strip().lower()]


def _background(keys: Keys | Lines) -> str:
    given = keys.line("About the rater, like years in the job; Enter for nothing: ")
    return (given or "").strip()


def _greet(screen: Screen, file: RatingsFile, labelling: Labelling, rubric: Rubric) -> None:
    from agent.cli.labelling import KEYS
    from agent.counted import counted

    total, answered = sum(labelling.counts), labelling.counts.levels + labelling.counts.not_observed
    screen.heading(f"{counted(len(labelling.items), 'item')}, {counted(total, 'question')}, rubric {rubric.name}")
    if file.was_torn:
        screen.note(f"The last line of {file.path} was torn off by a crash and has been cut; its question is asked again.")
    if answered:
        screen.note(f"Going on: {answered:,} of {total:,} are answered already.")
    screen.note(f"Keys: {KEYS}. Whatever you answer is on the disk at once.")
