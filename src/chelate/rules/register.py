"""CL: statements that the register of claims has weighed, whoever makes them.

What makes a claim stands beside the id of its record, in `reviewed` of `data/statements.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chelate.evidence import VERDICTS, claim
from chelate.findings import Certainty, Severity
from chelate.rules.excuses import denied, excused
from chelate.rules.front_numbers import compound_number, front_number
from chelate.rules.fronts import chelate_of_blend, pure
from chelate.rules.lexicon import data
from chelate.rules.marks import guaranteed
from chelate.rules.rule import Case, Hit, Rule, Skip, rule
from chelate.rules.said import Sentence, Span, found, has, hit, sentences
from chelate.rules.statements import absorption

_POINTING = (front_number, compound_number, chelate_of_blend, guaranteed, pure, absorption)


@rule(
    "CL111",
    "statement-in-the-register",
    Severity.NOTE,
    Certainty.LIKELY,
    "“{words}”: {about}; chelate evidence {evidence} says what is known",
)
def in_the_register(case: Case) -> Iterator[Hit | Skip]:
    """A statement makes a claim that the register has weighed.

    Some statements return from pack to pack: that a chelate has peptide-like bonds, that a
    form has no laxative effect, that it reaches the brain, that 80 % of people are
    deficient. The register gives the verdict, the figures and the studies of each: it has
    references of its own for every claim.

    Fails:
        product: Strong Bond Magnesium
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 100 mg}
        statements: [Held by stable peptide-like bonds.]

    Passes:
        product: Plain Bond Magnesium
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 100 mg}
        statements: [Magnesium and glycine in one compound.]

    Remedy:
        Say what the studies found, with the amount and the subjects, or leave it out.
    """
    told: set[tuple[str, str]] | None = None
    for sentence in sentences(case.label):
        for key, span in _claims_in(sentence).items():
            told = _told(case) if told is None else told
            if (sentence.path, key) not in told:
                yield hit(sentence, span, about=_about(key), evidence=key)


def _told(case: Case) -> set[tuple[str, str]]:
    """Where other rules send to a record already, and to which."""
    hits = (found for each in _POINTING for found in each.find(case))
    return {(hit.path, hit.facts["evidence"]) for hit in hits if isinstance(hit, Hit)}


def _about(key: str) -> str:
    """What the register says of a claim: in words of its own, or by its verdict."""
    return str(data()["reviewed"][key].get("about") or VERDICTS[claim(key).verdict])


def _claims_in(sentence: Sentence) -> Mapping[str, Span]:
    """The claims of the register that a sentence makes, by id, without those that say less."""
    made: dict[str, Span] = {}
    may = {table[1] for table in sentence.may if table[0] == "reviewed"}
    for key, entry in data()["reviewed"].items():
        span = next(_claimed(sentence, key, entry), None) if key in may else None
        if span and not has(sentence, "reviewed", key, "unless"):
            made[key] = span
    less = {key for name in made for key in data()["reviewed"][name].get("rather_than", ())}
    return {key: span for key, span in made.items() if key not in less}


def _claimed(sentence: Sentence, key: str, entry: Mapping[str, Any]) -> Iterator[Span]:
    """The words of a sentence that make a claim and are not taken back."""
    for span in found(sentence, "reviewed", key, "words"):
        if not excused(sentence, span[0]):
            yield span
    for span in found(sentence, "reviewed", key, "denied"):
        if denied(sentence, span[0]) and not excused(sentence, 0):
            yield span
    for index, way in enumerate(entry.get("ways", ())):
        for span in _together(sentence, ("reviewed", key, "ways", index, "terms"), way):
            if entry.get("anyway") or _stands(sentence, span, way):
                yield span


def _stands(sentence: Sentence, span: Span, way: Mapping[str, Any]) -> bool:
    aside = span if way.get("denying") else (0, 0)
    return not excused(sentence, span[0]) and not denied(sentence, span[1] - 1, aside=aside)


def _together(
    sentence: Sentence, path: tuple[str | int, ...], way: Mapping[str, Any]
) -> Iterator[Span]:
    """Stretches of a sentence that hold one term of every list, in one pass over its words.

    A stretch is the shortest that ends at a term; in an ordered way the lists follow each other.
    """
    lists = range(len(way["terms"]))
    if not all((*path, index) in sentence.may for index in lists):
        return
    starts: dict[int, int] = {}
    parted = 0
    for span, index in sorted((s, i) for i in lists for s in found(sentence, *path, i)):
        parted = parted if way.get("commas") else _after_comma(sentence, span[0], parted)
        _begun(starts, span[0], index, ordered=way.get("ordered", False))
        start = starts.get(index, -1) if way.get("ordered") else min(starts.values())
        complete = len(starts) == len(lists) and (not way.get("ordered") or index == lists[-1])
        if complete and start >= parted and span[1] - start <= way["within"]:
            yield start, span[1]


def _begun(starts: dict[int, int], at: int, index: int, *, ordered: bool) -> None:
    """Note where a stretch that has come to a list begins: at its term, or at the first list's."""
    if not ordered or index == 0:
        starts[index] = at
    elif index - 1 in starts:
        starts[index] = starts[index - 1]


def _after_comma(sentence: Sentence, at: int, since: int) -> int:
    """The last word up to one that a comma precedes, looked for from where it was last."""
    words = sentence.words
    for i in range(at, since, -1):
        if "," in sentence.text[words[i - 1].end : words[i].start]:
            return i
    return since


RULES: tuple[Rule, ...] = (in_the_register,)
