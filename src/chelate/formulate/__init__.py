"""From a target to a product, a panel and a day.

`delivered` is what a formulation gives; the other modules judge it, design it, lay out its
panel, hold a label against it, and add products up to a day.
"""

from chelate.formulate.delivery import Delivery, Ingredient, Overage, Weighed, delivered
from chelate.formulate.errors import EntryError

__all__ = ["Delivery", "EntryError", "Ingredient", "Overage", "Weighed", "delivered"]
