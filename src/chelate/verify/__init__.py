"""A verifier of certificates: it believes nothing but the label's words and the catalogue.

No solver and no float. `arithmetic` recomputes one certificate; `modelling` holds its
statements to what printed words can say; `results` holds a whole result to its
certificates, and to its label files where they are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from chelate.verify.arithmetic import proved
from chelate.verify.certificates import Certificate, WrongError

__all__ = ["WrongError", "check"]


def check(certificate: Mapping[str, Any], *, claim: int | None = None) -> Fraction:
    """The value that a certificate proves: mg, a share, or by how much statements miss.

    `claim` is the index of the claim that it must be about; without it, any.

    Raises:
        WrongError: it does not follow, or is no certificate.
    """
    try:
        read = Certificate.model_validate(certificate)
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
        where = ".".join(map(str, details["loc"]))
        raise WrongError(f"this is no certificate: {where}: {details['msg']}") from None
    return proved(read, claim)
