"""A formulation: a product as it is made."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from chelate.models.strict import Market, Strict

Dosage = Literal["capsule", "tablet", "powder", "softgel", "liquid"]
Convention = Literal["multiply by 1 + x", "divide by 1 - x"]
_CONVENTIONS = {"multiply": "multiply by 1 + x", "divide": "divide by 1 - x"}


def _convention(value: Any) -> Any:
    """Allow `multiply` and `divide`, and a minus sign for the hyphen."""
    text = value.replace("\u2212", "-").strip() if isinstance(value, str) else value
    return _CONVENTIONS.get(text, text)


AssayBasis = Annotated[
    Literal["as-is", "dried"] | None,
    Field(description="What the assay is of; dried where a moisture is given, else as-is."),
]
Moisture = Annotated[
    str | None, Field(description="Water lost on drying, of the material: 4 %, max 5 %.")
]
Potency = Annotated[
    str | None,
    Field(description="Share of the material that is the substance, if diluted: 10 %, min 10 %."),
]
Overage = Annotated[str | None, Field(description="What is weighed beyond the amount: 5 %.")]
Price = Annotated[str | None, Field(description="Price of the material: 18.50 USD/kg.")]
OverageConvention = Annotated[
    Convention | None,
    BeforeValidator(_convention),
    Field(description="How an overage is applied, with one: multiply or divide."),
]


class Definition(Strict):
    """A material that the catalogue lacks: its formula, or what it holds.

    It may hold nutrients, moieties, and constituents that are counted by their name alone.
    """

    formula: str | None = Field(None, description="Chemical formula: Mg(C2H4NO2)2·3H2O.")
    moieties: dict[str, int] = Field(
        {}, description="Molecules that one formula unit releases: glycine: 2."
    )
    holds: dict[str, str] = Field(
        {},
        description="Contents of the material, where it has no formula: glycine: 19-27 %, "
        "withanolides: min 5 %.",
    )
    source_of: tuple[str, ...] | None = Field(
        None,
        description="Nutrients that a panel names it as a source of: magnesium. Without it, "
        "those that its name says, or that are claimed and come from nothing else.",
    )
    source: str | None = Field(None, description="Where the figures come from: a certificate.")

    @model_validator(mode="after")
    def _formula_or_contents(self) -> Self:
        if bool(self.formula) == bool(self.holds):
            raise ValueError("expected either a formula or what the material holds")
        return self


class Input(Strict):
    """A raw material of a formulation, weighed per serving or per batch."""

    substance: str = Field(
        description="Catalogue id, grade id or label wording: magnesium bisglycinate; "
        "with a definition, the material's own name."
    )
    define: Definition | None = Field(None, description="What the catalogue lacks.")
    label_name: str | None = Field(
        None, description="The name for the panel: magnesium bisglycinate chelate."
    )
    amount: str | None = Field(
        None, description="Mass of the material per serving, before any overage: 1,419 mg."
    )
    per_batch: str | None = Field(
        None, description="Mass of the material per batch, before any overage: 14.19 kg."
    )
    assay: str | None = Field(
        None,
        description="What the certificate states: 13 % magnesium, 13.5-14.1 % magnesium, "
        "or for purity 98.5 %, NLT 98.0 %.",
    )
    assay_basis: AssayBasis = None
    moisture: Moisture = None
    potency: Potency = None
    overage: Overage = None
    overage_convention: OverageConvention = None
    loss: str | None = Field(None, description="Loss over the shelf life, of the input: 3 %.")
    price: Price = None
    density: str | None = Field(
        None, description="Bulk density of the powder: 0.7 g/mL, 0.6-0.8 g/mL."
    )
    blend: str | None = Field(
        None, description="The proprietary blend on the panel that it is a member of, if any."
    )

    @model_validator(mode="after")
    def _one_amount(self) -> Self:
        _require_one_amount(self.amount, self.per_batch)
        return self


class Excipient(Strict):
    """An ingredient that is not there for what it yields: filler, flow aid, coating."""

    name: str
    category: str | None = Field(
        None, description="What an additive is there for, as the EU names it: bulking agent."
    )
    amount: str | None = Field(None, description="Mass per serving: 20 mg.")
    per_batch: str | None = Field(None, description="Mass per batch: 200 g.")
    price: str | None = Field(None, description="Price of the material: 4 USD/kg.")
    density: str | None = Field(None, description="Bulk density of the powder: 0.5 g/mL.")

    @model_validator(mode="after")
    def _at_most_one_amount(self) -> Self:
        if self.amount is not None and self.per_batch is not None:
            raise ValueError("expected amount (per serving) or per_batch, not both")
        return self


class Formulation(Strict):
    """What goes into one serving of a product.

    >>> Formulation(product="Plain", inputs=[{"substance": "magnesium-oxide", "amount": "1 g"}])
    Formulation('Plain', 1 input)
    """

    product: str = Field(description="The product's name.")
    brand: str | None = Field(None, description="The brand, if any.")
    market: Market = Field("US", description="Whose label law and reference values apply.")
    form: Dosage | None = Field(None, description="Dosage form: capsule, tablet, powder …")
    capsule_size: str | None = Field(None, description='Capsule size: "00".')
    capsule_material: str | None = Field(
        None, description="What the empty capsule is made of: hypromellose, gelatin."
    )
    unit: str = Field("unit", description="What a serving is counted in: capsule, tablet, scoop.")
    units_per_serving: int = Field(1, ge=1, le=1000, description="Units in one serving.")
    servings_per_day: int = Field(1, ge=1, le=100, description="Servings a day.")
    servings_per_container: int | None = Field(
        None, ge=1, le=10_000, description="Servings in one container."
    )
    servings_per_batch: int | None = Field(
        None, ge=1, description="Servings made of one batch, for masses per batch."
    )
    shelf_life: str | None = Field(None, description="Shelf life that losses are for: 24 months.")
    inputs: tuple[Input, ...] = Field(min_length=1, description="The raw materials.")
    excipients: tuple[Excipient, ...] = Field((), description="Fillers, flow aids, coatings.")
    claims: dict[str, str] = Field(
        {}, description="Label claims per serving, by nutrient or moiety: magnesium: 200 mg."
    )
    source_amounts: bool = Field(
        False, description="Whether the panel prints how much of a nutrient is from each source."
    )
    statements: tuple[str, ...] = Field(
        (), description="Structure/function statements that the label is to carry."
    )
    expect: dict[str, str] = Field(
        {}, description="For examples: the expected yield per serving, by nutrient or moiety."
    )

    def __repr__(self) -> str:
        count = len(self.inputs)
        return f"Formulation({self.product!r}, {count} input{'' if count == 1 else 's'})"

    __str__ = __repr__


def _require_one_amount(amount: str | None, per_batch: str | None) -> None:
    if (amount is None) == (per_batch is None):
        raise ValueError("expected one of amount (per serving) and per_batch")
