"""What targets and candidates ask for: amounts, sources, and shares by source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from chelate import catalogue
from chelate.catalogue.names import normalise
from chelate.figures import listed, stated_mass
from chelate.findings import InputError
from chelate.formulate.design.problem import Material, Sense, Wish
from chelate.formulate.design.words import share, share_words
from chelate.formulate.errors import EntryError, at
from chelate.intervals import Interval
from chelate.models.design import Candidate, DesignSpec, Target
from chelate.stoichiometry import constituent_of, name_of
from chelate.units import Amount, Percent, mass_mg, read_amount, read_percent

_SENSES: Mapping[str, Sense] = {"exactly": "exactly", "at_least": "at least", "at_most": "at most"}
Materials = Sequence[Material]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the figures of an entry are about: what the candidates `meant` bring, or their mass."""

    path: str
    kind: Literal["target", "candidate"]
    of: str
    name: str
    materials: Materials
    meant: frozenset[int]
    by_source: bool = False

    def stated(self, mass_mg: float) -> str:
        """A mass of it, as it is written in words."""
        return stated_mass(mass_mg, catalogue.mass_unit(self.of))

    def amount(self, key: str, text: str) -> Wish:
        """The wish for a mass; what is to be reached holds at the end of the shelf life."""
        sense, bound = _SENSES[key], mass_mg(text)
        printed = _printed(text) if sense == "exactly" else None
        words = f"{self.name} {sense} {self.stated(bound)}"
        return Wish(
            f"{self.path}.{key}", self.kind, sense, bound, self._terms(sense), self.of, self.name,
            words, printed, at_end=self._at_end(sense),
        )  # fmt: skip

    def share(self, key: str, text: str) -> Wish:
        """The wish for a share of all that is brought."""
        sense, read = _SENSES[key], _share(text, by_source=self.by_source)
        bound = read.value / 100
        ends = Interval(read.interval.low / 100, min(1.0, read.interval.high / 100))
        at_end = self._at_end(sense)
        return Wish(
            f"{self.path}.{key}", "share", sense, bound, self._terms(sense), self.of, self.name,
            share_words(sense, bound, self.name), ends if sense == "exactly" else None,
            at_end=at_end, whole=terms_of(self.of, self.materials, at_end=at_end),
        )  # fmt: skip

    def _at_end(self, sense: Sense) -> bool:
        return self.kind == "target" and sense != "at most"

    def _terms(self, sense: Sense) -> dict[int, float]:
        if self.kind == "candidate":
            return {index: self.materials[index].weighed for index in self.meant}
        every = terms_of(self.of, self.materials, at_end=self._at_end(sense))
        return {index: each for index, each in every.items() if index in self.meant}


def targets_of(spec: DesignSpec, materials: Materials) -> Iterator[Wish]:
    """The wishes of the targets, each with the sources that it may have.

    Raises:
        EntryError: one cannot be read, contradicts itself, or no candidate can bring it.
    """
    for index, target in enumerate(spec.targets):
        path = f"targets[{index}]"
        with at(f"{path}.of"):
            of = named(target.of, materials)
        meant = _meant(target, path, materials)
        _require_a_bearer(target, path, of, materials, meant)
        name = called(of, materials)
        if target.only_from:
            yield from _wishes(_Asked(path, "target", of, name, materials, _all(materials)), target)
            yield _source(path, of, materials, meant)
            continue
        if target.part_from:
            name = f"{name} from {_together(meant, materials)}"
        by_source = bool(target.part_from)
        yield from _wishes(_Asked(path, "target", of, name, materials, meant, by_source), target)


def candidates_of(spec: DesignSpec, materials: Materials) -> Iterator[Wish]:
    """The bounds on the mass of each candidate.

    Raises:
        EntryError: one cannot be read, or contradicts itself.
    """
    for index, (entry, material) in enumerate(zip(spec.candidates, materials, strict=True)):
        path, name = f"candidates[{index}]", material.name
        asked = _Asked(path, "candidate", name, name, materials, frozenset((index,)))
        yield from _wishes(asked, entry)


def _wishes(asked: _Asked, entry: Target | Candidate) -> Iterator[Wish]:
    found: list[Wish] = []
    for key in _SENSES:
        text = getattr(entry, key, None)
        if text is not None:
            with at(f"{asked.path}.{key}"):
                found.append((asked.share if "%" in text else asked.amount)(key, text))
    _require_least_below_most(asked, found)
    yield from found


def _require_least_below_most(asked: _Asked, wishes: Sequence[Wish]) -> None:
    for kind, text in (("share", share), (asked.kind, asked.stated)):
        bounds = {wish.sense: wish.bound for wish in wishes if wish.kind == kind}
        least, most = bounds.get("at least", 0.0), bounds.get("at most")
        if most is not None and least > most:
            raise EntryError(
                asked.path,
                f"found {asked.name} at least {text(least)} and at most {text(most)}, expected "
                "the least to be no more than the most",
            )


