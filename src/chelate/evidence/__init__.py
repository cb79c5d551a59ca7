"""The register of claims: what labels, advertising and articles say, and what it is worth.

Every record has a verdict, its reason, figures and references, with how each reference was
verified. Nothing here is advice.
"""

from chelate.evidence.load import read, register
from chelate.evidence.records import (
    HOW_VERIFIED,
    NONE_FOUND,
    NOTE,
    ORIGINS,
    READ,
    SECONDARY,
    VERDICTS,
    Evidence,
)
from chelate.evidence.search import about, claim, is_id, near, nearest, search

__all__ = [
    "HOW_VERIFIED",
    "NONE_FOUND",
    "NOTE",
    "ORIGINS",
    "READ",
    "SECONDARY",
    "VERDICTS",
    "Evidence",
    "about",
    "claim",
    "is_id",
    "near",
    "nearest",
    "read",
    "register",
    "search",
]
