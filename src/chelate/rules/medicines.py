"""What a sentence says of medicines: that the product is one, replaces one, or helps one.

The criteria are 21 CFR 101.93(g)(2)(v) to (ix). A medicine that is named for another reason, to
be taken hours apart or to be asked about, claims nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from chelate.rules.denials import denials
from chelate.rules.excuses import denied, excused, in_one_clause
from chelate.rules.lexicon import Table
from chelate.rules.said import Sentence, Span, found, gap, has, joint, parted

NEAR = 4  # words between a medicine and what is said of it


def medicines_in(sentence: Sentence) -> Iterator[tuple[Span, str]]:
    """Words that claim the place, the class or the help of a medicine, and how they do."""
    classes, therapies = [*found(sentence, "drugs")], [*found(sentence, "therapies")]
    every = [*classes, *therapies, *found(sentence, "medicines")]
    if not every or _kept_apart(sentence, every):
        return
    for relation, span in _pairs(sentence, ("substituting",), every):
        if _is_plain(sentence, relation, span):
            yield joint(relation, span), ", in the place of a medicine"
    for span in _helped(sentence, therapies, every):
        yield span, ", beside a therapy for one"
    for span in classes:
        if not excused(sentence, span[0]) and not excused(sentence, span[1] - 1):
            yield span, ", by a class of medicines"


def _helped(sentence: Sentence, therapies: list[Span], every: list[Span]) -> Iterator[Span]:
    """Therapies that are helped along, and medicines whose side effects are eased."""
    helping = [span for key in ("effects", "fighting") for span in found(sentence, key)]
    ways = [(verb, span) for verb in helping for span in therapies if verb < span]
    ways += _pairs(sentence, ("helping",), therapies)
    ways += [(span, noun) for span in therapies for noun in found(sentence, "companions")
             if span[1] == noun[0]]  # fmt: skip
    for adverse, span in _pairs(sentence, ("adverse",), every):
        ways += [(verb, joint(adverse, span)) for verb in helping if verb < adverse]
    for relation, span in ways:
        if gap(relation, span) <= NEAR and _is_plain(sentence, relation, span):
            yield joint(relation, span)


def _kept_apart(sentence: Sentence, every: list[Span]) -> bool:
    """Whether a sentence is about taking medicines apart, or about how they are absorbed."""
    absorbed = _pairs(sentence, ("absorption", "words"), every)
    return has(sentence, "interactions") or any(not parted(sentence, *pair) for pair in absorbed)


def _pairs(sentence: Sentence, table: Table, spans: list[Span]) -> list[tuple[Span, Span]]:
    """Wordings of a table with the spans that they stand near."""
    near = [(word, span) for word in found(sentence, *table) for span in spans]
    return [(word, span) for word, span in near if 0 <= gap(word, span) <= NEAR]


def _is_plain(sentence: Sentence, relation: Span, medicine: Span) -> bool:
    """Whether what is said of a medicine is not taken back: "replaces no medicine"."""
    if not in_one_clause(sentence, relation, medicine):
        return False
    last = max(relation[0], medicine[0])
    between = [denial for denial in denials(sentence) if relation[1] <= denial[0] < last]
    return (
        not between
        and not excused(sentence, relation[0])
        and not denied(sentence, medicine[0], aside=relation)
    )
