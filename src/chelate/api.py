"""The public API: what a notebook calls. Masses are pint quantities, files are read by path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from chelate import formula
from chelate.units import Quantity, mass_mg, parse_target, quantity

if TYPE_CHECKING:
    from pydantic import BaseModel

    from chelate.checker import CheckResult
    from chelate.formulate import Delivery
    from chelate.formulate.compare import Comparison
    from chelate.formulate.day import Day
    from chelate.formulate.design import Found, Impossible
    from chelate.formulate.panel import Panel
    from chelate.models import Label, Market
    from chelate.models.design import DesignSpec
    from chelate.models.formulation import Formulation
    from chelate.models.stack import Stack
    from chelate.stoichiometry import Held, Yield

Model = TypeVar("Model", bound="BaseModel")
PathName = str | PathLike[str]

Basis = Literal["as-is", "dried"]


class Yields(Mapping[str, Quantity]):
    """What a dose yields, as pint quantities by element or moiety.

    `result["magnesium"]` is the figure for the named substance, `result.range("magnesium")`
    what the name leaves open, `result.ligand("glycine")` the moiety as it stands in the
    compound, `result.dose` the dose, `result.working` the arithmetic.
    """

    def __init__(self, found: Yield) -> None:
        self._found = found

    @property
    def dose(self) -> Quantity:
        """The dose of the material."""
        return quantity(self._found.dose_mg, "mg")

    @property
    def name(self) -> str:
        """The substance that the figures are for."""
        return self._found.name

    @property
    def working(self) -> tuple[str, ...]:
        """The arithmetic, a line for each step."""
        return self._found.working

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to know about the figures."""
        return self._found.remarks

    def range(self, moiety: str) -> tuple[Quantity, Quantity]:
        """The lowest and highest yield that the name leaves open."""
        held = self._held(moiety).range_mg
        return quantity(held.low, "mg"), quantity(held.high, "mg")

    def ligand(self, moiety: str) -> Quantity:
        """The moiety as the ligand; the same as the free acid where it is not bound."""
        held = self._held(moiety)
        return quantity(held.mg if held.ligand_mg is None else held.ligand_mg, "mg")

    def _held(self, moiety: str) -> Held:
        for held in self._found.moieties:
            if moiety in (held.id, held.name):
                return held
        raise KeyError(moiety)

    def __getitem__(self, moiety: str) -> Quantity:
        return quantity(self._held(moiety).mg, "mg")

    def __iter__(self) -> Iterator[str]:
        return (held.id for held in self._found.moieties)

    def __len__(self) -> int:
        return len(self._found.moieties)

    def __repr__(self) -> str:
        parts = ", ".join(f"{held.text} {held.name}" for held in self._found.moieties)
        return f"<Yields of {self._found.dose} {self._found.name}: {parts}>"


def molar_mass(compound: str) -> Quantity:
    """The molar mass of a chemical formula, in g/mol.

    Raises:
        FormulaError: the text is no formula; the message shows the place.

    >>> print(molar_mass("MgO"))
    40.304 g/mol
    """
    return quantity(formula.molar_mass(compound), "g/mol")


def yields(
    substance: str,
    dose: str | Quantity,
    *,
    assay: str | None = None,
    assay_basis: Basis | None = None,
    moisture: str | None = None,
    potency: str | None = None,
) -> Yields:
    """What a dose of a substance, grade or label wording yields.

    `dose` is a mass, text such as "1500 mg" or a pint quantity of any registry; `potency`
    the share of it that is the substance, where the rest is carrier.

    Raises:
        InputError: the substance is unknown, or the dose is no mass.

    >>> yields("magnesium-bisglycinate", "1500 mg")
    <Yields of 1,500 mg Magnesium bisglycinate, anhydrous: 211.4 mg magnesium, 1,306 mg glycine>
    """
    from chelate.stoichiometry import yield_of

    found = yield_of(
        substance,
        mass_mg(dose),
        assay=assay,
        assay_basis=assay_basis,
        moisture=moisture,
        potency=potency,
    )
    return Yields(found)


