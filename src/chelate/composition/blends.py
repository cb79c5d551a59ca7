"""What else a blend holds: the heaviest member that is certainly another ingredient."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from chelate import catalogue
from chelate.catalogue import names
from chelate.composition.moieties import moiety_named
from chelate.composition.rows import Entry, names_blend
from chelate.composition.values import Printed

# A member so named may itself bring minerals.
_MINERAL_WORDS = frozenset(
    {"mineral", "minerals", "salt", "salts", "chelate", "chelated", "chelates"}
)


def rest_of(blend: Printed, entries: tuple[Entry, ...]) -> Printed | None:
    """The largest printed mass of another ingredient in a blend, by the blend's printed total.

    Only the largest: members printed side by side may be part of one another ("green tea
    extract 200 mg, caffeine 90 mg"). None where nothing of the blend would be left.
    """
    members = (e for row in entries for inner in row.walk() for e in _members(inner, blend))
    masses = [e.amount for e in members if e.amount and _is_another(e)]
    heaviest = max(masses, key=lambda mass: mass.interval_mg.low, default=None)
    return heaviest if heaviest and heaviest.value_mg < blend.value_mg else None


def _members(entry: Entry, blend: Printed) -> Iterator[Entry]:
    if entry.kind == "other" and entry.amount and entry.amount.path == blend.path:
        yield from entry.children


def _is_another(member: Entry) -> bool:
    """Whether a member is an ingredient for itself: no nutrient, moiety, blend, or part."""
    text = member.phrase.head.text
    return (
        member.kind == "other"
        and member.meaning.status in ("unknown", "inert", "known")
        and not member.children
        and not member.phrase.head.offset
        and not names_blend(text)
        and moiety_named(text) is None
        and names.normalise(text) not in _ligand_words()
        and not _speaks_of_minerals(member)
    )


def _speaks_of_minerals(member: Entry) -> bool:
    """Whether any of a member's words may be of a mineral: "algae (magnesium, calcium)"."""
    written = " ".join((member.row.name, *(source.name for source in member.row.sources)))
    return not _mineral_words().isdisjoint(names.normalise(written).split())


@cache
def _ligand_words() -> frozenset[str]:
    """What may stand for a part of a compound, or for the compound: "bisglycinate", "oxide"."""
    families = (f for f in catalogue.families().values() if f.nutrient)
    return frozenset(names.normalise(word) for family in families for word in family.words)


@cache
def _mineral_words() -> frozenset[str]:
    spoken = (" ".join(n.words) for n in catalogue.nutrients().values() if n.element)
    return _MINERAL_WORDS.union(*(names.normalise(words).split() for words in spoken))