def _printed(text: str) -> Interval | None:
    read = read_amount(text)
    return read.mass_mg if isinstance(read, Amount) else None


def _share(text: str, *, by_source: bool) -> Percent:
    if not by_source:
        raise InputError(
            f'found "{text}", a share, expected a mass such as "200 mg"; a share is of what '
            "some of the candidates bring: part_from: magnesium oxide"
        )
    read = read_percent(text)
    if isinstance(read, Percent) and read.operator == "=" and 0 < read.value <= 100:
        return read
    raise InputError(f'found "{text}", expected a share above 0 and at most 100 %, such as "50 %"')


def named(words: str, materials: Materials) -> str:
    """The nutrient or moiety that words name, or what a material holds of its own.

    Raises:
        InputError: they name none of these.
    """
    return constituent_of(words, own=[held for each in materials for held in each.holds])


def called(of: str, materials: Materials) -> str:
    """The name of a nutrient or moiety, as the materials that bring it have it."""
    return next((each.names[of] for each in materials if of in each.names), name_of(of))


def terms_of(of: str, materials: Materials, *, at_end: bool = False) -> dict[int, float]:
    """What each material brings of it; at the end of the shelf life what is left of that."""
    return {
        index: each.holds[of] * (each.left if at_end else 1.0)
        for index, each in enumerate(materials)
        if of in each.holds
    }


def _all(materials: Materials) -> frozenset[int]:
    return frozenset(range(len(materials)))


def _sources(target: Target) -> tuple[str, tuple[str, ...]]:
    """The key under which a target names candidates, and their names."""
    return ("part_from", target.part_from) if target.part_from else ("only_from", target.only_from)


def _meant(target: Target, path: str, materials: Materials) -> frozenset[int]:
    """The candidates that a target names as sources; all where it names none."""
    key, texts = _sources(target)
    found: set[int] = set()
    for position, name in enumerate(texts):
        meant = [index for index, each in enumerate(materials) if _is_named(each, name)]
        if not meant:
            raise EntryError(f"{path}.{key}[{position}]", _no_candidate(name, materials))
        found.update(meant)
    return frozenset(found) or _all(materials)


def _is_named(material: Material, name: str) -> bool:
    return normalise(name) in {normalise(each) for each in material.called}


def _no_candidate(name: str, materials: Materials) -> str:
    known = {normalise(called): each.name for each in materials for called in each.called}
    near = get_close_matches(normalise(name), known, n=1)
    hint = f'; did you mean "{known[near[0]]}"?' if near else ""
    expected = listed([f'"{each.name}"' for each in materials])
    return f'found "{name}", expected a candidate by its name, {expected}{hint}'


def _require_a_bearer(
    target: Target, path: str, of: str, materials: Materials, meant: frozenset[int]
) -> None:
    """Something named must bring what is to be reached, and a part of what others bring too."""
    if not (target.exactly or target.at_least or target.part_from):
        return
    name, bringing = called(of, materials), terms_of(of, materials).keys()
    if not bringing:
        held = "; ".join(f"{each.name} brings {_brought(each)}" for each in materials)
        raise EntryError(f"{path}.of", f"no candidate brings {name}: {held}")
    those = listed([materials[index].name for index in bringing])
    if bringing.isdisjoint(meant):
        key, texts = _sources(target)
        found = f"found {listed(list(texts))}, which brings no {name}"
        raise EntryError(f"{path}.{key}", f"{found}; of the candidates {those} would")
    if target.part_from and bringing <= meant:
        _refuse_share_of_all(target, path, f"{name} from all that brings it, {those}")


def _refuse_share_of_all(target: Target, path: str, whole: str) -> None:
    for key in _SENSES:
        text = getattr(target, key)
        if text and "%" in text:
            message = f'found "{text}" of the {whole}; expected a share from some of these'
            raise EntryError(f"{path}.{key}", message)


def _brought(material: Material) -> str:
    return listed([material.names[each] for each in material.holds]) or "nothing that is counted"


def _together(meant: frozenset[int], materials: Materials) -> str:
    return listed([materials[index].name for index in sorted(meant)])


def _source(path: str, of: str, materials: Materials, meant: frozenset[int]) -> Wish:
    others = {i: each for i, each in terms_of(of, materials).items() if i not in meant}
    name = called(of, materials)
    words = f"{name} only from {_together(meant, materials)}"
    return Wish(f"{path}.only_from", "source", "at most", 0.0, others, of, name, words)
