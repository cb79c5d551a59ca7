"""The lines of a calculation by hand, each with the figures of the lines before it.

What is held is rounded up and what is needed down, to as few digits as it takes to end at the
figure that is told: whoever reckons with the printed figures gets the printed result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from chelate.bounds.statements import Statement, fraction
from chelate.catalogue import moieties
from chelate.catalogue.names import spoken
from chelate.figures import MassUnit, at_least_mass, cut_down, cut_up, stated_mass

HOLDER_WORDS: dict[str, str] = {
    "compound": "the compound's mass",
    "source": "this source's mass",
    "blend": "the blend's mass",
    "rest": "another ingredient of the blend",
    "serving": "the mass of one serving",
    "capsules": "filled at the highest density considered",
}
FINEST = 6
_SAME = 1e-9


def exact(value_mg: float, unit: MassUnit = "mg") -> str:
    """A mass with every digit that it has.

    >>> exact(1250), exact(199.5), exact(0.0345, "µg")
    ('1,250 mg', '199.5 mg', '34.5 µg')
    """
    return stated_mass(value_mg, unit, digits=9)


def both(value_mg: float, reckoned: MassUnit, unit: MassUnit) -> str:
    """A mass in the unit that it was reckoned in, and in that in which it is told."""
    told = exact(value_mg, unit)
    return told if reckoned == unit else f"{exact(value_mg, reckoned)} = {told}"


def product(
    mass_mg: float, share: str, element_mg: float, reckoned: MassUnit, unit: MassUnit
) -> str:
    """What a mass holds at most, of which there is a share."""
    return f"{exact(mass_mg, reckoned)} × {share} = {both(element_mg, reckoned, unit)} at most."


def together(parts_mg: Sequence[float], unit: MassUnit) -> Iterator[str]:
    """What several masses can hold; nothing of one."""
    if len(parts_mg) > 1:
        parts = " + ".join(exact(each, unit) for each in parts_mg)
        yield f"{parts} = {exact(sum(parts_mg), unit)} at most."


def limited(statement: Statement, unit: MassUnit) -> str:
    """The printed words of a statement, and what they stand for at least or at most."""
    bound = exact(statement.bound, unit)
    return f"“{statement.text}”{_of(statement)} is {statement.sense} {bound}."


def _of(statement: Statement) -> str:
    """What a statement's figure is of, in brackets."""
    if statement.kind == "moiety":
        return f" ({moieties()[statement.terms[0].quantity.split(' ')[0]].name.lower()})"
    words = HOLDER_WORDS.get(statement.kind)
    return f" ({words})" if words else ""


def with_fraction(statement: Statement, share: float, element: str) -> str:
    """The substance whose element fraction a multiplier is, in brackets."""
    for term in statement.terms:
        for part in term.of:
            if part.formula and abs(fraction(part, element) - share) <= _SAME:
                return f" ({spoken(part.substance) if part.substance else 'the element itself'})"
    return ""


def finer_by(
    reckoned_mg: Callable[[int], float], result_mg: float, unit: MassUnit, start: int = 0
) -> int:
    """With how many more digits a calculation by hand ends at the figure that it should.

    `reckoned_mg` is what it ends at by the number of digits more, `start` the least of those.
    """
    told = at_least_mass(result_mg, unit)
    numbers = range(start, FINEST)
    return next((n for n in numbers if at_least_mass(reckoned_mg(n), unit) == told), FINEST)


def decimals_of(share: float, mass_mg: float, element_mg: float, unit: MassUnit, finer: int) -> int:
    """How many decimals of a percentage it takes to reckon what a mass holds, as it is told.

    >>> decimals_of(0.140961, 1005, 141.7, "mg", 0), decimals_of(0.140961, 1250, 176.3, "mg", 0)
    (3, 4)
    """
    for decimals in range(3, FINEST + 3):
        by_hand_mg = mass_mg * round(share, decimals + 2)
        ends_mg = (cut(by_hand_mg, unit, finer=finer) for cut in (cut_up, cut_down))
        if element_mg in ends_mg:
            return decimals
    return FINEST + 3
