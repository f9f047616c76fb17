"""Fits which indicator a sentence shows, to what a model judge named when it quoted it: one ridge regression for each side.

    w = (XᵀWX + λI)⁻¹ XᵀWY      with Y 1 for the indicator that was named, 0 for the others of its side

The examples that a rubric gives of an indicator are fitted to as well. Where the judge was asked several times, a naming weighs as
many times as it was given. The report is of families of talks that the fit had not seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationError

from agent.document import CompetencyId, Document, Slug, Text
from agent.errors import InputError
from agent.evaluation.fitting.cases import Case
from agent.evaluation.why import why
from agent.judge.learned.model import UNIT, fingerprint_of
from agent.judge.learned.names import CompetencyNames, NameModel
from agent.judge.learned.worth import inputs
from agent.judge.quotes import normalised
from agent.protocols import Embedder
from agent.rubric import Competency, Indicator, Rubric

VERSION = "1"
FILE = "namings.jsonl"
RIDGE = 2.0
EXAMPLE = 0.7
FOLDS = 6
THRESHOLD = 0.45

Array = NDArray[np.float64]


class Naming(Document):
    """What a judge said that somebody's words show, and in how many of its answers. `shows` is an indicator or counter-indicator."""

    item: Slug
    competency: CompetencyId
    shows: Slug
    quote: Text
    times: int = Field(ge=1)


class _Named(NamedTuple):
    """Sentences of one side of one competency: inputs, the place of the indicator, weight, and fold (-1: an example of the rubric)."""

    inputs: Array
    shows: NDArray[np.int_]
    weights: Array
    fold: NDArray[np.int_]


def read_namings(file: Path) -> list[Naming]:
    """The namings of a JSON Lines file.

    Raises:
        InputError: it cannot be read, or a line is none.
    """
    try:
        return [Naming.model_validate_json(line) for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {file}: {why(error)}") from error
    except ValidationError as error:
        raise InputError(f"{file} holds a line that is no naming: {why(error)}") from error


def fit_names(namings: Sequence[Naming], cases: Sequence[Case], rubric: Rubric, embedder: Embedder, provenance: str) -> NameModel:
    """The heads of every indicator of the rubric; namings of other talks than `cases` are left out."""
    own = {case.id: case for case in cases}
    known = [naming for naming in namings if naming.item in own]
    folds = {family: place % FOLDS for place, family in enumerate(sorted({case.family for case in cases}))}
    heads: dict[str, dict[str, tuple[int, ...]]] = {each.id: {} for each in rubric.competencies}
    right: list[tuple[bool, bool]] = []
    for each in rubric.competencies:
        for side in (each.indicators, each.counter_indicators):
            seen = _seen(known, own, folds, each, side, embedder)
            right += _unseen(seen, len(side))
            fitted = _ridge(seen, seen.fold >= -1, len(side))
            heads[each.id] |= {one.id: tuple(round(UNIT * float(weight)) for weight in row) for one, row in zip(side, fitted, strict=True)}
    return NameModel(
        version=VERSION,
        embedder=embedder.id,
        provenance=provenance,
        data_sha256=_sha256(known, cases),
        threshold=THRESHOLD,
        competencies={each.id: CompetencyNames(fingerprint=fingerprint_of(each), heads=heads[each.id]) for each in rubric.competencies},
        report=_report(right, len({naming.item for naming in known})),
    )


def _seen(
    namings: Sequence[Naming],
    cases: Mapping[str, Case],
    folds: Mapping[str, int],
    competency: Competency,
    side: Sequence[Indicator],
    embedder: Embedder,
) -> _Named:
    places = {one.id: place for place, one in enumerate(side)}
    examples = [(text, place) for place, one in enumerate(side) for text in one.heard.examples]
    rows = [inputs([text for text, _ in examples], embedder)]
    shows, weights, fold = [place for _, place in examples], [EXAMPLE] * len(examples), [-1] * len(examples)
    for naming in namings:
        if naming.competency == competency.id and naming.shows in places:
            case = cases[naming.item]
            for sentence in _sentences(naming.quote, case):
                rows.append(case.inputs[sentence : sentence + 1])
                shows.append(places[naming.shows])
                weights.append(float(naming.times))
                fold.append(folds[case.family])
    return _Named(np.vstack(rows), np.array(shows), np.array(weights), np.array(fold))


def _sentences(quote: str, case: Case) -> list[int]:
    """The sentences of a talk that a quote is from."""
    wanted, known = normalised(quote), [normalised(one.text) for one in case.talk.said]
    return [place for place, sentence in enumerate(known) if wanted and (wanted in sentence or sentence in wanted)]


def _unseen(seen: _Named, count: int) -> list[tuple[bool, bool]]:
    """For every sentence, by heads that have not seen its family: whether it gets a name, and whether the best name is the given one."""
    found = []
    for fold in sorted(set(seen.fold.tolist()) - {-1}):
        own = seen.fold == fold
        said = seen.inputs[own] @ _ridge(seen, ~own, count).T
        sure, best = said.max(1) >= THRESHOLD, said.argmax(1) == seen.shows[own]
        found += list(zip(sure.tolist(), best.tolist(), strict=True))
    return found


def _ridge(seen: _Named, among: NDArray[np.bool_], count: int) -> Array:
    """Shape (indicators, inputs)."""
    x, weights = seen.inputs[among], seen.weights[among][:, None]
    wanted = np.eye(count)[seen.shows[among]]
    solved = np.linalg.solve((x * weights).T @ x + RIDGE * np.eye(x.shape[1]), (x * weights).T @ wanted)
    return np.asarray(solved.T, dtype=np.float64)


def _report(right: Sequence[tuple[bool, bool]], talks: int) -> dict[str, float | int]:
    named = [best for sure, best in right if sure]
    return {
        "talks": talks,
        "sentences": len(right),
        "folds": FOLDS,
        "right": round(sum(best for _, best in right) / max(1, len(right)), 3),
        "named": round(len(named) / max(1, len(right)), 3),
        "right_where_named": round(sum(named) / max(1, len(named)), 3),
    }


def _sha256(namings: Sequence[Naming], cases: Sequence[Case]) -> str:
    digest = hashlib.sha256()
    items = {naming.item for naming in namings}
    for naming in namings:
        digest.update(naming.model_dump_json().encode())
    for case in cases:
        if case.id in items:
            digest.update(json.dumps([said.heard[0] for said in case.talk.said]).encode())
    return digest.hexdigest()
