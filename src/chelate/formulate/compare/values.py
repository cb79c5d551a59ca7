"""What a comparison says: differences, what follows, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chelate.composition import Composition
from chelate.findings import Severity
from chelate.formulate.delivery import Delivery
from chelate.models import Label, Market

# Each kind of difference, with its severity: an error is a statement of the label that the
# recipe contradicts, a warning one that needs a reason, a note a difference of wording.
KINDS: Mapping[str, Severity] = {
    "nutrient-not-in-recipe": Severity.ERROR,
    "nutrient-not-printed": Severity.WARNING,
    "amount-above-recipe": Severity.ERROR,
    "amount-below-recipe": Severity.WARNING,
    "amount-not-as-claimed": Severity.ERROR,
    "amount-short-at-end": Severity.WARNING,
    "amount-not-readable": Severity.WARNING,
    "claim-not-printed": Severity.WARNING,
    "percent-differs": Severity.WARNING,
    "source-not-in-recipe": Severity.ERROR,
    "source-not-printed": Severity.ERROR,
    "source-form-differs": Severity.WARNING,
    "source-order-differs": Severity.WARNING,
    "buffer-not-in-recipe": Severity.WARNING,
    "mass-differs": Severity.ERROR,
    "ingredient-not-in-recipe": Severity.ERROR,
    "ingredient-not-printed": Severity.ERROR,
    "blend-not-in-recipe": Severity.WARNING,
    "blend-not-printed": Severity.WARNING,
    "blend-members-differ": Severity.WARNING,
    "blend-order-differs": Severity.WARNING,
    "other-ingredient-not-in-recipe": Severity.ERROR,
    "other-ingredient-not-printed": Severity.ERROR,
    "other-ingredient-order-differs": Severity.WARNING,
    "other-ingredient-share-differs": Severity.WARNING,
    "other-ingredient-category-differs": Severity.WARNING,
    "capsule-material-differs": Severity.ERROR,
    "capsule-size-differs": Severity.ERROR,
    "form-differs": Severity.WARNING,
    "serving-size-differs": Severity.NOTE,
    "serving-mass-differs": Severity.ERROR,
    "servings-per-container-differ": Severity.ERROR,
    "servings-per-day-differ": Severity.WARNING,
    "product-name-differs": Severity.NOTE,
    "brand-differs": Severity.NOTE,
    "statement-not-printed": Severity.NOTE,
}


@dataclass(frozen=True, slots=True)
class Where:
    """Where a thing stands: its path in the label and in the recipe, None where it does not.

    `words` are the printed words of the label that are meant.
    """

    label: str | None = None
    recipe: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing of the label that does not follow from the recipe.

    `label_says` and `recipe_says` are the two sides in words, "" where one says nothing;
    `working` is the arithmetic between them.
    """

    kind: str
    message: str
    label_says: str
    recipe_says: str
    where: Where = Where()
    working: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """How much it matters, by its kind."""
        return KINDS[self.kind]

    @property
    def path_in_label(self) -> str | None:
        """Its path in the label, `facts[0].amount`; None for what the label lacks."""
        return self.where.label

    @property
    def path_in_recipe(self) -> str | None:
        """Its path in the recipe, `inputs[0]`; None for what the recipe lacks."""
        return self.where.recipe


@dataclass(frozen=True, slots=True)
class Follows:
    """One thing of the label that follows from the recipe, with the arithmetic."""

    subject: str
    label_says: str
    recipe_says: str
    where: Where = Where()
    working: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotCompared:
    """One thing that cannot be held against the other side, and why.

    `of_amount` says that it is how much there is of what the label declares.
    """

    subject: str
    reason: str
    where: Where = Where()
    of_amount: bool = False


Outcome = Difference | Follows | NotCompared


@dataclass(frozen=True, slots=True)
class Comparison:
    """A label beside its recipe: every outcome, in the order in which it was looked at.

    `scale` is what the figures of a serving of the recipe are multiplied by to be those of a
    serving of the label, and `scale_reason` says why, "" where the servings are the same.
    `market` is the one whose law the label is by.
    """

    label: Label
    composition: Composition
    delivery: Delivery
    outcomes: tuple[Outcome, ...]
    scale: float = 1.0
    scale_reason: str = ""
    recipe_working: tuple[str, ...] = field(default=())
    market: Market = "US"

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What does not follow, the gravest first."""
        found = (each for each in self.outcomes if isinstance(each, Difference))
        return tuple(sorted(found, key=lambda each: each.severity.rank))

    @property
    def follows(self) -> tuple[Follows, ...]:
        """What follows from the recipe."""
        return tuple(each for each in self.outcomes if isinstance(each, Follows))

    @property
    def not_compared(self) -> tuple[NotCompared, ...]:
        """What could not be compared."""
        return tuple(each for each in self.outcomes if isinstance(each, NotCompared))

    @property
    def amounts_not_compared(self) -> tuple[str, ...]:
        """What is declared in an amount that could not be compared, each once."""
        return tuple(dict.fromkeys(each.subject for each in self.not_compared if each.of_amount))

    @property
    def label_follows(self) -> bool:
        """Whether nothing differs, and the amount of everything declared was compared."""
        return not self.differences and not self.amounts_not_compared
