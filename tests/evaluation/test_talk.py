from __future__ import annotations

import pytest

from agent.evaluation.talk import Talk
from agent.transcript import Mark, Transcript, Turn


def talk(*turns: tuple[str, str], **rest: object) -> Talk:
    """Turns by speaker and text; Priya Raman is the candidate."""
    said = tuple(
        Turn(number=number, role="candidate" if "Priya" in speaker else "interviewer", speaker=speaker, text=text)
        for number, (speaker, text) in enumerate(turns, 1)
    )
    return Talk.of(Transcript(turns=said, **rest))


def shown(of: Talk) -> str:
    return "\n".join(" ".join((*turn.changes, turn.who, turn.text)) for turn in of.turns)


def test_the_candidate_has_no_name_and_the_others_keep_theirs() -> None:
    seen = shown(talk(("Dana", "Priya, is Raman your name?"), ("Priya Raman", "Yes, Dana, or mail priya@example.org.")))
    assert "priya" not in seen.lower()
    assert "raman" not in seen.lower()
    assert "Dana [Person 1], is [Person 1] your name?" in seen


def test_a_name_that_the_candidate_gives_is_hidden_in_every_turn() -> None:
    talked = talk(("Dana", "Welcome, Zoe."), ("Priya", "Hi, I'm Zoe Adeyemi, and I lead search."), ("Dana", "March was slow, Zoe."))
    assert "Zoe" not in shown(talked)
    assert "March was slow" in shown(talked)


def test_title_and_source_are_left_out() -> None:
    talked = talk(("Dana", "Well?"), ("Priya", "Well."), title="The weak one", source="weak-one.txt", format="Panel")
    assert talked.format == "Panel"
    assert "weak" not in repr(talked)


def test_what_changes_stands_at_its_turn() -> None:
    talked = talk(("Dana", "Gone."), ("Priya", "Oh."), marks=(Mark(turn=1, kind="twist", label="t", text="The feed is off."),))
    assert [turn.changes for turn in talked.turns] == [("The feed is off.",), ()]


def test_who_heard_something_alone_is_told() -> None:
    turns = (
        Turn(number=1, role="interviewer", speaker="Dana", title="PM", text="Psst.", aside="Dana"),
        Turn(number=2, role="candidate", speaker="Me", text="Yes?", aside="Dana"),
    )
    assert [turn.who for turn in Talk.of(Transcript(turns=turns)).turns] == [
        "Dana, PM (to the candidate alone)",
        "Candidate (to Dana alone)",
    ]


@pytest.mark.parametrize(
    ("given", "own"),
    [
        ("the gap in", "the gap in"),
        ("THE  GAP\nin the labels", "the gap in the labels"),
        ('"I saw the gap in the labels."', "I saw the gap in the labels"),
        ("[Person 1] saw it", "Priya saw it"),
        ("Did you see", None),
        ("the gap in the features", None),
        ("gap", None),
        ("e gap i", None),
        ("", None),
    ],
)
def test_a_quote_is_the_candidates_own_words_or_none(given: str, own: str | None) -> None:
    talked = talk(("Dana", "Did you see it?"), ("Priya", "I saw the gap in the labels. Priya saw it!"))
    assert talked.quoted(given) == own
