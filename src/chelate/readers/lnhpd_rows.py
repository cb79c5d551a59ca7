"""The medicinal ingredients of one product: rows that say one thing several times are one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chelate.readers.fields import At, Field, is_zero, range_of, tidy, with_mark
from chelate.units import Amount, read_amount


@dataclass(slots=True)
class _Ingredient:
    """An ingredient as it grows from its rows: quantities in the units in which they are given."""

    name: At
    amounts: list[At]
    sources: list[At]
    notes: list[At]


def rows_of(rows: list[Field], language: str) -> list[dict[str, Any]]:
    """The rows of the panel: one for each ingredient and quantity, with all of its sources."""
    found: dict[str, list[_Ingredient]] = {}
    for row in rows:
        one = _ingredient(row)
        same = found.setdefault(one.name.text.casefold(), [])
        other = next((each for each in same if _says_the_same(each, one)), None)
        if other is None:
            same.append(one)
        else:
            _join(other, one)
    every = (each for same in found.values() for each in same)
    return [_row(each, language) for each in sorted(every, key=lambda each: each.name.steps[-2:-1])]


def _ingredient(row: Field) -> _Ingredient:
    return _Ingredient(
        row.get("ingredient_name").at(),
        [each for each in [_amount(row)] if each.text],
        [each for each in [row.get("source_material").at()] if each.text],
        [At(note, row.get("potency_amount").steps) for note in _notes(row)],
    )


def _row(ingredient: _Ingredient, language: str) -> dict[str, Any]:
    """The ingredient as a row; a quantity in another unit follows in brackets, the mass first."""
    first, *others = sorted(ingredient.amounts, key=_is_no_mass) or [At("", ingredient.name.steps)]
    restated = "".join(f" ({other.text})" for other in others)
    return {
        "name": ingredient.name,
        "amount": with_mark(At(first.text + restated, first.steps), language),
        "sources": [{"name": source} for source in ingredient.sources],
        "note": At("; ".join(note.text for note in ingredient.notes), ingredient.name.steps),
    }


def _amount(row: Field) -> At:
    """The quantity with its unit, "5-10 milligrams" where it is a range, "" where absent."""
    one = tidy(row.get("quantity").text())
    ends = (row.get("quantity_minimum").text(), row.get("quantity_maximum").text())
    figure = one if one and not is_zero(one) else range_of(*ends)
    unit = row.get("quantity_unit_of_measure").text()
    return At(f"{figure} {unit}".strip() if figure else "", row.get("quantity").steps)


def _notes(row: Field) -> Iterator[str]:
    """What the row says of an extract: its ratio, dried equivalent, and standardisation."""
    ratio = [tidy(row.get(f"ratio_{part}").text()) for part in ("numerator", "denominator")]
    kind = row.get("extract_type_desc").text()
    if all(ratio) and not any(map(is_zero, ratio)):
        yield f"{':'.join(ratio)} {kind}".strip()
    dried = tidy(row.get("dried_herb_equivalent").text())
    if dried and not is_zero(dried):
        yield f"dried herb equivalent {dried} {row.get('dhe_unit_of_measure').text()}".strip()
    potency = tidy(row.get("potency_amount").text())
    if potency and not is_zero(potency):
        unit, of = (row.get(f"potency_{key}").text() for key in ("unit_of_measure", "constituent"))
        yield f"potency {potency} {unit} {of}".strip()


def _says_the_same(one: _Ingredient, again: _Ingredient) -> bool:
    """Whether a row repeats an ingredient: the same quantity, or the same in another unit.

    In another unit only for a source that the ingredient has already.
    """
    given, new = _texts(one.amounts), _texts(again.amounts)
    if new <= given and bool(new) == bool(given):
        return True
    own_source = _texts(again.sources) <= _texts(one.sources)
    return own_source and bool(given and new) and _is_restated(one.amounts[0], again.amounts[0])


def _texts(given: list[At]) -> set[str]:
    return {each.text.casefold() for each in given}


def _is_restated(one: At, other: At) -> bool:
    """Whether two quantities may be one: a mass and an activity, or two equal masses."""
    first, second = read_amount(one.text), read_amount(other.text)
    if not isinstance(first, Amount) or not isinstance(second, Amount):
        return False
    if first.kind == second.kind == "mass":
        return first.value_mg == second.value_mg
    return {first.kind, second.kind} == {"mass", "activity"}


def _join(ingredient: _Ingredient, again: _Ingredient) -> None:
    """Add what a repetition has that the ingredient has not."""
    pairs = (
        (ingredient.amounts, again.amounts),
        (ingredient.sources, again.sources),
        (ingredient.notes, again.notes),
    )
    for own, more in pairs:
        own += [each for each in more if each.text.casefold() not in _texts(own)]


def _is_no_mass(amount: At) -> bool:
    read = read_amount(amount.text)
    return not (isinstance(read, Amount) and read.kind == "mass")
