"""Moieties that a label declares with a mass: glycine, taurine, L-threonate.

A row of its own may be glycine that was added, or the glycine of the chelate told once
more. What is nested under a compound's own row, or stands in its clause, is of the compound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from chelate import catalogue, wording
from chelate.catalogue import names
from chelate.composition.amounts import Reading, read_mass
from chelate.composition.rows import Entry
from chelate.composition.values import Claim, DeclaredMoiety, Source

_Hosts = tuple[Entry, ...]


def declared_moieties(
    entries: Iterable[Entry], claims: tuple[Claim, ...], reading: Reading
) -> Iterator[DeclaredMoiety]:
    """Every moiety with a readable mass, in printed order, under the claim that it is part of."""
    for entry in entries:
        yield from _within(entry, (), claims, reading)


@lru_cache(maxsize=4096)
def moiety_named(text: str) -> str | None:
    """The id of the moiety that a name is, or None; nutrients are none.

    >>> moiety_named("L-Glycine"), moiety_named("Vitamin C"), moiety_named("glycine soja")
    ('glycine', None, None)
    """
    spoken = names.normalise(text)
    if spoken in _moiety_names():
        return _moiety_names()[spoken]
    meaning = names.resolve(text)
    if names.nutrient_of(text) or meaning.status != "known" or meaning.nutrient:
        return None
    return meaning.family if meaning.family in catalogue.moieties() else None


def _within(
    entry: Entry, hosts: _Hosts, claims: tuple[Claim, ...], reading: Reading
) -> Iterator[DeclaredMoiety]:
    """What a row declares: itself, in its clauses, in those of its sources, and under it."""
    yield from _of_row(entry, hosts, claims)
    inside = (*hosts, entry)
    yield from _of_clauses(entry, inside, claims, reading)
    yield from _of_sources(entry, inside, claims, reading)
    for child in entry.children:
        yield from _within(child, inside, claims, reading)


def _of_row(entry: Entry, hosts: _Hosts, claims: tuple[Claim, ...]) -> Iterator[DeclaredMoiety]:
    """A row that is a moiety. One with a source of its own may print the mass of that."""
    if entry.amount is None or entry.row.sources or entry.phrase.of("source"):
        return
    text, compound = entry.phrase.head.text, _compound(hosts)
    moiety = moiety_named(text) if entry.kind == "other" else _anion_of(entry, compound)
    if moiety:
        claim = _claim_of(hosts, claims)
        source = _source_of(claim, compound, moiety)
        yield DeclaredMoiety(moiety, f"{entry.path}.name", text, entry.amount, _path(claim), source)


def _of_clauses(
    entry: Entry, hosts: _Hosts, claims: tuple[Claim, ...], reading: Reading
) -> Iterator[DeclaredMoiety]:
    """Moieties in the clauses of a row: "(providing 1,235 mg glycine)"."""
    path = f"{entry.path}.name"
    for item, moiety in _given(entry.phrase):
        amount = read_mass(item.amount, path, reading)
        if amount is None:
            continue
        claim = _claim_of(hosts, claims)
        source = _source_of(claim, _compound(hosts), moiety)
        if source is None and entry.kind == "element" and _follows_its_source(item, entry):
            source = _only_holder(claim, path, moiety)
        yield DeclaredMoiety(moiety, path, item.text, amount, _path(claim), source)


def _of_sources(
    entry: Entry, hosts: _Hosts, claims: tuple[Claim, ...], reading: Reading
) -> Iterator[DeclaredMoiety]:
    """Moieties in the clauses of the sources that a row lists."""
    for index, written in enumerate(entry.row.sources):
        path = f"{entry.path}.sources[{index}].name"
        for item, moiety in _given(wording.parse(written.name)) if _counts(written.name) else ():
            if amount := read_mass(item.amount, path, reading):
                claim = _claim_of(hosts, claims)
                source = _only_holder(claim, path, moiety)
                yield DeclaredMoiety(moiety, path, item.text, amount, _path(claim), source)


def _given(phrase: wording.Phrase) -> Iterator[tuple[wording.Item, str]]:
    """The items of a phrase that give a moiety with an amount."""
    for item in phrase.of("yield", "bracket"):
        if item.amount and (moiety := moiety_named(item.text)):
            yield item, moiety


def _counts(text: str) -> bool:
    """Whether a text has a digit in it, and so may give an amount."""
    return any(map(str.isdigit, text))


def _follows_its_source(item: wording.Item, entry: Entry) -> bool:
    """Whether a clause stands in the bracket of the row's only source, after it."""
    sources = entry.phrase.of("source")
    if len(sources) != 1 or item.relation != "yield":
        return False
    between = entry.row.name[sources[0].offset : item.offset]
    return bool(between) and not any(bracket in between for bracket in "()[]{}")


def _compound(hosts: _Hosts) -> Entry | None:
    """The compound in whose own row something directly stands."""
    return hosts[-1] if hosts and hosts[-1].kind == "source" else None


def _claim_of(hosts: _Hosts, claims: tuple[Claim, ...]) -> Claim | None:
    """The claim of the nearest row around that has one."""
    for host in reversed(hosts):
        name = f"{host.path}.name"
        for claim in claims:
            if claim.path == host.path or any(s.path == name for s in claim.sources):
                return claim
    return None


def _path(claim: Claim | None) -> str | None:
    return claim.path if claim else None


def _source_of(claim: Claim | None, compound: Entry | None, moiety: str) -> str | None:
    """The path of the source that is the compound; None unless one alone may hold the moiety."""
    if claim is None or compound is None:
        return None
    path, family = f"{compound.path}.name", compound.meaning.family
    own = [s for s in claim.sources if s.path == path or (family and s.meaning.family == family)]
    return _only(own, moiety)


def _only_holder(claim: Claim | None, path: str, moiety: str) -> str | None:
    """The path, where one source alone that stands at it may hold the moiety."""
    return _only((s for s in claim.sources if s.path == path), moiety) if claim else None


def _only(sources: Iterable[Source], moiety: str) -> str | None:
    holders = [source.path for source in sources if _may_hold(source, moiety)]
    return holders[0] if len(holders) == 1 else None


def _may_hold(source: Source, moiety: str) -> bool:
    """Whether a source may hold a moiety: one that is not known may hold anything."""
    members = map(catalogue.substance, source.meaning.substances)
    return not source.meaning.substances or any(
        moiety in catalogue.moiety_counts(member) for member in members
    )


def _anion_of(entry: Entry, compound: Entry | None) -> str | None:
    """The acid whose anion a row directly under a compound is: "L-threonate, 1,800 mg".

    Anywhere else the bare anion may be short for the compound.
    """
    if compound is None or entry.meaning.family != compound.meaning.family:
        return None
    if compound.amount and entry.amount and entry.amount.value_mg >= compound.amount.value_mg:
        return None
    return _anions().get(names.normalise(entry.phrase.head.text))


@cache
def _moiety_names() -> Mapping[str, str]:
    known = {names.normalise(moiety.name): moiety.id for moiety in catalogue.moieties().values()}
    return {name.removeprefix("l "): moiety for name, moiety in known.items()} | known


@cache
def _anions() -> Mapping[str, str]:
    """The names of anions by the rule "-ic acid, -ate", with and without "L-"."""
    acids = {name: i for name, i in _moiety_names().items() if name.endswith("ic acid")}
    return {f"{name.removesuffix('ic acid')}ate": i for name, i in acids.items()}
