"""What a dose or a formulation yields of each element and moiety, and the way back.

A name is a set: every figure is for the named substance, with the range of what the name
leaves open (hydration, grade). Moieties are free acids or bases; the same as ligands, which
weigh less by the protons they give up, are named apart.
"""

from chelate.stoichiometry.contents import constituent_of, constituents, name_of
from chelate.stoichiometry.doses import Held, Part, Yield, dose_for, yield_of
from chelate.stoichiometry.formulations import (
    Claim,
    FormulationError,
    FormulationYield,
    formulation_yield,
    short_of_claim,
    single,
)
from chelate.stoichiometry.limits import SCOPES, Beside, beside, words_on_limits

__all__ = [
    "SCOPES",
    "Beside",
    "Claim",
    "FormulationError",
    "FormulationYield",
    "Held",
    "Part",
    "Yield",
    "beside",
    "constituent_of",
    "constituents",
    "dose_for",
    "formulation_yield",
    "name_of",
    "short_of_claim",
    "single",
    "words_on_limits",
    "yield_of",
]
