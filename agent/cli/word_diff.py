"""What differs between two texts, word by word: `[-gone-]{+new+}`, each place with a few words around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

AROUND = 4
"""Words of context on each side."""
LONGEST = 40
"""So many words of a text that is new or gone as a whole are shown."""
ONLY_SPACE = "only spaces or line breaks differ"


def word_diff(before: str, after: str) -> list[str]:
    """Each place where two texts differ, with the words around it; `…` stands for words that are the same."""
    one, other = before.split(), after.split()
    if one == other and before != after:
        return [ONLY_SPACE]
    matcher = SequenceMatcher(a=one, b=other, autojunk=False)
    return [" ".join(_place(group, one, other)) for group in matcher.get_grouped_opcodes(AROUND)]


def shortened(text: str) -> str:
    """The first words of a long text, and how many more there are."""
    words = text.split()
    return text if len(words) <= LONGEST else f"{' '.join(words[:LONGEST])} … and {len(words) - LONGEST} more words"


def _place(group: Sequence[tuple[str, int, int, int, int]], one: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    if group[0][1] > 0:
        yield "…"
    for kind, start, end, new_start, new_end in group:
        if kind == "equal":
            yield " ".join(one[start:end])
        else:
            gone, new = " ".join(one[start:end]), " ".join(other[new_start:new_end])
            yield f"{f'[-{gone}-]' if gone else ''}{f'{{+{new}+}}' if new else ''}"
    if group[-1][2] < len(one):
        yield "…"
