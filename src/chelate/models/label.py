"""A label as printed.

Every scalar stays the text that was printed; reading it as a number is the work of
`composition`. A label knows the place of its words through its `Origin`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PrivateAttr

from chelate.findings import Place, Verdict
from chelate.models.strict import Market, Strict


@dataclass(frozen=True)
class Origin:
    """Where a label was read: its file, its record inside the file, and its places.

    `locate` turns a path in the label (`facts[0].amount`) into a place in `text`, the
    file's own text, or None where the label does not come from there. `is_printed` says that the
    text is the label's own, as copied from it, and not a format's.
    """

    file: str
    text: str = ""
    record: str | None = None
    locate: Callable[[str], Place | None] = lambda path: None
    is_printed: bool = field(default=False, kw_only=True)

    def line(self, number: int) -> str:
        """The text of one line of the file, counted from one."""
        lines = re.split(r"\r\n|\r|\n", self.text)
        return lines[number - 1] if 0 < number <= len(lines) else ""


class Source(Strict):
    """A source ingredient named for a dietary ingredient: "(as zinc picolinate)"."""

    name: str = Field(description="The source as printed: magnesium bisglycinate chelate.")
    amount: str | None = Field(None, description="The source's own mass, if printed: 1,419 mg.")
    elemental: str | None = Field(
        None, description="The share of the element from this source, if printed: 100 mg."
    )


def _as_sources(value: Any) -> Any:
    """Allow `sources: magnesium oxide` and `sources: [magnesium oxide]` for short."""
    items = value if isinstance(value, list | tuple) else [value]
    return [{"name": item} if isinstance(item, str) else item for item in items]


class Row(Strict):
    """One row of the panel, as printed, with the rows nested under it."""

    name: str = Field(description='As printed: Magnesium, or "Magnesium (as magnesium oxide)".')
    amount: str | None = Field(None, description="Amount per serving as printed: 200 mg.")
    percent_dv: str | None = Field(None, description="Percent Daily Value as printed: 48 %.")
    percent_nrv: str | None = Field(None, description="Percent NRV as printed (EU): 53 %.")
    sources: Annotated[tuple[Source, ...], BeforeValidator(_as_sources)] = Field(
        (), description="Source ingredients printed in parentheses or under the row."
    )
    contains: tuple[Row, ...] = Field(
        (), description="Rows nested under this one: a blend's members, a compound's element."
    )
    also: tuple[str, ...] = Field(
        (), description="Amounts of the row printed for other servings or columns, as printed."
    )
    note: str | None = Field(None, description="A remark that the database keeps with the row.")


class Serving(Strict):
    """The serving that the amounts are for."""

    size: str | None = Field(None, description="As printed: 2 capsules, 1 scoop (2.4 g).")
    weight: str | None = Field(None, description="Mass of one serving, if printed: 2.4 g.")
    per_container: str | None = Field(None, description="Servings per container as printed.")
    per_day: str | None = Field(None, description="Servings a day, if printed: 1, or 1-2.")
    others: tuple[str, ...] = Field(
        (), description="Further serving sizes printed; the amounts are for the first."
    )


class Expectation(Strict):
    """What an example label is expected to get; the project's own tests hold it to that."""

    verdict: Verdict
    magnesium: str | None = None
    buffered_declared: bool | None = None


class Label(Strict):
    """A Supplement Facts label as printed.

    >>> Label(product="Plain", facts=[{"name": "Magnesium", "amount": "200 mg"}])
    Label('Plain', 1 row)
    """

    product: str = Field(description="The name on the front of the pack.")
    brand: str | None = Field(None, description="The brand, if any.")
    market: Market = Field("US", description="Whose label law and reference values apply.")
    language: str | None = Field(None, description="Language of the label: en, de, fr …")
    form: str | None = Field(None, description="Dosage form: capsule, tablet, powder, softgel …")
    capsule_size: str | None = Field(None, description='Capsule size, only if stated: "00".')
    serving: Serving = Serving()
    price: str | None = Field(
        None, description="Price of the container as sold, with its currency: 24.99 USD."
    )
    facts: tuple[Row, ...] = Field((), description="The rows of the panel, in printed order.")
    other_ingredients: Annotated[
        tuple[str, ...], BeforeValidator(lambda v: [v] if isinstance(v, str) else v)
    ] = Field((), description="Other ingredients as printed: one text, or a list.")
    statements: tuple[str, ...] = Field((), description="Statements and claims on the pack.")
    unread: tuple[str, ...] = Field(
        (), description="Printed lines that were not understood, kept as they are."
    )
    expect: Expectation | None = Field(None, description="For examples: the expected result.")

    _origin: Origin | None = PrivateAttr(None)

    @property
    def origin(self) -> Origin | None:
        """Where the label was read, or None for one made in memory."""
        return self._origin

    def located(self, origin: Origin) -> Label:
        """The same label, knowing its place in a file."""
        copy = self.model_copy()
        object.__setattr__(copy, "__pydantic_private__", {"_origin": origin})
        return copy

    def text_at(self, path: str) -> str:
        """The text at a path such as `facts[0].amount`; "" where none stands there."""
        value: Any = self
        for name, index in re.findall(r"(\w+)|\[(\d+)\]", path):
            inner = value[int(index) :][:1] if index else [getattr(value, name, None)]
            value = next(iter(inner), None)
        return value if isinstance(value, str) else ""

    def __repr__(self) -> str:
        count = len(self.facts)
        return f"Label({self.product!r}, {count} row{'' if count == 1 else 's'})"

    __str__ = __repr__
