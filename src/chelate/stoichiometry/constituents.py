"""The elements and moieties that a substance holds, and the words that name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from chelate import catalogue
from chelate.catalogue import Moiety, Substance, names
from chelate.findings import InputError
from chelate.formula import parse_formula

Fractions = Mapping[str, float]

_OF_MOLECULES = frozenset(("H", "C", "N", "O", "F", "P", "S", "Cl", "Br", "Co"))  # Co: cobalamins
_OPTICAL = ("l", "d", "dl")


@cache
def constituents(substance: Substance) -> Fractions:
    """Elements and moieties in 1 mg of a substance: its own nutrient first.

    A molecule that the catalogue lacks, without moieties, counts as itself.

    >>> {k: round(v, 4) for k, v in constituents(catalogue.substance("zinc-oxide")).items()}
    {'zinc': 0.8034}
    """
    found: dict[str, float] = {id_of_itself(substance.name): 1.0} if is_itself(substance) else {}
    for nutrient in _nutrients_of(substance):
        if (fraction := catalogue.element_fraction(substance, nutrient)) > 0:
            found[nutrient] = fraction
    for moiety in catalogue.moiety_counts(substance):
        found[counted_as(moiety)] = catalogue.moiety_fraction(substance, moiety)
    return MappingProxyType(found)


def counted_as(constituent: str) -> str:
    """The vitamin that a moiety is counted as, by the mass of its free acid; else itself.

    >>> counted_as("ascorbic-acid"), counted_as("glycine")
    ('vitamin-c', 'glycine')
    """
    moiety = catalogue.moieties().get(constituent)
    return (moiety.nutrient if moiety else None) or constituent


def moiety_of(constituent: str) -> Moiety | None:
    """The moiety with this id, or that is counted as this nutrient.

    >>> moiety_of("vitamin-c").id, moiety_of("magnesium")
    ('ascorbic-acid', None)
    """
    known = catalogue.moieties()
    as_nutrient = (each for each in known.values() if each.nutrient == constituent)
    return known.get(constituent) or next(as_nutrient, None)


@cache
def ligands(substance: Substance) -> Fractions:
    """The moieties that a substance holds as ions, in mg of the ion in 1 mg."""
    return MappingProxyType(
        {
            counted_as(moiety): fraction
            for moiety in catalogue.moiety_counts(substance)
            if moiety not in substance.moieties
            and (fraction := catalogue.moiety_fraction(substance, moiety, as_ligand=True))
            != catalogue.moiety_fraction(substance, moiety)
        }
    )


def _nutrients_of(substance: Substance) -> Iterator[str]:
    """Its own nutrient, then every other element that is not part of one of its moieties."""
    own = substance.nutrient
    if own and catalogue.nutrients()[own].element:
        yield own
    free = _elements_outside_moieties(substance)
    for nutrient in catalogue.nutrients().values():
        if nutrient.id != own and nutrient.element in free:
            yield nutrient.id


def _elements_outside_moieties(substance: Substance) -> set[str]:
    counted = {
        part for moiety in catalogue.moieties().values() for part in (moiety.formula, *moiety.ions)
    }
    return {
        element
        for part in substance.parts
        if part not in counted
        for element in parse_formula(catalogue.part_formula(part))
    }


def is_itself(substance: Substance) -> bool:
    """Whether it is a molecule that counts as itself: defined in place, without moieties."""
    return (
        catalogue.substances().get(substance.id) is not substance
        and not catalogue.moiety_counts(substance)
        and {"C"} <= set(parse_formula(substance.formula)) <= _OF_MOLECULES
    )


def id_of_itself(name: str) -> str:
    """The id under which a molecule counts as itself: that of its vitamin, else its name.

    >>> id_of_itself("L-Theanine"), id_of_itself("Vitamin C")
    ('l-theanine', 'vitamin-c')
    """
    return names.nutrient_of(name) or counted_as(names.normalise(name).replace(" ", "-"))


def constituent_of(words: str, own: Iterable[str] = ()) -> str:
    """The id of the nutrient or moiety that words name, or of one of `own`, which count too.

    Raises:
        InputError: they name none of these.

    >>> constituent_of("elemental magnesium"), constituent_of("L-lysine")
    ('magnesium', 'l-lysine')
    >>> constituent_of("ascorbic acid")
    'vitamin-c'
    >>> constituent_of("L-Theanine", own=["l-theanine"])
    'l-theanine'
    """
    if nutrient := names.nutrient_of(words):
        return nutrient
    spoken = names.normalise(words)
    for moiety in catalogue.moieties().values():
        if spoken in (names.normalise(moiety.id), names.normalise(moiety.name)):
            return counted_as(moiety.id)
    known = tuple(own)
    if (itself := id_of_itself(words)) in known:
        return itself
    raise _no_constituent(words, known)


def is_catalogued(constituent: str) -> bool:
    """Whether it is a nutrient or moiety of the catalogue, and not counted by its name alone."""
    return constituent in catalogue.nutrients() or constituent in catalogue.moieties()


def name_of(constituent: str) -> str:
    """The name of a nutrient or moiety within a sentence: magnesium, L-lysine, EPA.

    >>> name_of("magnesium"), name_of("l-theanine")
    ('magnesium', 'L-theanine')
    """
    known = catalogue.moieties().get(constituent) or catalogue.nutrients().get(constituent)
    return in_sentence(known.name) if known else _words_of(constituent)


def _words_of(itself: str) -> str:
    """The words of the id of a molecule that counts as itself."""
    head, dash, rest = itself.partition("-")
    return f"{head.upper()}-{rest}" if dash and head in _OPTICAL else itself.replace("-", " ")


def in_sentence(name: str) -> str:
    """A name as it stands within a sentence.

    >>> in_sentence("Magnesium oxide"), in_sentence("L-Lysine"), in_sentence("EPA")
    ('magnesium oxide', 'L-lysine', 'EPA')
    """
    head, dash, rest = name.partition("-")
    if dash and head in ("L", "D", "DL"):
        return f"{head}-{in_sentence(rest)}"
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _no_constituent(words: str, own: Iterable[str]) -> InputError:
    import difflib

    elements = (nutrient.id for nutrient in catalogue.nutrients().values() if nutrient.element)
    known = [*own, *catalogue.moieties(), *elements]
    near = difflib.get_close_matches(words.lower(), known, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return InputError(f'found "{words}", expected a nutrient or moiety such as magnesium{hint}')
