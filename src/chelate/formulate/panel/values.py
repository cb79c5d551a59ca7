"""What a panel is: lines, columns and texts in printed order, before any drawing of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from chelate.models import Market, Serving

LineKind = Literal["nutrient", "ingredient", "share", "blend", "member"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the box: "Magnesium (as magnesium oxide)", "200 mg", "48%".

    `symbol` is the mark of what has no reference value ("†"); it stands in the column of
    percents, and a line has a percent, a symbol or neither. `name` is what is printed,
    `sources` is the part of it that is in parentheses, without them: "as magnesium oxide".
    `indent` is 1 for what stands under the line before it: the member of a blend, or the
    share of a nutrient that comes from one source. `working` is how the figures
    came about, a sentence each.
    """

    name: str
    amount: str | None
    percent: str | None = None
    symbol: str | None = None
    indent: int = 0
    kind: LineKind = "nutrient"
    sources: str = ""
    working: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The name without the parentheses that hold its sources: what is printed bold."""
        return self.name.removesuffix(f" ({self.sources})") if self.sources else self.name


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings over the three columns, as printed; the first may be empty."""

    name: str
    amount: str
    percent: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel laid out, in printed order from top to bottom.

    `serving_lines` are whole lines ("Serving Size: 2 capsules"). `groups` are parted by a
    heavy bar: in the US what has a Daily Value, then what has none. `footnotes` stand inside
    the box, under a bar. `ingredients_heading` and `ingredients` stand below the box; the
    latter without a full stop. `statements` carry the mark that leads to the `disclaimer`,
    which is printed in a box of its own; None without statements. `directions` are sentences
    that the market's law asks for, `warnings` such as stand in a box of their own. `notes`
    say why the layout is as it is, each with its rule, and are not printed on the pack.
    """

    market: Market
    language: str
    title: str
    product: str
    brand: str | None
    serving_lines: tuple[str, ...]
    columns: Columns
    groups: tuple[tuple[Line, ...], ...]
    footnotes: tuple[str, ...]
    ingredients_heading: str
    ingredients: tuple[str, ...]
    statements: tuple[str, ...] = ()
    disclaimer: str | None = None
    directions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    serving: Serving = field(default_factory=Serving)
    declared: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of every group."""
        return tuple(line for group in self.groups for line in group)
