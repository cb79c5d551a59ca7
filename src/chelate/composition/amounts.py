"""Printed amounts -> masses in mg: by the label's decimal mark, settled or doubted by percent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from chelate import catalogue, resources
from chelate.catalogue.names import Meaning
from chelate.composition.values import Printed, Problem, Settled
from chelate.figures import mass as mass_text
from chelate.formula import molar_mass
from chelate.intervals import Interval
from chelate.models import Label
from chelate.units import KIND_WORDS, Amount, DecimalMark, Percent, Unread, read_amount
from chelate.wording import without_approximation

MOST_MINERAL_MG = 20_000
MOST_SERVING_MG = 100_000
# What "about" leaves open, either way: a convention of this program, drawn wide on purpose.
ROUNDLY = 0.1
_THREE_DECIMALS = re.compile(r"(?<![\d.])[1-9]\d{0,2}\.\d{3}(?![\d.])\s*m?c?g", re.IGNORECASE)
_MARKS: tuple[DecimalMark, ...] = (".", ",")
_FOOTNOTES = " *†‡§^¹²³"


@dataclass(frozen=True, slots=True)
class Reading:
    """How numbers are read on this label, and what was noted while reading them."""

    decimal: DecimalMark
    problems: list[Problem] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    stated: bool = False

    def mark_for(self, text: str) -> DecimalMark:
        """The decimal mark of one amount: "1.500 mg" is open where no language is stated."""
        open_to_doubt = not self.stated and "," not in text and _THREE_DECIMALS.search(text)
        return "?" if open_to_doubt else self.decimal


def reading_of(label: Label) -> Reading:
    """The decimal mark of the label's language, "?" where it is not known."""
    if label.language:
        marks = resources.toml("wording.toml")["languages"]["decimal_mark"]
        return Reading(marks.get(label.language[:2].casefold(), "?"), stated=True)
    return Reading("?" if label.market == "EU" else ".")


def read_mass(
    text: str | None, path: str, reading: Reading, *, nutrient: str | None = None
) -> Printed | None:
    """The printed mass, or None where none is printed, noting what cannot be read.

    The moles and equivalents of a `nutrient` that is an element are masses of it; any other
    unit that is no mass is a problem there, and no amount elsewhere.
    """
    if text is None:
        return None
    mark = reading.mark_for(text)
    read = read_amount(without_approximation(text), decimal=mark)
    if isinstance(read, Unread):
        plausible = _plausible(text, path, reading, nutrient)
        if plausible is None:
            reading.problems.append(Problem(read.reason, path, text, read.expected))
        return plausible
    printed = _given_roundly(_as_mass(read, path, nutrient, mark), text)
    if printed is None and _is_mineral(nutrient) and read.operator == "=":
        reading.problems.append(Problem(f"is {KIND_WORDS[read.kind]}", path, text, nutrient or ""))
    return printed


def read_element(
    text: str | None, path: str, reading: Reading, nutrient: str | None, percent: Percent | None
) -> Printed | None:
    """The amount of a nutrient's own row, held against its percent.

    A percent settles which decimal mark is meant, where only one reading fits it. It never
    mends an amount: one that is off by a thousand is a problem, and not a number.
    """
    settled = _settled(text, path, reading, nutrient, percent)
    if settled is not None:
        return settled
    printed = read_mass(text, path, reading, nutrient=nutrient)
    doubt = _doubt(printed, nutrient, percent)
    if printed is None or doubt is None:
        return printed
    reading.problems.append(Problem("unit-slip", path, printed.text, doubt, printed))
    return None


def fits(nutrient: str | None, amount: Printed | None, percent: Percent | None) -> bool:
    """Whether a percent is that of the amount, read as the element, for some adult reference."""
    return amount is not None and percent is not None and _fits(
        nutrient, amount.interval_mg, percent
    )  # fmt: skip


def fits_as_compound(
    nutrient: str, amount: Printed, percent: Percent | None, meaning: Meaning
) -> bool:
    """Whether a percent is that of the element in so much of a compound, and not of the amount."""
    if percent is None or percent.operator != "=" or fits(nutrient, amount, percent):
        return False
    members = [catalogue.substance(i) for i in meaning.substances]
    held = [catalogue.element_fraction(member, nutrient) for member in members]
    held += catalogue.documented_range(meaning.family) or () if meaning.family else ()
    if not held:
        return False
    mass = amount.interval_mg
    return _fits(nutrient, Interval(mass.low * min(held), mass.high * max(held)), percent)


