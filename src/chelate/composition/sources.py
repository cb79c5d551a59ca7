"""Which sources a row names: in its own words, in its clauses, and in the rows under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from chelate import wording
from chelate.catalogue import names
from chelate.composition.amounts import Reading, read_mass
from chelate.composition.rows import Entry, names_blend
from chelate.composition.values import Printed, Source
from chelate.intervals import total


def element_sources(entry: Entry, reading: Reading) -> tuple[Source, ...]:
    """The sources of a row whose amount is the element itself, their masses as printed."""
    assert entry.nutrient is not None
    path = f"{entry.path}.name"
    own = [Source(path, entry.phrase.head.text, entry.meaning)] if entry.kind == "source" else []
    found = [
        *own,
        *_written_sources(entry, reading),
        *_items_as_sources(entry.phrase, path, entry.nutrient, reading),
    ]
    for child in entry.children:
        found += _child_sources(child, entry.nutrient, reading)
    return merged(found)


def _written_sources(entry: Entry, reading: Reading) -> Iterator[Source]:
    for index, source in enumerate(entry.row.sources):
        path = f"{entry.path}.sources[{index}]"
        share = read_mass(source.elemental, f"{path}.elemental", reading, nutrient=entry.nutrient)
        phrase = wording.parse(source.name)
        amount = source.amount if source.amount is not None else phrase.head.amount
        where = f"{path}.amount" if source.amount is not None else f"{path}.name"
        mass = read_mass(amount, where, reading)
        yield from _named(phrase, f"{path}.name", entry.nutrient, mass, share, reading)


def _named(
    phrase: wording.Phrase,
    path: str,
    nutrient: str | None,
    mass: Printed | None,
    share: Printed | None,
    reading: Reading,
) -> Iterator[Source]:
    """A printed source and those that its own clauses add ("buffered with magnesium oxide")."""
    inner = _items_as_sources(phrase, path, nutrient, reading)
    text = phrase.head.text
    meaning = names.resolve(text, nutrient)
    if inner and meaning.status == "unknown" and names_blend(text):
        yield from inner
        return
    buffered = any(item.relation == "source" for item in phrase.items) and meaning.buffered
    meaning = replace(meaning, buffered=meaning.buffered or buffered)
    yield Source(path, text, meaning, mass, share, weighed=mass is not None)
    yield from inner


def _items_as_sources(
    phrase: wording.Phrase, path: str, nutrient: str | None, reading: Reading
) -> list[Source]:
    """The sources that a phrase's clauses name; a bare "buffered" belongs to the one before."""
    found: list[Source] = []
    for item in phrase.items:
        if item.relation == "yield" and not _weighs_source(item, nutrient):
            continue
        members = _members(item)
        if members:
            found += _items_as_sources(members, path, nutrient, reading)
            continue
        if wording.denies(item.text) or wording.compares(item.text):
            continue
        meaning = names.resolve(item.text, nutrient)
        if meaning.status == "inert" and meaning.buffered and found:
            last = found.pop()
            buffered = not names.is_buffered_otherwise(last.meaning)
            found.append(replace(last, meaning=replace(last.meaning, buffered=buffered)))
        elif _is_source_of(meaning, item):
            mass = read_mass(item.amount, path, reading)
            kind = replace(meaning, status="undefined") if meaning.status == "element" else meaning
            found.append(Source(path, item.text, kind, mass, weighed=item.weighs))
    return found


def _weighs_source(item: wording.Item, nutrient: str | None) -> bool:
    """Whether a clause of what a row gives names a compound with its mass: "dont 2 g de …"."""
    meaning = names.resolve(item.text, nutrient)
    known = meaning.status == "known" and meaning.nutrient == nutrient
    return known and nutrient is not None and item.amount is not None


def _members(item: wording.Item) -> wording.Phrase | None:
    """The phrase of an item that is a blend with its members in brackets, else None."""
    inner = wording.parse(item.text)
    members = inner.of("source", "bracket")
    if len(members) > 1 or (members and names_blend(inner.head.text)):
        return inner
    return None


def _is_source_of(found: names.Meaning, item: wording.Item) -> bool:
    """Whether an item of a row's clauses names a source, rather than something said of it."""
    if found.status in ("known", "undefined"):
        return found.nutrient is not None
    if found.status == "mark" or (found.status == "element" and _says_more(found)):
        return item.relation == "source"
    return found.status == "unknown"


def _says_more(found: names.Meaning) -> bool:
    """Whether a name of the bare element says what kind it is: "sucrosomial magnesium"."""
    plain = {found.nutrient, "elemental", "element", "total", "mineral"}
    return not set(names.normalise(found.text).split()) <= plain


