"""The arithmetic of a bound, as a person would write it with a pencil.

The same statements and multipliers as in the certificate, in the order of a calculation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chelate.bounds.calculations import (
    Balance,
    Used,
    as_share,
    balance,
    by_element,
    by_mass,
    by_sum,
    fits,
    of_all,
)
from chelate.bounds.conflicts import Conflict
from chelate.bounds.ends import ELSEWHERE, ELSEWHERE_SHARE
from chelate.bounds.parts import View, own_sources
from chelate.bounds.pencil import HOLDER_WORDS
from chelate.bounds.solving import feasible
from chelate.bounds.statements import Statement
from chelate.composition import Claim, Composition

if TYPE_CHECKING:
    from chelate.bounds import Bounds

_HOLDING = {*HOLDER_WORDS, "moiety"}


def arithmetic(composition: Composition, k: int, found: Bounds) -> tuple[str, ...]:
    """The proof of a claim: of its conflict and of the least from elsewhere, else that it fits.

    It ends at the least from elsewhere where anything must be. The conflict comes first where
    that takes another calculation.
    """
    claim = composition.claims[k]
    if found.elsewhere_mg:
        return tuple(_of_least(composition, k, found, found.elsewhere_mg))
    if found.conflict is None:
        return tuple(fits(claim, found.tightest)) if found.tightest else ()
    return tuple(_calculated(_conflicting(found.conflict), claim, k, conflict=True))


def _of_least(composition: Composition, k: int, found: Bounds, least_mg: float) -> Iterator[str]:
    """The least from elsewhere, in mg and as a share, after a conflict that is another sum."""
    claim, least, share = composition.claims[k], _least(composition, k), found.elsewhere_share
    used = _conflicting(found.conflict) if found.conflict else []
    part = as_share(claim, least_mg, share)
    if not used or _weights(least) == _weights(used):
        yield from _calculated(least, claim, k, conflict=bool(found.parts_mg), part=part)
    else:
        yield from _both(used, least, claim, k, part)
    if share and share < 1 and not part:
        yield from of_all(*_at_least_share(composition, k, share), claim)


def _at_least_share(composition: Composition, k: int, share: float) -> tuple[float, float]:
    """How much is from elsewhere where its share is least, and how much as claimed, in mg."""
    claim = composition.claims[k]
    end = feasible(composition, k, View(k)).end(ELSEWHERE_SHARE, "least")
    names = {source.text for source in own_sources(claim)}
    assert end is not None
    own_mg = sum(each.element_mg for each in end.witness if each.name in names)
    return own_mg * share / (1 - share), own_mg


def _conflicting(found: Conflict) -> list[Used]:
    return [Used(mend.statement, mend.multiplier) for mend in found.mends]


def _both(
    used: Sequence[Used], least: Sequence[Used], claim: Claim, k: int, part: str
) -> tuple[str, ...]:
    """The conflict, then what the least from elsewhere takes besides, in the same digits."""
    balances = (_balance(used, claim, k, conflict=True), _balance(least, claim, k, conflict=False))
    finer = max(found.finer() if found else 0 for found in balances)
    said = tuple(_calculated(used, claim, k, conflict=True, finer=finer))
    more = _calculated(least, claim, k, conflict=False, finer=finer, part=part)
    return (*said, *(line for line in more if line not in said))


def _least(composition: Composition, k: int) -> list[Used]:
    """The statements that say how much must come from elsewhere in any case."""
    solved = feasible(composition, k, View(k))
    end = solved.end(ELSEWHERE, "least")
    assert end is not None
    multipliers = solved.proof(end).multipliers
    return [
        Used(statement, float(multipliers[statement.id]))
        for statement in solved.built.problem.statements
        if statement.id in multipliers
    ]


def _weights(used: Sequence[Used]) -> dict[str, float]:
    """How often each statement counts beside the one that counts most."""
    most = max(each.times for each in used)
    return {each.statement.id: round(each.times / most, 9) for each in used}


def _calculated(
    used: Sequence[Used], claim: Claim, k: int, *, conflict: bool, finer: int = 0, part: str = ""
) -> Iterator[str]:
    """The calculation: by the element where one amount is held to masses, else by the sum."""
    most = [each for each in used if each.statement.sense == "at most"]
    least = [each for each in used if each.statement.sense == "at least"]
    if found := _balance(used, claim, k, conflict=conflict):
        yield from by_element(found, finer, part=part)
    elif conflict and _is_by_mass(least, most):
        yield from by_mass(least, most[0])
    else:
        lead = next((each for each in least if _is_lead(each.statement, k)), None)
        yield from by_sum(used, lead, claim, conflict=conflict, part=part)


def _balance(used: Sequence[Used], claim: Claim, k: int, *, conflict: bool) -> Balance | None:
    """The element of a claim held to masses, where the statements are of no more than those."""
    most = [each for each in used if each.statement.sense == "at most"]
    lead = next((each for each in used if _is_lead(each.statement, k)), None)
    others = [each for each in used if each is not lead and each not in most]
    if lead is None or not _is_by_element(others, most):
        return None
    return balance(lead, others, most, claim, conflict=conflict)


def _is_lead(statement: Statement, k: int) -> bool:
    """Whether a statement says how much of its element a claim has at least."""
    whole = statement.kind in ("declared", "share") and statement.sense == "at least"
    return whole and statement.claim == k


def _is_by_element(others: Sequence[Used], most: Sequence[Used]) -> bool:
    """Whether an element is held to masses, or to what the masses of others leave of one."""
    if not most or any(each.statement.kind not in _HOLDING for each in most):
        return False
    whole = all(abs(each.times / most[0].times - 1) <= 1e-9 for each in others)
    return not others or (len(most) == 1 and whole)


def _is_by_mass(least: Sequence[Used], most: Sequence[Used]) -> bool:
    """Whether amounts of elements are held to the one mass for all of them."""
    mass = len(most) == 1 and most[0].statement.kind in HOLDER_WORDS
    return mass and all(each.statement.kind == "declared" for each in least)