def _settled(
    text: str | None, path: str, reading: Reading, nutrient: str | None, percent: Percent | None
) -> Printed | None:
    """What an ambiguous number means by its percent, where one reading alone fits."""
    if text is None or percent is None:
        return None
    masses = _readings(text, path, reading, nutrient)
    fitting = [mass for mass in masses if _fits(nutrient, mass.interval_mg, percent)]
    reason = f"{percent.text} beside it fits no other reading"
    return _only(fitting, masses, text, reading, reason, nutrient)


def _plausible(text: str, path: str, reading: Reading, nutrient: str | None) -> Printed | None:
    """What an ambiguous number means, where the other reading is more than a serving weighs."""
    masses = _readings(text, path, reading, nutrient)
    light = [mass for mass in masses if mass.interval_mg.low <= MOST_SERVING_MG]
    reason = f"no serving weighs {MOST_SERVING_MG // 1000} g"
    return _only(light, masses, text, reading, reason, nutrient)


def _readings(text: str, path: str, reading: Reading, nutrient: str | None) -> list[Printed]:
    """The masses that a number means by either decimal mark, where both are open."""
    if reading.mark_for(text) != "?":
        return []
    bare = without_approximation(text)
    found = [(mark, read_amount(bare, decimal=mark)) for mark in _MARKS]
    masses = [
        _given_roundly(_as_mass(read, path, nutrient, mark), text)
        for mark, read in found
        if isinstance(read, Amount)
    ]
    return [mass for mass in masses if mass]


def _only(
    fitting: list[Printed],
    masses: list[Printed],
    text: str,
    reading: Reading,
    reason: str,
    nutrient: str | None,
) -> Printed | None:
    """The one reading that fits, where there were two and they differ."""
    if len(fitting) != 1 or len({mass.interval_mg for mass in masses}) < len(_MARKS):
        return None
    only = fitting[0]
    meaning = mass_text(only.value_mg, catalogue.mass_unit(nutrient or ""))
    reading.settled.append(Settled(only.path, text, meaning, reason))
    return only


def _doubt(printed: Printed | None, nutrient: str | None, percent: Percent | None) -> str | None:
    """Why an element's amount is not believed: its percent says a thousand times more or less."""
    if printed is None or not _is_mineral(nutrient):
        return None
    if percent and percent.operator == "=" and not fits(nutrient, printed, percent):
        for factor in (0.001, 1000):
            scaled = printed.interval_mg.scaled(factor)
            if _fits(nutrient, scaled, percent):
                meant = mass_text(printed.value_mg * factor, catalogue.mass_unit(nutrient or ""))
                return f"{meant}, as {percent.text} beside it says"
    if printed.interval_mg.low > MOST_MINERAL_MG:
        return f"less than {MOST_MINERAL_MG // 1000} g of a mineral in one serving"
    return None


def _fits(nutrient: str | None, mass_mg: Interval, percent: Percent) -> bool:
    return nutrient is not None and any(
        mass_mg.scaled(100 / reference.amount_mg).overlaps(percent.interval)
        for reference in catalogue.reference_values(nutrient)
        if reference.amount_mg and reference.population == "adults"
    )


def _is_mineral(nutrient: str | None) -> bool:
    return bool(nutrient and catalogue.nutrients()[nutrient].element)


def _as_mass(read: Amount, path: str, nutrient: str | None, mark: DecimalMark) -> Printed | None:
    if read.operator != "=":
        return None
    if read.mass_mg and read.value_mg is not None:
        return Printed(path, _unmarked(read.text), read.mass_mg, read.value_mg, mark)
    moles = _moles_as_mass(read, nutrient)
    text = _unmarked(read.text)
    return Printed(path, text, moles, moles.middle, mark, nutrient) if moles else None


def _unmarked(text: str) -> str:
    """An amount without the marks of footnotes after it: "1,900 mg †" is 1,900 mg."""
    return text.rstrip(_FOOTNOTES)


def _given_roundly(printed: Printed | None, text: str) -> Printed | None:
    """A mass wider than its digits, where the label itself says "about" or "~"."""
    if printed is None or without_approximation(text) == text:
        return printed
    mass = printed.interval_mg
    wide = Interval(mass.low * (1 - ROUNDLY), mass.high * (1 + ROUNDLY))
    return replace(printed, text=_unmarked(text.strip()), interval_mg=wide)


def _moles_as_mass(read: Amount, nutrient: str | None) -> Interval | None:
    """An element's mmol or mEq as mg: 1 mmol of magnesium is 2 mEq is 24.305 mg."""
    known = catalogue.nutrients().get(nutrient or "")
    if known is None or known.element is None or read.unit not in ("mmol", "mEq"):
        return None
    charges = (known.valence or 0) if read.unit == "mEq" else 1
    return read.interval.scaled(molar_mass(known.element) / charges) if charges else None