def dose_for(
    substance: str,
    target: str,
    *,
    assay: str | None = None,
    assay_basis: Basis | None = None,
    moisture: str | None = None,
    potency: str | None = None,
) -> Yields:
    """The dose that yields a target such as "200 mg magnesium".

    >>> print(f"{dose_for('magnesium-bisglycinate', '3 g glycine').dose:.0f~P}")
    3445 mg
    """
    from chelate.stoichiometry import constituent_of
    from chelate.stoichiometry import dose_for as dose_in_mg

    target_mg, words = parse_target(target)
    found = dose_in_mg(
        substance,
        constituent_of(words),
        target_mg,
        assay=assay,
        assay_basis=assay_basis,
        moisture=moisture,
        potency=potency,
    )
    return Yields(found)


def load_label(path: PathName) -> Label:
    """Read one label file of any recognised format.

    Raises:
        InputError: the file cannot be read as one label; the message shows the place.
    """
    from chelate.readers import load_label as read

    return read(Path(path))


def check(label: Label | PathName) -> CheckResult:
    """Check a label, or the label in a file: findings and a verdict.

    Raises:
        InputError: the file cannot be read as one label. What is wrong with a label that
            can be read is in the result.

    >>> from chelate import Label
    >>> check(Label(product="Sample", facts=[{
    ...     "name": "Magnesium (from 1,000 mg magnesium bisglycinate)", "amount": "180 mg"}]))
    <'Sample': impossible; 1 error, 1 warning>
    """
    from chelate.checker import check as check_label
    from chelate.models import Label

    return check_label(label if isinstance(label, Label) else load_label(label))


def deliver(formulation: Formulation | PathName) -> Delivery:
    """What a serving of a formulation, or of the one in a file, delivers.

    Raises:
        InputError: the file or an entry of it cannot be used; the message shows the place.
    """
    from chelate.formulate import delivered
    from chelate.models.formulation import Formulation

    made, placed = _authored(formulation, Formulation)
    with placed:
        return delivered(made)


def panel(formulation: Formulation | PathName, *, market: Market | None = None) -> Panel:
    """The panel of a formulation, for its own market or for another one.

    Raises:
        InputError: the file or an entry of it cannot be used; the message shows the place.
    """
    from chelate.formulate.panel import panel as panel_of
    from chelate.models.formulation import Formulation

    made, placed = _authored(formulation, Formulation)
    with placed:
        return panel_of(made, market)


def design(spec: DesignSpec | PathName) -> Found | Impossible:
    """The best formulation that meets a specification, or why there is none.

    Raises:
        InputError: the file or an entry of it cannot be used; the message shows the place.
    """
    from chelate.formulate.design import design as design_of
    from chelate.models.design import DesignSpec

    wished, placed = _authored(spec, DesignSpec)
    with placed:
        return design_of(wished)


def compare(formulation: Formulation | PathName, label: Label | PathName) -> Comparison:
    """Where the label of a product does not follow from its formulation.

    Raises:
        InputError: a file or an entry cannot be used; the message shows the place.
    """
    from chelate.formulate.compare import compare as held_against
    from chelate.models import Label
    from chelate.models.formulation import Formulation

    made, placed = _authored(formulation, Formulation)
    printed = label if isinstance(label, Label) else load_label(label)
    with placed:
        return held_against(made, printed)


def day(stack: Stack | PathName) -> Day:
    """The products of a stack added up; files that it names are beside it.

    Raises:
        InputError: a file or an entry cannot be used; the message shows the place.
    """
    from chelate.formulate.day import day_of
    from chelate.models.stack import Stack

    taken, placed = _authored(stack, Stack)
    folder = "." if isinstance(stack, Stack) else Path(stack).parent
    with placed:
        return day_of(taken, folder=folder)


def _authored(
    given: Model | PathName, model: type[Model]
) -> tuple[Model, AbstractContextManager[None]]:
    """What is given, or what the file of that name holds, and how its errors are told."""
    if isinstance(given, model):
        return given, nullcontext()
    from chelate import files
    from chelate.formulate.errors import placed

    path = Path(str(given))
    document = files.parse(files.read_text(path), file=str(path))
    return files.authored(document, model), placed(document)
