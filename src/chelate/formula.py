"""Chemical formulas: text to atoms, atoms to molar masses and mass fractions.

The grammar, where a dot is any of `· • ⋅ ∙ *` or an unambiguous full stop:

    formula     = part (dot part)*
    part        = [coefficient] unit+                  4MgCO3, 0.5H2O, ½H2O, 1/2H2O
    unit        = (element | bracketed formula) [whole count]

A full stop stands for a hydrate dot before a capital letter, an opening bracket or ½,
before so many H2O, or alone between spaces, and never beside another kind of dot.
Everywhere else in a formula it could mean two things, which is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import fsum, lcm
from pathlib import Path

from chelate.findings import InputError

EDITION = "IUPAC 2021, abridged (Prohaska et al. 2022, doi:10.1515/pac-2019-0603)"
MAX_LENGTH = 500
MAX_DEPTH = 20
MAX_COUNT = 1_000_000

Atoms = Mapping[str, int | Fraction]
_Token = tuple[str, str, str, str]  # element or closing bracket, its count; lead; stray
_Enclosing = tuple[dict[str, int | Fraction], int | Fraction, int]  # atoms, factor, token index

_VULGAR = {
    char: Fraction(int(above), int(below))
    for char, above, below in zip(
        "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑", "11213123415113571", "23344555566788889", strict=True
    )
}
_SPELLINGS = str.maketrans("₀₁₂₃₄₅₆₇₈₉•⋅∙‧・\u0387*∗⁄\u00a0\u2009\u202f", "0123456789········/   ")
_FEW = {"": 1, **{str(count): count for count in range(1, 50)}}  # faster looked up than read
_CLOSING = {"(": ")", "[": "]"}
_CHARGE = frozenset("+-−–^⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNWEIGHED = (
    " Tc Pm Po At Rn Fr Ra Ac Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn"
    " Nh Fl Mc Lv Ts Og "
)

_FRACTIONS = "".join(_VULGAR)
_NUMBER = rf"(?:[0-9]+(?:[./][0-9]+|[{_FRACTIONS}])?|[{_FRACTIONS}])"
_WATER = r"(?:H2O|\(H2O\)|\[H2O\])(?![A-Za-z0-9(\[])"
_LEADING_ZERO = rf"0[0-9{_FRACTIONS}]|.*/0"
_DOT_OR_FULL_STOP = rf"·|\.(?= *(?:[A-Z(\[{_FRACTIONS}]|{_NUMBER} ?{_WATER})|(?<= \.) )"


@cache
def _token_pattern(dot: str) -> re.Pattern[str]:
    """Cuts a text into tokens that together are all of it; what fits nowhere is stray."""
    lead = rf"(?:[(\[]| *(?:{dot}) *)(?:{_NUMBER} ?)?"
    return re.compile(rf"([A-Z][a-z]*|[)\]])([0-9]*)|({lead})|(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class AtomicWeight:
    """A standard atomic weight, abridged; `weight` ± `uncertainty` in g/mol."""

    symbol: str
    weight: float
    uncertainty: float
    name: str
    number: int


class FormulaError(InputError):
    """A formula that cannot be read, with the place (characters before it) and why.

    `str()` of it shows the formula with a caret under the place; `message` does not.
    """

    excerpt: str

    def __init__(self, message: str, formula: str, position: int) -> None:
        super().__init__(message, excerpt=_excerpt(formula, position))
        self.args = (message, formula, position)
        self.formula = formula
        self.position = position

    def __str__(self) -> str:
        return f"{super().__str__()}\n{self.excerpt}"


class _FoundError(Exception):
    """What is wrong, at a token (by its index) or `offset` characters into it."""

    def __init__(self, message: str, index: int, offset: int = 0) -> None:
        super().__init__(message)
        self.message, self.index, self.offset = message, index, offset


@cache
def atomic_weights() -> Mapping[str, AtomicWeight]:
    """Every element that has a standard atomic weight, by symbol (see `EDITION`).

    >>> atomic_weights()["Mg"].weight, atomic_weights()["Mg"].uncertainty
    (24.305, 0.002)
    """
    table = Path(__file__).parent / "data" / "atomic_weights.csv"
    rows = (line.split(",") for line in table.read_text("utf-8").splitlines()[1:])
    return {
        symbol: AtomicWeight(symbol, float(weight), float(uncertainty), name, int(number))
        for symbol, name, number, weight, uncertainty in rows
    }


@cache
def _weights_g_per_mol() -> dict[str, float]:
    return {symbol: element.weight for symbol, element in atomic_weights().items()}


def parse_formula(text: str) -> dict[str, int | Fraction]:
    """Atoms per formula unit, by element symbol: exact, and int where whole. Uncached.

    Raises:
        FormulaError: the text is not a formula, can be read in two ways or is too big.

    >>> parse_formula("Mg(C2H4NO2)2.2H2O")
    {'Mg': 1, 'C': 4, 'H': 12, 'N': 2, 'O': 6}
    >>> parse_formula("CaSO4·½H2O")
    {'Ca': 1, 'S': 1, 'O': Fraction(9, 2), 'H': 1}
    """
    formula = text.strip()
    tokens = _tokens(formula)
    try:
        return _count_atoms(tokens)
    except _FoundError as problem:
        before = sum(len("".join(token)) for token in tokens[: problem.index])
        position = max(0, before + problem.offset - 1)
        raise FormulaError(problem.message, formula, position) from None


def molar_mass(compound: Atoms | str) -> float:
    """Grams per mole of formula units, from the abridged IUPAC 2021 atomic weights.

    The same for the same atoms in any order.

    Raises:
        FormulaError: the text is not a formula.
        InputError: no standard atomic weight is known for one of the symbols.

    >>> round(molar_mass("Mg(C2H4NO2)2"), 3)
    172.423
    """
    weights = _weights_g_per_mol()
    atoms: Atoms = parse_formula(compound) if isinstance(compound, str) else compound
    try:
        return fsum([weights[symbol] * count for symbol, count in atoms.items()])
    except KeyError as unknown:
        raise InputError(f"{unknown} is not an element with a standard atomic weight") from None


def molar_mass_uncertainty(compound: Atoms | str) -> float:
    """The most, in g/mol, by which the atomic weights' uncertainties may move the mass.

    The sum over the atoms, so a bound: no cancelling between elements is assumed.

    >>> round(molar_mass_uncertainty("MgO"), 4)
    0.003
    """
    atoms: Atoms = parse_formula(compound) if isinstance(compound, str) else compound
    molar_mass(atoms)
    table = atomic_weights()
    return fsum([abs(table[symbol].uncertainty * count) for symbol, count in atoms.items()])


def mass_fraction(moiety: Atoms | str, compound: Atoms | str, *, count: float = 1) -> float:
    """Grams of `moiety` in one gram of `compound`, `count` moieties per formula unit.

    >>> round(mass_fraction("Mg", "MgO"), 4)
    0.603
    >>> round(mass_fraction("C2H5NO2", "Mg(C2H4NO2)2", count=2), 4)
    0.8707
    """
    return count * molar_mass(moiety) / molar_mass(compound)


def hill(atoms: Atoms) -> str:
    """The formula in Hill's order: carbon, hydrogen, the rest by symbol.

    Fractional counts are made whole and led by what that takes, so that the text is a
    formula of the same atoms.

    >>> hill(parse_formula("4MgCO3·Mg(OH)2·5H2O"))
    'C4H12Mg5O19'
    >>> hill(parse_formula("CaSO4·½H2O"))
    '1/2Ca2H2O9S2'
    """
    first = ("C", "H") if "C" in atoms else ()
    order = sorted(atoms, key=lambda symbol: (symbol not in first, symbol))
    whole = lcm(*(count.denominator for count in atoms.values()))
    counts = {symbol: int(atoms[symbol] * whole) for symbol in order}
    lead = f"1/{whole}" if whole > 1 else ""
    return lead + "".join(f"{symbol}{n if n != 1 else ''}" for symbol, n in counts.items())


def _tokens(formula: str) -> list[_Token]:
    """The formula cut up behind a dot of our own, so that every part begins with a dot."""
    if len(formula) > MAX_LENGTH:
        raise FormulaError(
            f"expected a formula of at most {MAX_LENGTH} characters, found {len(formula):,}",
            formula,
            MAX_LENGTH,
        )
    spelled = formula.translate(_SPELLINGS) if not formula.isascii() or "*" in formula else formula
    dot = "·" if "·" in spelled or "." not in spelled else _DOT_OR_FULL_STOP
    return _token_pattern(dot).findall("·" + spelled)


def _count_atoms(tokens: list[_Token]) -> dict[str, int | Fraction]:
    """One pass: `factor` leads the part being read, `enclosing` waits for its bracket."""
    weights, few = _weights_g_per_mol(), _FEW
    atoms: dict[str, int | Fraction] = {}
    factor: int | Fraction = 1
    enclosing: list[_Enclosing] = []
    for index, (head, digits, lead, stray) in enumerate(tokens):
        if head in weights:
            count = few.get(digits) or _whole(digits, index, len(head))
            atoms[head] = atoms.get(head, 0) + count * factor
        elif lead:
            if lead[0] in _CLOSING:
                enclosing.append((atoms, factor, index))
                _check_depth(enclosing)
                atoms = {}
            elif index:
                _check_part(tokens, index)
            factor = _coefficient(lead, index) if len(lead) > 1 else 1
        elif head == ")" or head == "]":
            _check_bracket(tokens, index, enclosing)
            inside, (atoms, factor, _) = atoms, enclosing.pop()
            times = factor * (few.get(digits) or _whole(digits, index, 1))
            for symbol, number in inside.items():
                atoms[symbol] = atoms.get(symbol, 0) + number * times
        else:
            raise _FoundError(_unexpected(head or stray, tokens), index)
    _check_end(tokens, enclosing)
    return _in_bounds(atoms)


def _whole(digits: str, index: int, offset: int) -> int:
    if digits[0] == "0":
        raise _FoundError(
            "expected a whole count of at least 1, without leading zeros", index, offset
        )
    if (count := int(digits)) > MAX_COUNT:
        raise _FoundError(f"expected a count of at most {MAX_COUNT:,}", index, offset)
    return count


def _coefficient(lead: str, index: int) -> int | Fraction:
    """The number that leads a part (in `· 1/2`, `(4`, `.0.5`), 1 if there is none."""
    text = lead.strip(" ·.([")
    if not text:
        return 1
    offset = lead.index(text)
    if text.isdecimal():
        return _whole(text, index, offset)
    if re.match(_LEADING_ZERO, text):
        raise _FoundError("expected a number above 0, without leading zeros", index, offset)
    vulgar = _VULGAR.get(text[-1])
    value = Fraction(text) if vulgar is None else int(text[:-1] or 0) + vulgar
    if not 0 < value <= MAX_COUNT:
        raise _FoundError(f"expected a number above 0, of at most {MAX_COUNT:,}", index, offset)
    return value


def _in_bounds(atoms: dict[str, int | Fraction]) -> dict[str, int | Fraction]:
    if max(atoms.values()) > MAX_COUNT:
        raise _FoundError(f"expected at most {MAX_COUNT:,} atoms of an element", 0)
    if set(map(type, atoms.values())) == {int}:
        return atoms
    if max(count.denominator for count in atoms.values()) > MAX_COUNT:
        raise _FoundError(f"expected fractions no finer than 1/{MAX_COUNT:,}", 0)
    return {s: n if n.denominator > 1 else n.numerator for s, n in atoms.items()}


def _check_part(tokens: list[_Token], index: int) -> None:
    """Nothing may end right behind a lead: a part holds an element or a bracket."""
    if not tokens[index - 1][2]:
        return
    if tokens == [("", "", "·", "")]:
        raise _FoundError("expected a formula, found nothing", index)
    raise _FoundError("expected an element symbol or an opening bracket here", index)


def _check_depth(enclosing: list[_Enclosing]) -> None:
    if len(enclosing) > MAX_DEPTH:
        raise _FoundError(f"expected at most {MAX_DEPTH} brackets in one another", enclosing[-1][2])


def _check_bracket(tokens: list[_Token], index: int, enclosing: list[_Enclosing]) -> None:
    bracket = tokens[index][0]
    if not enclosing:
        raise _FoundError(f"found '{bracket}' where no bracket is open", index)
    _check_part(tokens, index)
    start = enclosing[-1][2]
    lead = tokens[start][2]
    if bracket != _CLOSING[lead[0]]:
        raise _FoundError(f"expected '{_CLOSING[lead[0]]}' for the last '{lead[0]}'", index)
    if len(lead) > 1 and index - start == 2:
        raise _FoundError("expected an element; isotopes are not read", start, 1)


def _check_end(tokens: list[_Token], enclosing: list[_Enclosing]) -> None:
    _check_part(tokens, len(tokens))
    if enclosing:
        _, _, start = enclosing[-1]
        opening = tokens[start][2][0]
        raise _FoundError(f"expected '{_CLOSING[opening]}' for this '{opening}'", start)


def _unexpected(found: str, tokens: list[_Token]) -> str:
    """What was expected in the place of something that fits nowhere."""
    if f" {found} " in _UNWEIGHED:
        return f"expected an element with a standard atomic weight, found {found}"
    if found.isalpha():
        return (
            f"expected the symbol of an element, found '{_shown(found[:12])}'"
            " (capitals matter: Co is cobalt, CO is carbon and oxygen)"
        )
    if found in _CHARGE:
        return "expected no charge: write the formula of the whole, neutral unit"
    if found == ".":
        return _stray_full_stop(any("·" in lead for _, _, lead, _ in tokens[1:]))
    if found == "/" or found in _VULGAR:
        return "expected a whole count; a fraction can only lead a part, as in CaSO4·1/2H2O"
    if found == " ":
        return "expected no space, except around a hydrate dot"
    return f"expected an element, a bracket, a count or a hydrate dot, found '{_shown(found)}'"


def _stray_full_stop(beside_a_dot: bool) -> str:
    if beside_a_dot:
        return "expected a whole count; beside a '·', a full stop is a decimal point"
    return (
        "expected a whole count or a hydrate dot, and this could be either: write '·' for"
        " a hydrate dot"
    )


def _excerpt(formula: str, position: int) -> str:
    """The formula, or what is near the place, with a caret under the place."""
    start, end = max(0, position - 40), position + 30
    before = ("…" if start else "") + _shown(formula[start:position])
    after = _shown(formula[position:end]) + ("…" if end < len(formula) else "")
    return f"  {before}{after}\n  {' ' * len(before)}^"


def _shown(text: str) -> str:
    """The text, one column a character: whatever is not so wide appears as its escape."""
    return text if text.isascii() and text.isprintable() else "".join(map(_shown_char, text))


def _shown_char(char: str) -> str:
    from unicodedata import category, east_asian_width

    narrow = east_asian_width(char) not in "WF" and category(char)[0] != "M"
    return char if char.isprintable() and narrow else char.encode("unicode_escape").decode()
