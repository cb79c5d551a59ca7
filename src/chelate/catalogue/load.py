"""Reading the catalogue's TOML and CSV, once, each file when it is first asked for.

A malformed record is a bug of the catalogue and not of the user's input: it raises
`CatalogueError` with the file and the record. What a user asks for by a name that is not
there raises `InputError` with the nearest names.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, Protocol, TypeVar, get_args

from chelate.catalogue import records as r
from chelate.findings import InputError
from chelate.resources import parsed_toml

DATA = Path(__file__).parent.parent / "data"


class CatalogueError(RuntimeError):
    """A record of the shipped catalogue is malformed; the message names file and record."""


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T")
R = TypeVar("R", bound=_Identified)
Convert = Callable[[Any], Any]


def _instance(*types: type) -> Convert:
    def convert(value: Any) -> Any:
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            raise ValueError(f"{value!r} is not {' or '.join(t.__name__ for t in types)}")
        return value

    return convert


_text, _flag, _integer = _instance(str), _instance(bool), _instance(int)
_list, _table = _instance(list), _instance(dict)
_int_or_float, _int_or_text = _instance(int, float), _instance(int, str)


def _number(value: Any) -> float:
    return float(_int_or_float(value))


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(map(_text, _list(value)))


def _fraction(value: Any) -> Fraction:
    return Fraction(_int_or_text(value))


def _count(value: Any) -> r.Count:
    count = _int_or_text(value) if isinstance(value, int) else _fraction(value)
    if count <= 0:
        raise ValueError(f"a count of {value!r} is not positive")
    return int(count) if count.denominator == 1 else count


def _counts(value: Any) -> r.Counts:
    return MappingProxyType({key: _count(count) for key, count in _table(value).items()})


def _one_of(choice: Any) -> Convert:
    allowed = get_args(choice)

    def convert(value: Any) -> Any:
        if value not in allowed:
            raise ValueError(f"{value!r} is none of {', '.join(map(str, allowed))}")
        return value

    return convert


_CONVERT: Mapping[str, Convert] = {
    "str": _text,
    "bool": _flag,
    "int": _integer,
    "float": _number,
    "tuple[str, ...]": _texts,
    "tuple[Role, ...]": lambda value: tuple(map(_one_of(r.Role), _list(value))),
    "Counts": _counts,
    "Kind": _one_of(r.Kind),
    "Scope": _one_of(r.Scope),
    "Stoichiometry": _one_of(r.Stoichiometry),
    "Basis": _one_of(r.Basis),
    "DensityKind": _one_of(r.DensityKind),
    "Confidence": _one_of(r.Confidence),
    "Authority": _one_of(r.Authority),
    "Covered": _one_of(r.Covered),
    "tuple[Holding, ...]": lambda value: tuple(
        build(r.Holding, raw, f"holds: {raw.get('of', 'without of')}") for raw in _list(value)
    ),
    "frozenset[str]": lambda value: frozenset(_texts(value)),
    "Mapping[str, Fraction]": lambda value: MappingProxyType(
        {word: _fraction(count) for word, count in _table(value).items()}
    ),
}


@dataclass(frozen=True, slots=True)
class _Schema:
    types: Mapping[str, str]
    required: frozenset[str]


def _schema(cls: type) -> _Schema:
    if cls not in _SCHEMAS:
        types = {f.name: str(f.type).removesuffix(" | None") for f in fields(cls)}
        _SCHEMAS[cls] = _Schema(types, frozenset(_required(cls)))
    return _SCHEMAS[cls]


def _required(cls: type) -> Iterator[str]:
    for field in fields(cls):
        if field.default is MISSING and field.default_factory is MISSING:
            yield field.name


_SCHEMAS: dict[type, _Schema] = {}


def build(cls: type[T], raw: Mapping[str, Any], where: str) -> T:
    """A record from what a file holds; `where` is said in the error if it does not fit."""
    schema = _schema(cls)
    if unknown := raw.keys() - schema.types.keys():
        _broken(where, f"unknown key {', '.join(sorted(unknown))}")
    if missing := schema.required - raw.keys():
        _broken(where, f"missing {', '.join(sorted(missing))}")
    if "sources" in schema.required and not raw["sources"]:
        _broken(where, "no source is given")
    return cls(**{key: _value(schema, key, value, where) for key, value in raw.items()})


def _value(schema: _Schema, key: str, value: Any, where: str) -> Any:
    try:
        return _CONVERT[schema.types[key]](value)
    except (TypeError, ValueError) as error:
        _broken(where, f"{key}: {error}")


def _broken(where: str, what: str) -> NoReturn:
    raise CatalogueError(f"broken catalogue: {where}: {what}")


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file; `CatalogueError` if it cannot be read."""
    try:
        return parsed_toml(path)
    except (OSError, ValueError) as error:
        _broken(path.name, str(error))


def read_records(cls: type[R], table: str, paths: Iterable[Path]) -> Mapping[str, R]:
    """The records of `[[table]]` in these files, by id; ids are unique across them."""
    found: dict[str, R] = {}
    for path in paths:
        for raw in read_toml(path).get(table, ()):
            record = build(cls, raw, f"{path.name}: {raw.get('id', 'a record without id')}")
            if record.id in found:
                _broken(f"{path.name}: {record.id}", "the id is used twice")
            found[record.id] = record
    return MappingProxyType(found)


