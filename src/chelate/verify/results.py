"""A result of `check` or of `bounds` against its certificates, and against its label files.

Every certificate is checked; then every figure and verdict that should follow from one is
held to those that hold. Where a label file is there, the words of a certificate must still
be its words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NoReturn

from pydantic import ValidationError

from chelate import catalogue
from chelate.composition import compose
from chelate.findings import InputError, Verdict
from chelate.formula import EDITION
from chelate.models import Label
from chelate.verify.arithmetic import proved
from chelate.verify.certificates import Certificate, Decimal, Frozen, WrongError
from chelate.verify.words import differences

_HALF = Fraction(1, 2)


class End(Frozen):
    """One end of a range."""

    value: Decimal


class Range(Frozen):
    """The two ends of a target."""

    least: End
    most: End


class Reading(Frozen):
    """The ranges of a claim in one reading of its printed masses."""

    name: str
    ranges: Mapping[str, Range]


class Conflict(Frozen):
    """By how much statements miss."""

    gap_mg: Decimal


class Claim(Frozen):
    """A claim of a result, with the certificates that it rests on."""

    nutrient: str
    path: str
    verdict: Verdict
    least_from_elsewhere_mg: Decimal | None = None
    least_from_elsewhere_share: Decimal | None = None
    conflict: Conflict | None = None
    readings: tuple[Reading, ...] = ()
    certificates: tuple[Certificate, ...] = ()


class Entry(Frozen):
    """A label of a result."""

    file: str | None
    record: str | None
    product: str
    verdict: Verdict | None = None
    claims: tuple[Claim, ...]


class Result(Frozen):
    """The document that `check` and `bounds` write."""

    version: Literal["1"]
    atomic_weights: str
    labels: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """What does not hold: where in the result it stands, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was verified of one label.

    `words` says where the words were taken from: its file, or the result alone.
    """

    entry: Entry
    certificates: int
    failures: tuple[Failure, ...]
    words: Literal["file", "result"]


Proved = tuple[Certificate, Fraction]


def result_of(text: str, *, file: str) -> Result:
    """The result in a text.

    Raises:
        InputError: it is not JSON, not such a document, or of another edition of the
            atomic weights.
    """
    try:
        data = json.loads(text, parse_int=str, parse_float=str, parse_constant=_no_number)
        found = Result.model_validate(data)
    except ValidationError as error:
        raise InputError(_refused(error), file=file) from None
    except RecursionError:
        raise InputError("values nest too deeply", file=file) from None
    except ValueError as error:
        raise InputError(f"broken JSON: {error}", file=file) from None
    if found.atomic_weights != EDITION:
        said = f"found atomic weights of “{found.atomic_weights}”, expected “{EDITION}”"
        raise InputError(said, file=file)
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _refused(error: ValidationError) -> str:
    """The first thing that makes it no result, with its path."""
    first = error.errors(include_url=False, include_context=False)[0]
    steps = first["loc"]
    path = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps).lstrip(".")
    said = first["msg"].removeprefix("Value error, ").replace("Input should be", "expected")
    if len(steps) < 2:
        return f"this is no result of `check` or `bounds`: {path or 'all of it'}: {said}"
    return f"{path}: {said}"


def verified(result: Result, labels: Mapping[int, Label | str]) -> Iterator[Verified]:
    """Each label of a result, verified.

    `labels` are those whose files are there, by their place in the result, or the reason
    why one is not found in its file.
    """
    for at, entry in enumerate(result.labels):
        failures = tuple(_label_failures(entry, f"labels[{at}]", labels.get(at)))
        count = sum(len(claim.certificates) for claim in entry.claims)
        yield Verified(entry, count, failures, "file" if at in labels else "result")


def _label_failures(entry: Entry, path: str, label: Label | str | None) -> Iterator[Failure]:
    if isinstance(label, str):
        yield Failure(path, label)
        label = None
    composition = compose(label) if label else None
    for k, claim in enumerate(entry.claims):
        where = f"{path}.claims[{k}]"
        holding: list[Proved] = []
        for n, certificate in enumerate(claim.certificates):
            try:
                holding.append((certificate, proved(certificate, k)))
            except WrongError as error:
                yield Failure(f"{where}.certificates[{n}]", str(error))
        yield from (Failure(where, reason) for reason in _claim_failures(claim, k, holding))
        if label and composition:
            changed = dict.fromkeys(differences((each for each, _ in holding), label, composition))
            yield from (Failure(where, reason) for reason in changed)
    yield from (Failure(path, reason) for reason in _verdict_failures(entry))


def _verdict_failures(entry: Entry) -> Iterator[str]:
    """A label gets the first of the verdicts that its claims have."""
    verdicts = [claim.verdict for claim in entry.claims]
    expected = min(verdicts, key=lambda verdict: verdict.rank, default=Verdict.NO_CLAIM)
    if entry.verdict not in (None, expected):
        yield f"the verdict is “{entry.verdict}”, of its claims it is “{expected}”"


def _claim_failures(claim: Claim, k: int, holding: Sequence[Proved]) -> Iterator[str]:
    contradictions = [each for each in holding if each[0].is_contradiction]
    impossible = claim.verdict is Verdict.IMPOSSIBLE
    if impossible and not contradictions:
        yield "the verdict is “impossible”, and no certificate that holds shows a contradiction"
    if contradictions and not impossible:
        yield f"a certificate shows a contradiction, and the verdict is “{claim.verdict}”"
    if bool(claim.conflict) != impossible:
        there = "with" if claim.conflict else "without"
        yield f"the verdict is “{claim.verdict}” {there} a conflict"
    if claim.conflict and contradictions:
        gaps = [_gap(certificate, value, k) for certificate, value in contradictions]
        if not any(_prints(claim.conflict.gap_mg, gap) for gap in gaps):
            yield f"no contradiction is of {_shown(claim.conflict.gap_mg)} mg"
    yield from _least_failures("elsewhere", claim.least_from_elsewhere_mg, holding)
    yield from _least_failures("elsewhere share", claim.least_from_elsewhere_share, holding)
    yield from _range_failures(claim, holding)


def _gap(certificate: Certificate, value: Fraction, k: int) -> Fraction:
    """By how much statements miss, in mg of the claim's element where it takes part."""
    declared = (s for s in certificate.statements if s.id == f"{k + 1} declared at least")
    lead = next(declared, None)
    return value / lead.multiplier if lead and lead.multiplier else value


