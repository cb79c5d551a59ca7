"""A design: what a product should deliver, for a formulation to be found."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from chelate.models.formulation import (
    AssayBasis,
    Definition,
    Dosage,
    Excipient,
    Moisture,
    Overage,
    OverageConvention,
    Potency,
    Price,
)
from chelate.models.strict import Market, Strict

Objective = Literal["least cost", "fewest units", "least mass"]
_Names = Annotated[tuple[str, ...], BeforeValidator(lambda v: [v] if isinstance(v, str) else v)]


class Candidate(Strict):
    """A material that the formulation may use."""

    substance: str = Field(description="Catalogue id, grade id or label wording.")
    define: Definition | None = Field(None, description="What the catalogue lacks.")
    label_name: str | None = Field(None, description="The name for the panel.")
    assay: str | None = Field(
        None, description="What the certificate states: 13 % magnesium, min. 98 %."
    )
    assay_basis: AssayBasis = None
    moisture: Moisture = None
    potency: Potency = None
    overage: Overage = None
    overage_convention: OverageConvention = None
    loss: str | None = Field(
        None, description="Loss over the shelf life, at whose end the targets are to hold: 3 %."
    )
    price: Price = None
    density: str | None = Field(None, description="Bulk density of the powder: 0.7 g/mL.")
    at_least: str | None = Field(None, description="Least mass per serving: 100 mg.")
    at_most: str | None = Field(None, description="Most mass per serving: 2 g.")


class Target(Strict):
    """What a serving should deliver of a nutrient or moiety, or of the part from a source.

    A share is of all that the serving delivers of it.
    """

    of: str = Field(description="Nutrient or moiety: magnesium, glycine.")
    exactly: str | None = Field(
        None, description="The amount per serving: 200 mg; with part_from also a share: 50 %."
    )
    at_least: str | None = Field(
        None, description="At least so much per serving: 1.2 g; with part_from also 50 %."
    )
    at_most: str | None = Field(
        None, description="At most so much per serving: 250 mg; with part_from also 20 %."
    )
    only_from: _Names = Field((), description="The only candidates that may bring it, by name.")
    part_from: _Names = Field(
        (), description="The amount or share is of what these candidates bring, by name."
    )


class DesignSpec(Strict):
    """Targets, bounds and wishes; `chelate design` finds the formulation.

    >>> DesignSpec(product="Night", candidates=[{"substance": "magnesium-bisglycinate"}],
    ...            targets=[{"of": "magnesium", "exactly": "200 mg"}])
    DesignSpec('Night', 1 target, 1 candidate)
    """

    product: str = Field(description="The product's name.")
    brand: str | None = Field(None, description="The brand, if any.")
    market: Market = Field("US", description="Whose label law and reference values apply.")
    form: Dosage = Field("capsule", description="Dosage form: capsule, tablet, powder …")
    capsule_size: str | None = Field(None, description='Capsule size: "00".')
    capsule_material: str | None = Field(None, description="hypromellose, gelatin.")
    unit: str | None = Field(None, description="What a serving is counted in: capsule, scoop.")
    unit_mass: str | None = Field(
        None, description="Most that one tablet or scoop may weigh, filled: 1,200 mg."
    )
    most_units: int | None = Field(None, ge=1, le=1000, description="At most so many units.")
    servings_per_day: int = Field(1, ge=1, le=100, description="Servings a day.")
    shelf_life: str | None = Field(None, description="Shelf life that losses are for: 24 months.")
    fill_density: str | None = Field(
        None, description="Density of the filled powder: 0.8 g/mL; else that of the materials."
    )
    candidates: tuple[Candidate, ...] = Field(
        min_length=1, description="The materials that may be used."
    )
    excipients: tuple[Excipient, ...] = Field(
        (), description="Excipients per serving that the formulation carries in any case."
    )
    targets: tuple[Target, ...] = Field(min_length=1, description="What it should deliver.")
    upper_level: str | None = Field(
        None, description="The authority whose upper levels a day must not exceed: IOM, SCF/EFSA."
    )
    objective: Objective = Field("least mass", description="What is best among what is possible.")
    claims: dict[str, str] = Field({}, description="Label claims of the formulation, if fixed.")
    statements: tuple[str, ...] = Field((), description="Statements for the label.")

    def __repr__(self) -> str:
        targets, candidates = len(self.targets), len(self.candidates)
        return (
            f"DesignSpec({self.product!r}, {targets} target{'s' * (targets != 1)}, "
            f"{candidates} candidate{'s' * (candidates != 1)})"
        )

    __str__ = __repr__