def read_table(cls: type[T], path: Path) -> tuple[T, ...]:
    """The rows of a CSV file. Sources are separated by spaces, an empty cell is absent."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            build(cls, _cells(cls, row), f"{path.name}: row {number}")
            for number, row in enumerate(csv.DictReader(file), start=2)
        )


def _cells(cls: type, row: Mapping[str, Any]) -> dict[str, Any]:
    types = _schema(cls).types
    return {key: _cell(text, types.get(key, "str")) for key, text in row.items() if text}


def _cell(text: str, kind: str) -> Any:
    """A cell as TOML would have it; a text that does not fit stays, and is refused later."""
    read = _CELL.get(kind)
    try:
        return read(text) if read else text
    except (KeyError, ValueError):
        return text


_CELL: Mapping[str, Convert] = {
    "float": float,
    "int": int,
    "bool": {"true": True, "false": False}.__getitem__,
    "tuple[str, ...]": str.split,
}


def _files(pattern: str) -> Sequence[Path]:
    return sorted(DATA.glob(pattern))


@cache
def references() -> Mapping[str, r.Reference]:
    """Every cited document, by key."""
    return read_records(r.Reference, "reference", _files("references.toml"))


@cache
def substances() -> Mapping[str, r.Substance]:
    """Every compound, by id, each hydrate on its own."""
    return read_records(r.Substance, "substance", _files("substances/*.toml"))


@cache
def families() -> Mapping[str, r.Family]:
    """What label wordings may mean, by id."""
    return read_records(r.Family, "family", _files("families.toml"))


@cache
def moieties() -> Mapping[str, r.Moiety]:
    """The molecules that compounds release, by id."""
    return read_records(r.Moiety, "moiety", _files("moieties.toml"))


@cache
def nutrients() -> Mapping[str, r.Nutrient]:
    """The nutrients of the panel, by id."""
    return read_records(r.Nutrient, "nutrient", _files("nutrients.toml"))


@cache
def grades() -> Mapping[str, r.Grade]:
    """Raw materials as traded, by id."""
    return read_records(r.Grade, "grade", _files("grades.toml"))


@cache
def marks() -> Mapping[str, r.Mark]:
    """Brand marks of ingredients, by id."""
    return read_records(r.Mark, "mark", _files("marks.toml"))


@cache
def densities() -> Mapping[str, r.Density]:
    """Powder densities, by id, with their low confidence."""
    return read_records(r.Density, "density", _files("densities.toml"))


@cache
def fill_density() -> r.FillDensity:
    """The densities that a filled capsule is judged by."""
    return build(r.FillDensity, read_toml(DATA / "densities.toml")["fill"], "densities.toml: fill")


@cache
def qualifiers() -> r.Qualifiers:
    """Words that may stand beside a name."""
    return build(r.Qualifiers, read_toml(DATA / "qualifiers.toml"), "qualifiers.toml")


@cache
def excipient_names() -> frozenset[str]:
    """Normalised names of excipients that carry no nutrient worth counting."""
    return frozenset(_texts(read_toml(DATA / "excipients.toml")["names"]))


@cache
def capsules() -> Mapping[str, r.Capsule]:
    """Capsule sizes, largest first."""
    rows = read_table(r.Capsule, DATA / "capsules.csv")
    return MappingProxyType({row.size: row for row in rows})


@cache
def _reference_values() -> tuple[r.ReferenceValue, ...]:
    return read_table(r.ReferenceValue, DATA / "reference_values.csv")


@cache
def _reference_value_of() -> Mapping[tuple[str, str], r.ReferenceValue]:
    return {(value.nutrient, value.edition): value for value in _reference_values()}


@cache
def _upper_levels() -> tuple[r.UpperLevel, ...]:
    return read_table(r.UpperLevel, DATA / "upper_levels.csv")


def reference_values(
    nutrient: str | None = None, *, edition: str | None = None
) -> tuple[r.ReferenceValue, ...]:
    """Daily Values and NRVs, all or those of a nutrient or an edition.

    >>> [v.amount for v in reference_values("magnesium", edition="us-2016")]
    [420.0]
    """
    return tuple(
        value
        for value in _reference_values()
        if nutrient in (None, value.nutrient) and edition in (None, value.edition)
    )


def reference_value(nutrient: str, edition: str) -> r.ReferenceValue | None:
    """The Daily Value or NRV of a nutrient, or None where the edition sets none."""
    return _reference_value_of().get((nutrient, edition))


def upper_levels(
    nutrient: str | None = None, *, age: int | None = None
) -> tuple[r.UpperLevel, ...]:
    """Upper levels by authority, all or those of a nutrient or an age in years.

    >>> [(u.authority, u.amount) for u in upper_levels("magnesium", age=30)][:2]
    [('IOM', 350.0), ('SCF/EFSA', 250.0)]
    """
    return tuple(
        level
        for level in _upper_levels()
        if nutrient in (None, level.nutrient) and (age is None or level.covers(age))
    )


def substance(name: str) -> r.Substance:
    """The substance with this id; `InputError` with the nearest ids if there is none.

    >>> substance("magnesium-oxide").formula
    'MgO'
    """
    return find(substances(), name, "substance")


def find(table: Mapping[str, T], name: str, what: str) -> T:
    """An entry of a table of the catalogue, or an `InputError` that names the nearest."""
    if name in table:
        return table[name]
    near = ", ".join(_nearest(table, name)) or "none is near"
    raise InputError(f"found {name!r}, expected the id of a {what} in the catalogue ({near})")


def _nearest(table: Mapping[str, object], name: str) -> Iterator[str]:
    import difflib

    yield from difflib.get_close_matches(name.lower(), table, n=3, cutoff=0.6)
