"""A material, what is stated of it, and all that it may hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from chelate.findings import InputError
from chelate.stoichiometry import working
from chelate.stoichiometry.assays import Assay, read_assay, read_moisture, read_share
from chelate.stoichiometry.contents import Content, contents, diluted
from chelate.stoichiometry.materials import Material, material
from chelate.stoichiometry.stated import Stated

Basis = Literal["as-is", "dried"]


class OptionError(InputError):
    """A material that cannot be had as described; `option` says by which of the words."""

    def __init__(self, option: str, message: str) -> None:
        super().__init__(message)
        self.option = option


@contextmanager
def blaming(option: str) -> Iterator[None]:
    """Tell what goes wrong inside as an `OptionError` of this option."""
    try:
        yield
    except OptionError:
        raise
    except InputError as error:
        raise OptionError(option, error.message) from None


@dataclass(frozen=True, slots=True)
class Made:
    """A material, what is stated of it, and what it may hold: first as it is named."""

    material: Material
    assay: Assay | None
    moisture: Stated
    potency: Stated
    undiluted: Content
    options: tuple[Content, ...]

    @staticmethod
    def of(
        substance: str | Material,
        assay: str | None,
        basis: Basis | None,
        moisture: str | None,
        potency: str | None,
    ) -> Made:
        """The material of that name, read with its assay, moisture and potency."""
        with blaming("substance"):
            named = material(substance) if isinstance(substance, str) else substance
        with blaming("moisture"):
            wet = read_moisture(moisture)
        with blaming("potency"):
            active = read_share(potency, "a potency", '"10 %"')
        if basis == "dried" and moisture is None:
            message = "an assay of the dried material needs the moisture: 4 %"
            raise OptionError("assay_basis", message)
        dried = moisture is not None and basis != "as-is"
        with blaming("assay" if assay else "moisture" if wet.fraction else "substance"):
            names = (named.text, named.name)
            own = [of for of, _ in named.holds]
            read = (
                read_assay(assay, dried=dried, moisture=wet, itself=names, own=own)
                if assay
                else None
            )
            held = contents(named, read, wet)
        return Made(named, read, wet, active, held[0], tuple(diluted(held, active)))

    @property
    def is_mixture(self) -> bool:
        """Whether its contents are known as ranges, and not by a formula."""
        return bool(self.material.holds)

    def working(self, dose_mg: float, *, ends: bool = True) -> list[str]:
        """The lines from a dose to what it gives, `ends` with those of each content."""
        stated = (self.material, self.assay, self.moisture, self.potency)
        lines = working.forward(self.undiluted, dose_mg, *stated)
        between = working.ends(self.options, dose_mg) if ends and self.is_mixture else ()
        return [*lines, *between, *self.material.notes]
