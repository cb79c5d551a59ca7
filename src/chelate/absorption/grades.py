"""What may be printed of a form: its range and grade, its studies, and mixtures of ranges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from chelate import catalogue
from chelate.absorption.ranges import Range
from chelate.absorption.records import Grade, Grading, Study, all_studies, gradings
from chelate.catalogue import names
from chelate.figures import percent
from chelate.findings import InputError
from chelate.intervals import Interval, total
from chelate.units.text import shortened

NO_DATA = "no adequate human data"
_ELEMENT = "magnesium"
_BUFFER = "oxide"
_EXAMPLES = ("magnesium citrate", "magnesium bisglycinate")
_BUFFERED_WITH = " buffered with "
_ANY_SHARE = Interval(0.0, 1.0)
_SLACK = 1e-9
_OF_SHARES = "A mixture of ranges by the share of the element from each; no interaction is assumed."


@dataclass(frozen=True, slots=True)
class Form:
    """What a wording means here: a grading, and the family where it names one.

    `buffered` says that the wording puts another, denser source beside it.
    """

    name: str
    grading: Grading
    family: str | None = None
    buffered: bool = False


@dataclass(frozen=True, slots=True)
class Graded:
    """What may be said of a form: a range and its grade, or words instead of a range.

    `references` are keys of the catalogue's references.
    """

    name: str
    range: Range | None
    grade: Grade
    words: str
    why: str
    references: tuple[str, ...]
    verified: bool


def form_of(text: str) -> Form:
    """The form that a text means: the id of a grading, family or substance, or any wording.

    Raises:
        InputError: it names no source of magnesium, or none in particular.

    >>> form_of("Magnesium Citrate").family
    'magnesium-citrate'
    """
    if (grading := _worded(text)) is not None:
        only = grading.families[0] if len(grading.families) == 1 else None
        return _of_family(only) if only else Form(grading.name, grading)
    family = _family_id(text)
    if family is not None:
        return _of_family(family)
    meaning = names.resolve(text, _ELEMENT)
    if meaning.status == "unknown":
        return _of_several(text)
    if meaning.family is None or meaning.nutrient != _ELEMENT or meaning.status == "inert":
        raise _no_form(text)
    return _of_family(meaning.family, buffered=meaning.buffered)


def graded(form: str) -> Graded:
    """The range and grade of a form, as `form_of` reads it; never one figure.

    Raises:
        InputError: it names no source of magnesium, or none in particular.

    >>> str(graded("magnesium-oxide").range), graded("magnesium-oxide").grade
    ('4–23 %', 'medium')
    """
    found = form_of(form)
    if found.buffered:
        mixture = _in_any_share((found.family or found.grading.id, _BUFFER))
        return replace(mixture, name=found.name, why=f"{mixture.why} {_buffered().why}")
    return replace(_of_grading(found.grading), name=found.name)


def overview() -> tuple[tuple[Grading, Graded], ...]:
    """Every grading with what may be said of it, in the order of the table."""
    return tuple((grading, _of_grading(grading)) for grading in gradings().values())


def studies(form: str) -> tuple[Study, ...]:
    """The studies of a form, then those of other forms that its range rests on.

    Raises:
        InputError: it names no source of magnesium, or none in particular.

    >>> [study.id for study in studies("magnesium sulfate") if study.human]
    ['morris-1987']
    """
    found = form_of(form)
    grading = found.grading
    own = [s.id for s in all_studies().values() if found.family in s.forms]
    parts = [gradings()[part] for part in (*grading.mixture_of, *([_BUFFER] * found.buffered))]
    under = [key for each in (grading, *parts) for key in each.studies]
    return tuple(all_studies()[key] for key in dict.fromkeys([*own, *under]))


def mixed(parts: Sequence[tuple[str, Interval]]) -> Graded:
    """The range of a mixture, from each form's share of the element as an interval of 0-1.

    The least is that of the shares which add up to one and put most into the forms with the
    lowest lower ends, and the most likewise. Where a form that may be in it has no range, the
    mixture has none.

    Raises:
        InputError: shares that are none, or that cannot add up to one.

    >>> str(mixed([("bisglycinate", Interval(0.4, 0.7)), ("oxide", Interval(0.3, 0.6))]).range)
    '10–39 %'
    """
    _refuse_shares([share for _, share in parts])
    held = [(graded(form), share) for form, share in parts if share.high > 0]
    ranges = [each.range for each, _ in held]
    found = _weighted([(r, s) for r, (_, s) in zip(ranges, held, strict=True) if r is not None])
    whole = None if None in ranges else found
    return Graded(
        name=" with ".join(each.name for each, _ in held),
        range=whole,
        grade=_lowest(each.grade for each, _ in held),
        words=str(whole) if whole else NO_DATA,
        why=_OF_SHARES if whole else _without(each for each, _ in held),
        references=tuple(dict.fromkeys(key for each, _ in held for key in each.references)),
        verified=all(each.verified for each, _ in held),
    )


def _weighted(parts: Sequence[tuple[Range, Interval]]) -> Range | None:
    if not parts:
        return None
    lows = [(r.ends_percent[0], share) for r, share in parts]
    highs = [(-r.ends_percent[1], share) for r, share in parts]
    return Range((max(0.0, _least(lows)), min(100.0, -_least(highs))))


def _least(parts: Iterable[tuple[float, Interval]]) -> float:
    """The least sum of value by share, the shares within their intervals and one in all."""
    ordered = sorted(parts, key=lambda part: part[0])
    left = 1.0 - sum(share.low for _, share in ordered)
    found = 0.0
    for value, share in ordered:
        more = max(0.0, min(share.high - share.low, left))
        found, left = found + value * (share.low + more), left - more
    return found


def _refuse_shares(shares: Sequence[Interval]) -> None:
    for share in shares:
        if not 0 <= share.low <= share.high <= 1 + _SLACK:
            raise InputError(
                f"found a share of {percent(share.low)} to {percent(share.high)}, expected one "
                "within 0–100 % of the element"
            )
    whole = total(shares)
    if not whole.low - _SLACK <= 1 <= whole.high + _SLACK:
        raise InputError(
            f"found shares of {percent(whole.low)} to {percent(whole.high)} of the element in "
            "all, expected shares that can add up to 100 %"
        )


def _without(parts: Iterable[Graded]) -> str:
    lacking = " and ".join(dict.fromkeys(each.name for each in parts if each.range is None))
    return f"There is no range for a part of the mixture: {lacking}."


def _lowest(grades: Iterable[Grade]) -> Grade:
    return max(grades, key=get_args(Grade).index)


def _in_any_share(forms: Iterable[str]) -> Graded:
    return mixed([(form, _ANY_SHARE) for form in forms])


def _of_grading(grading: Grading) -> Graded:
    if grading.mixture_of:
        mixture = _in_any_share(grading.mixture_of)
        return replace(mixture, name=grading.name, why=f"{mixture.why} {grading.why}")
    low, high = grading.low_percent, grading.high_percent
    found = Range((low, high)) if low is not None and high is not None else None
    return Graded(
        name=grading.name,
        range=found,
        grade=grading.grade or "none",
        words=str(found) if found else grading.statement,
        why=grading.why,
        references=grading.sources,
        verified=grading.verified,
    )


def _buffered() -> Grading:
    return gradings()["buffered-chelate"]


def _worded(text: str) -> Grading | None:
    """The grading that a text names itself: by its id, or by a wording that no family has."""
    said = f" {names.normalise(text)} "
    for grading in gradings().values():
        if text == grading.id or any(f" {words} " in said for words in grading.words):
            return grading
    return None


def _family_id(text: str) -> str | None:
    for family in catalogue.families().values():
        if text == family.id or text.casefold() == family.name.casefold():
            return family.id
    substance = catalogue.substances().get(text)
    return substance.families[0] if substance and substance.families else None


def _of_family(family: str, *, buffered: bool = False) -> Form:
    name = catalogue.families()[family].name
    for grading in gradings().values():
        if family in grading.families:
            return Form(f"{name}, buffered" if buffered else name, grading, family, buffered)
    raise _no_form(name)


def _of_several(text: str) -> Form:
    """The form before "buffered with" the oxide; what names several forms is refused as that."""
    families = [each.family for each in names.find(text, _ELEMENT) if each.family]
    if len(families) == 2 and _is_buffered(text, families):
        return _of_family(families[0], buffered=True)
    if len(families) > 1:
        found = " and ".join(f'"{catalogue.families()[family].name}"' for family in families)
        raise InputError(f"found {found}, expected one form of magnesium")
    raise _no_form(text, _near(text))


def _is_buffered(text: str, families: Sequence[str]) -> bool:
    said = f" {names.normalise(text)} "
    return _BUFFERED_WITH in said and families[1] in gradings()[_BUFFER].families


def _no_form(text: str, near: Iterable[str] = ()) -> InputError:
    found = f'found "{shortened(text.strip())}"'
    such_as = " or ".join(f'"{name}"' for name in tuple(near) or _EXAMPLES)
    return InputError(f"{found}, expected a form of magnesium such as {such_as}")


def _near(text: str) -> tuple[str, ...]:
    near = names.suggestions(text)
    return tuple(name for name in near if names.resolve(name).nutrient == _ELEMENT)
