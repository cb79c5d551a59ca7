"""What a report on labels is called and opens with, by the sections that it has."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from chelate.findings import InputError

COMPARED = "Supplement labels compared"
_ON_LABELS = ("glance", "comparison", "products")
_CHECKED = (
    "Each label was held against conservation of mass: a compound holds a fixed share of its "
    "element, so the element printed, the mass printed and the source named must fit together. "
    "Every printed number stands for an interval, and every name for all the compounds that it "
    "may mean."
)
_GATE = (
    "A small model from the literature of one receptor: its figure, its parameters, and what it "
    "cannot say."
)
_APPENDIX = "What the verdicts and findings on these labels rest on, without the labels themselves."


@dataclass(frozen=True, slots=True)
class Opening:
    """The title of a page, its introduction, and what a reader may skip to."""

    title: str
    about: str
    skip: str


def opening(sections: Collection[str]) -> Opening:
    """The opening of a page with these sections; its title stands where none is given.

    >>> opening(["gate"]).title, opening(["glance", "appendix"]).title
    ('The coincidence gate of the NMDA receptor', 'Supplement labels checked')
    """
    if "comparison" in sections:
        return Opening(COMPARED, _CHECKED, "Skip to the comparison")
    if set(_ON_LABELS) & set(sections):
        return Opening("Supplement labels checked", _CHECKED, "Skip to the labels")
    if "gate" not in sections:
        return Opening("Rules, claims, constants, references", _APPENDIX, "Skip to the rules")
    about = f"{_GATE} {_APPENDIX}" if "appendix" in sections else _GATE
    return Opening("The coincidence gate of the NMDA receptor", about, "Skip to the gate")


def chosen(sections: Collection[str], *, known: Collection[str], of: str) -> frozenset[str]:
    """The sections named, all that are known where none is.

    Raises:
        InputError: a section is none of those of such a page.
    """
    for each in sections:
        if each not in known:
            raise InputError(
                f"found the section {each!r}, expected {', '.join(known)}: those of {of}"
            )
    return frozenset(sections or known)


def entitled(title: str | None, *, otherwise: str) -> str:
    """The title given, or another where none is.

    Raises:
        InputError: the title given is empty.
    """
    if title is not None and not title.strip():
        raise InputError(f'found the title "{title}", expected one with a letter or a figure in it')
    return otherwise if title is None else title