def _child_sources(child: Entry, nutrient: str, reading: Reading) -> Iterator[Source]:
    """What a row nested under an element's row says of its sources."""
    if child.kind == "source":
        yield from compound_sources(child, reading)
    elif child.kind == "element" and child.nutrient == nutrient:
        inner = told_apart(element_sources(child, reading), child.amount)
        share = child.amount if len(inner) == 1 else None
        yield from (replace(s, share=s.share or share) for s in inner)
    elif child.kind == "other" and (child.meaning.status in ("mark", "undefined")):
        yield Source(f"{child.path}.name", child.phrase.head.text, child.meaning, child.amount)
    elif child.kind == "other" and child.meaning.status == "unknown":
        meaning = names.resolve(child.phrase.head.text, nutrient)
        yield Source(f"{child.path}.name", child.phrase.head.text, meaning, child.amount)


def compound_sources(entry: Entry, reading: Reading) -> Iterator[Source]:
    """A compound's row: its mass, and the element printed under it or in its clause."""
    path = f"{entry.path}.name"
    inner = _items_as_sources(_without_yields(entry), path, entry.nutrient, reading)
    if inner and all(source.mass for source in inner):
        yield from inner
        return
    share = element_share(entry, reading)
    yield Source(path, entry.phrase.head.text, entry.meaning, entry.amount, share)
    yield from (s for s in inner if s.meaning.family != entry.meaning.family)


def element_share(entry: Entry, reading: Reading) -> Printed | None:
    """The element that is printed under a compound's row or in its clause."""
    share = next((child.amount for child in _element_children(entry)), None)
    if share is not None:
        return share
    path, nutrient = f"{entry.path}.name", entry.nutrient
    printed = (item.amount for item in _yield_items(entry))
    return next((read_mass(text, path, reading, nutrient=nutrient) for text in printed), None)


def _without_yields(entry: Entry) -> wording.Phrase:
    """The entry's phrase without the clauses that give its element."""
    given = _yield_items(entry)
    kept = tuple(item for item in entry.phrase.items if item not in given)
    return wording.Phrase(entry.phrase.head, kept)


def merged(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Sources named twice, in the row and under it, are one; what is printed of each is kept."""
    merged: list[Source] = []
    for source in sources:
        at = next((i for i, other in enumerate(merged) if _are_one(source, other)), None)
        if at is None:
            merged.append(source)
        else:
            other = merged[at]
            meaning = _either(other.meaning, source.meaning)
            merged[at] = replace(
                other, meaning=meaning, mass=other.mass or source.mass,
                share=other.share or source.share, weighed=other.weighed or source.weighed,
            )  # fmt: skip
    return _without_bare_chelates(merged)


def _either(first: names.Meaning, second: names.Meaning) -> names.Meaning:
    """What two names of one family may mean: two hydrates named are each one of them."""
    meaning = second if second.buffered else first
    either = dict.fromkeys((*meaning.substances, *first.substances, *second.substances))
    return replace(meaning, substances=tuple(either))


def _without_bare_chelates(sources: list[Source]) -> tuple[Source, ...]:
    """Without the bare word "chelated", where a chelate is named beside it."""
    named = any(s.meaning.chelate and s.meaning.family for s in sources)
    bare = [s for s in sources if s.meaning.status == "undefined" and s.meaning.family is None]
    return tuple(s for s in sources if not (named and s in bare))


def _are_one(source: Source, other: Source) -> bool:
    same = source.meaning.family is not None and source.meaning.family == other.meaning.family
    return same and _agree(source.mass, other.mass) and _agree(source.share, other.share)


def _agree(one: Printed | None, other: Printed | None) -> bool:
    """Whether two masses may be one: the same is printed twice, or one of them is not."""
    return one is None or other is None or one.interval_mg == other.interval_mg


def told_apart(sources: tuple[Source, ...], declared: Printed | None) -> tuple[Source, ...]:
    """Masses that add up to the declared element are elemental shares, not compounds.

    As masses of compounds they could not hold that much element, whatever they were. Where
    wording says that a single mass is the compound's, the wording stands.
    """
    masses = [s.mass for s in sources if s.mass]
    if not declared or not sources or len(masses) != len(sources):
        return sources
    if any(source.share for source in sources):
        return sources
    if len(sources) == 1 and sources[0].weighed:
        return sources
    if not total(m.interval_mg for m in masses).overlaps(declared.interval_mg):
        return sources
    return tuple(replace(s, mass=None, share=s.mass) for s in sources)


def has_own_element(entry: Entry) -> bool:
    """Whether a compound's row prints its element under it or in a clause."""
    return bool(_element_children(entry) or _yield_items(entry))


def _element_children(entry: Entry) -> tuple[Entry, ...]:
    return tuple(
        child
        for child in entry.children
        if child.kind == "element" and child.nutrient == entry.nutrient
    )


def _yield_items(entry: Entry) -> tuple[wording.Item, ...]:
    """Clauses that give the element of a compound: "(providing 141 mg magnesium)"."""
    return tuple(
        item
        for item in entry.phrase.of("yield", "bracket")
        if item.amount
        and (names.nutrient_of(item.text) == entry.nutrient or _is_elemental(item.text))
    )


def _is_elemental(text: str) -> bool:
    return names.normalise(text) in ("elemental", "element")
