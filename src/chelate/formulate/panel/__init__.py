"""The panel of a formulation: what the law of its market asks to be printed, in its order.

`panel` lays it out as values, `text_of` writes these as text, `label_of` as the label that a
reader of that text has. Amounts are the label claims, else what is delivered at the end of
the shelf life, rounded down.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chelate.formulate.delivery import Delivery, delivered
from chelate.formulate.errors import EntryError
from chelate.formulate.panel.canada import medicinal_ingredients
from chelate.formulate.panel.european_union import nutrition_information
from chelate.formulate.panel.label import label_of
from chelate.formulate.panel.text import text_of
from chelate.formulate.panel.united_states import supplement_facts
from chelate.formulate.panel.values import Columns, Line, Panel
from chelate.models import Market
from chelate.models.formulation import Formulation

__all__ = ["Columns", "Line", "Panel", "label_of", "panel", "text_of"]

_LAYOUTS: Mapping[Market, Callable[[Delivery], Panel]] = {
    "US": supplement_facts,
    "EU": nutrition_information,
    "CA": medicinal_ingredients,
}


def panel(formulation: Formulation, market: Market | None = None) -> Panel:
    """The panel of a formulation for its own market, or for another one.

    Raises:
        EntryError: an entry cannot be read, a claim has no input that brings it, or the
            market is none whose layout is known.

    >>> made = Formulation(product="Plain", inputs=[
    ...     {"substance": "magnesium-oxide", "amount": "500 mg"}])
    >>> [(line.name, line.amount, line.percent) for line in panel(made).lines]
    [('Magnesium (as magnesium oxide)', '301 mg', '72%')]
    """
    wanted = market or formulation.market
    if wanted not in _LAYOUTS:
        expected = ", ".join(_LAYOUTS)
        raise EntryError("market", f'found "{wanted}", expected one of {expected} for a panel')
    return _LAYOUTS[wanted](delivered(formulation))
