"""What a dose yields of each element and moiety, and the way back.

A name is a set: every figure is for the named substance, with the range of what the name
leaves open (hydration, grade, composition) and of what a printed assay stands for. Moieties
are free acids or bases; the same as ligands, which weigh less by the protons they give up,
are named apart. What a label's sources yield is in `chelate.stoichiometry.labels`, which
alone needs the reading of labels.
"""

from chelate.stoichiometry.constituents import (
    constituent_of,
    constituents,
    counted_as,
    is_catalogued,
    moiety_of,
    name_of,
)
from chelate.stoichiometry.defined import defined
from chelate.stoichiometry.doses import dose_for, yield_of
from chelate.stoichiometry.made import OptionError
from chelate.stoichiometry.materials import Material, material
from chelate.stoichiometry.servings import (
    Claim,
    ServingYield,
    short_of_claim,
    single,
    together,
)
from chelate.stoichiometry.yielded import Held, Part, Yield

__all__ = [
    "Claim",
    "Held",
    "Material",
    "OptionError",
    "Part",
    "ServingYield",
    "Yield",
    "constituent_of",
    "constituents",
    "counted_as",
    "defined",
    "dose_for",
    "is_catalogued",
    "material",
    "moiety_of",
    "name_of",
    "short_of_claim",
    "single",
    "together",
    "yield_of",
]
