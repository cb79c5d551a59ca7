"""A stack: the products of a day, when and how much of each."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from chelate.models.formulation import AssayBasis, Definition, Moisture, Potency
from chelate.models.strict import Market, Strict

_OF_A_FILE = ("servings", "record")
_OF_A_SUBSTANCE = ("define", "assay", "assay_basis", "moisture", "potency")


class Item(Strict):
    """One product or material of a sitting: a file, or a substance and its amount."""

    file: str | None = Field(
        None, description="A formulation or label file, beside the stack: night.yaml."
    )
    record: str | None = Field(
        None, description="The product or record, where the file holds several."
    )
    servings: str = Field("1", description="Servings of the file's product: 1, 0.5, 1/2.")
    substance: str | None = Field(None, description="Catalogue id or wording: collagen peptides.")
    define: Definition | None = Field(None, description="What the catalogue lacks.")
    amount: str | None = Field(None, description="Mass of the substance: 15 g.")
    assay: str | None = Field(None, description="What the label or certificate states.")
    assay_basis: AssayBasis = None
    moisture: Moisture = None
    potency: Potency = None

    @model_validator(mode="after")
    def _file_or_substance(self) -> Self:
        if (self.file is None) == (self.substance is None):
            raise ValueError("expected one of file and substance")
        if self.substance is not None and self.amount is None:
            raise ValueError("expected an amount with the substance: 15 g")
        if self.file is not None and self.amount is not None:
            raise ValueError("expected servings, not an amount, with a file")
        return self

    @model_validator(mode="after")
    def _what_belongs_to_it(self) -> Self:
        """Refuse what would be lost: a file has its own assays, a substance no servings."""
        keys, kind = (_OF_A_SUBSTANCE, "file") if self.file else (_OF_A_FILE, "substance")
        stray = next((key for key in keys if key in self.model_fields_set), None)
        if stray is not None:
            raise ValueError(f"found {stray}, which does not go with a {kind}")
        return self


class Sitting(Strict):
    """What is taken at one time of the day."""

    when: str = Field(description="The time of day: morning, 30-60 minutes before bed.")
    take: tuple[Item, ...] = Field(min_length=1, description="What is taken.")


class Aim(Strict):
    """What a person wants of a nutrient or moiety, at one sitting or over the day."""

    of: str = Field(description="Nutrient or moiety: glycine.")
    at_least: str = Field(description="The amount aimed at: 3 g.")
    when: str | None = Field(
        None,
        description="The sitting it is for, or a part of its words; without it, the day.",
    )
    source: str | None = Field(None, description="Where the aim comes from.")


class Stack(Strict):
    """The products of a day.

    >>> Stack(stack="Evening", sittings=[{"when": "evening", "take": [
    ...     {"substance": "glycine", "amount": "3 g"}]}])
    Stack('Evening', 1 sitting)
    """

    stack: str = Field(description="The name of the stack.")
    market: Market = Field("US", description="Whose label law and reference values apply.")
    sittings: tuple[Sitting, ...] = Field(min_length=1, description="The day, in its order.")
    aims: tuple[Aim, ...] = Field((), description="What the stack is meant to reach.")
    expect: dict[str, str] = Field(
        {}, description="For examples: the expected total of the day, by nutrient or moiety."
    )

    def __repr__(self) -> str:
        count = len(self.sittings)
        return f"Stack({self.stack!r}, {count} sitting{'' if count == 1 else 's'})"

    __str__ = __repr__