def _least_failures(target: str, told: Fraction | None, holding: Sequence[Proved]) -> Iterator[str]:
    """The least from elsewhere is what a certificate proves, to its printed digits."""
    found = [
        (certificate, value)
        for certificate, value in holding
        if certificate.reading == "any"
        and (certificate.says.target, certificate.says.sense) == (target, "least")
    ]
    name = f"least_from_elsewhere_{'share' if target.endswith('share') else 'mg'}"
    if told:
        decimals = 4 if target.endswith("share") else 1
        if not any(_prints(told, value, decimals=decimals) for _, value in found):
            yield f"{name} is {_shown(told)}, and no certificate that holds proves it"
    elif any(_is_sure(certificate, value) for certificate, value in found):
        said = "null" if told is None else "0"
        yield f"{name} is {said}, and a certificate proves that it is {_shown(found[0][1])}"


def _is_sure(certificate: Certificate, value: Fraction) -> bool:
    """Whether a least from elsewhere outlasts what the atomic weights leave open."""
    names = {part.substance for part in certificate.parts.values()} - {None}
    records = (catalogue.substance(name or "") for name in names)
    open_share = max(
        (
            Fraction(catalogue.element_fraction_uncertainty(r, r.nutrient))
            for r in records
            if r.nutrient
        ),
        default=Fraction(0),
    )
    whole = max((s.bound_mg for s in certificate.statements if s.kind == "declared"), default=1)
    return value > open_share * (1 if certificate.says.target.endswith("share") else whole)


def _range_failures(claim: Claim, holding: Sequence[Proved]) -> Iterator[str]:
    """Each end of each range is what a certificate of its reading proves."""
    known: dict[tuple[str | None, str, str], Fraction] = {
        (c.reading, c.says.target, c.says.sense): value for c, value in holding
    }
    for reading in claim.readings:
        for target, each in reading.ranges.items():
            for sense, end in (("least", each.least), ("most", each.most)):
                value = known.get((reading.name, target, sense))
                if value is None or abs(value - end.value) > abs(value) / 10**8 + Fraction(
                    1, 10**9
                ):
                    yield (
                        f"reading “{reading.name}”: the {sense} of {target} is "
                        f"{_shown(end.value)}, and no certificate that holds proves it"
                    )


def _prints(told: Fraction, value: Fraction, *, decimals: int = 1) -> bool:
    """Whether a value is printed so: to so many decimals, where it is small to three figures."""
    step, size = Fraction(1, 10**decimals), abs(value)
    if size < step * 10:
        while 0 < size < step * 100:
            step /= 10
    return abs(told - value) <= step * _HALF * (1 + Fraction(1, 10**6))


def _shown(value: Fraction) -> str:
    from chelate.figures import number

    return number(float(value), digits=6)
