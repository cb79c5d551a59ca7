"""What stands at the end of an output: constants and reference values used, and cautions."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from chelate import catalogue
from chelate.catalogue import Reference
from chelate.formula import EDITION
from chelate.limits import Cited, cited
from chelate.limits import Key as Key

WIDTH = 88
QUIET_WIDTH = 100


def footer(
    nutrients: Iterable[str],
    *,
    market: str | None = None,
    references: Iterable[Key] = (),
    limits: bool = True,
) -> Iterator[str]:
    """The lines that say which constants and reference values an output used.

    `nutrients` are ids whose Daily Value or NRV (of the market, or of all without one) and,
    with `limits`, upper levels for adults were shown; `references` are further keys, each
    by itself or after what it is for: ("Capsule volume", "capsule-tables").
    """
    yield "Constants and reference values"
    yield from _wrapped(f"Atomic weights: {EDITION}.")
    used: dict[str, list[str]] = {}
    for each in cited(nutrients, market=market, references=references, limits=limits):
        used.setdefault(each.of, []).append(_text(each.reference))
    for of, texts in used.items():
        yield from _wrapped(f"{of}: {'; '.join(texts)}.")


def _text(reference: Reference) -> str:
    return _marked(reference.text.removesuffix("."), reference)


def _marked(text: str, reference: Reference) -> str:
    return text if reference.verified else f"{text} (unverified)"


def quiet_footer(used: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The same in a line: what each key of a reference is of, and its short name.

    >>> print(*quiet_footer([("Daily Values", "cfr-101-9"), ("Upper levels", "vkm-magnesium")]))
    Daily Values: 21 CFR 101.9 (2016). Upper levels: VKM.
    """
    named: dict[str, list[str]] = {}
    for of, key in dict.fromkeys(used):
        reference = catalogue.references()[key]
        text = _marked(reference.short or reference.id, reference)
        named.setdefault(_unbroken(of), []).append(_unbroken(text))
    said = " ".join(f"{of}: {', '.join(texts)}." for of, texts in named.items())
    lines = textwrap.wrap(said, QUIET_WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    yield from (line.replace("\u00a0", " ") for line in lines)


def _unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0")


def caution_lines(ids: Iterable[str]) -> Iterator[str]:
    """The cautions for nutrients and moieties (by id), each once, wrapped; none for none."""
    known = catalogue.cautions(ids)
    if known:
        yield "Cautions"
    for caution in known:
        yield from _wrapped(caution.text)


def footer_json(
    nutrients: Iterable[str],
    *,
    market: str | None = None,
    references: Iterable[Key] = (),
    cautions: Iterable[str] = (),
    limits: bool = True,
) -> dict[str, Any]:
    """The same for programs: the keys "constants", "references" and "cautions"."""
    used = cited(nutrients, market=market, references=references, limits=limits)
    return {
        "constants": {"atomic_weights": EDITION},
        "references": [_reference_json(each) for each in used],
        "cautions": [
            {"of": caution.of, "text": caution.text, "sources": list(caution.sources)}
            for caution in catalogue.cautions(cautions)
        ],
    }


def _reference_json(each: Cited) -> dict[str, Any]:
    reference = each.reference
    return {
        "of": each.of,
        "id": reference.id,
        "text": reference.text,
        "doi": reference.doi,
        "url": reference.url,
        "verified": reference.verified,
    }


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")
