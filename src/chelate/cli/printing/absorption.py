"""The output of `chelate absorption`: ranges with grades, studies, the curve, limits once."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from math import ceil, floor
from typing import Any

from chelate import catalogue
from chelate.absorption import (
    Band,
    Form,
    Graded,
    Study,
    all_studies,
    by_dose,
    curve,
    form_of,
    graded,
    limits,
    overview,
    studies,
)
from chelate.catalogue import Reference
from chelate.cli.printing.citations import limit_lines, source_lines, unread, wrapped
from chelate.cli.printing.footer import WIDTH, caution_lines
from chelate.figures import bounds_mass, mg, number, percent
from chelate.intervals import Interval

VERSION = 1
_ELEMENT = "magnesium"
_DOSES_MG = (50.0, 100.0, 150.0, 200.0, 250.0, 300.0, 400.0, 500.0)
_SITTING = "for 100–250 mg in one sitting"
_DIGITS = 6
Json = dict[str, Any]
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What was asked for: one form or all of them, and the doses of the curve."""

    form: Form | None
    said: Graded | None
    studies: tuple[Study, ...]
    bands: tuple[Band, ...]

    @classmethod
    def of(cls, form: str | None, dose_mg: float | None) -> Shown:
        """What a form as typed and a dose in one sitting ask for; `InputError` as these raise."""
        doses_mg = _DOSES_MG if form is None else ()
        bands = tuple(map(by_dose, doses_mg if dose_mg is None else (dose_mg,)))
        if form is None:
            return cls(None, None, (), bands)
        return cls(form_of(form), graded(form), studies(form), bands)


def absorption_text(shown: Shown) -> str:
    """The whole output for people; it ends with a line break."""
    return "\n".join(_lines(shown)) + "\n"


def absorption_json(shown: Shown) -> str:
    """The whole output for programs, keys stable within a version."""
    found = {
        "version": VERSION,
        "forms": list(_forms_json(shown)),
        "studies": list(_studies_json(shown)),
        "curve": _curve_json(shown.bands) if shown.bands else None,
        "limits": [limit.text for limit in limits()],
        "cautions": [caution.text for caution in catalogue.cautions([_ELEMENT])],
        "references": [asdict(each) for each in _references(shown, whole=True)],
    }
    return json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _lines(shown: Shown) -> Iterator[str]:
    blocks = [
        _form(shown.said) if shown.said else _table(),
        _own_studies(shown),
        _other_studies(shown),
        _curve(shown.bands),
        limit_lines("Limits", limits()),
        caution_lines([_ELEMENT]),
        source_lines(_references(shown)),
    ]
    for index, block in enumerate(filter(None, map(list, blocks))):
        yield from ("", *block) if index else block


def _table() -> Iterator[str]:
    yield f"Magnesium absorbed, by form: the range that may be printed, {_SITTING}"
    rows = [("form", "range", "grade")]
    rows += [(said.name, said.words, said.grade) for _, said in overview()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield _cells(rows[0], widths)
    for row, (grading, _) in zip(rows[1:], overview(), strict=True):
        yield _cells(row, widths)
        yield from wrapped(", ".join(map(_short, grading.families)), indent="      ")


def _short(family: str) -> str:
    """A family's name without the element, as a list under a table wants it."""
    name = catalogue.families()[family].name
    short = name.removeprefix("Magnesium ").replace("Basic magnesium", "basic")
    return short if short != name else f"{name[:1].lower()}{name[1:]}"


def _cells(row: Row, widths: list[int]) -> str:
    cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
    return f"  {'  '.join(cells)}".rstrip()


def _form(said: Graded) -> Iterator[str]:
    yield said.name
    scope = f", {_SITTING}" if said.range else ""
    yield f"  range  {said.words}{scope}"
    yield f"  grade  {said.grade}"
    yield from _labelled("why", said.why, said.verified, indent="  ")


def _own_studies(shown: Shown) -> Iterator[str]:
    own = [study for study in shown.studies if _is_of(shown, study)]
    if own:
        yield "Studies of this form"
    for study in own:
        yield from _study(study)


def _other_studies(shown: Shown) -> Iterator[str]:
    others = [study for study in shown.studies if not _is_of(shown, study)]
    if others:
        family = shown.form.family if shown.form else None
        yield "Studies of other forms that the range rests on" if family else "Studies"
    for study in others:
        yield from _study(study)


def _is_of(shown: Shown, study: Study) -> bool:
    return shown.form is not None and shown.form.family in study.forms


def _study(study: Study) -> Iterator[str]:
    animals = "" if study.human else " (not in people)"
    unread = "" if study.verified else ", unverified"
    yield f"  {', '.join(study.sources)}{unread}{animals}"
    subjects = f"{number(study.subjects)} " if study.subjects else ""
    for label, text in (
        ("given", study.material), ("dose", study.dose), ("method", study.method),
        ("in", f"{subjects}{study.population}"), ("result", study.result),
        ("note", study.caveat), ("sponsor", study.sponsor),
    ):  # fmt: skip
        yield from _labelled(label, text, True) if text else ()


def _labelled(label: str, text: str, verified: bool, *, indent: str = "    ") -> list[str]:
    head = f"{indent}{label.ljust(7 if len(indent) > 2 else 5)}  "
    return textwrap.wrap(
        text + unread(verified), WIDTH, initial_indent=head, subsequent_indent=" " * len(head)
    )


def _curve(bands: tuple[Band, ...]) -> Iterator[str]:
    if not bands:
        return
    of = curve()
    yield "By the dose in one sitting, beside the forms and not multiplied with them"
    header = ("dose", "curve", "band of the fraction", "band absorbed", "grade")
    rows = [header, *map(_band, bands)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield from (_cells(row, widths) for row in rows)
    yield from wrapped(f"Confidence: {of.confidence}. {of.scope}")
    yield from wrapped(of.text)
    yield from wrapped(f"{of.band}{unread(of.verified)}")


def _band(band: Band) -> Row:
    about = f"about {percent(band.curve_fraction, decimals=0)}"
    absorbed_mg = Interval(floor(band.absorbed_mg.low), ceil(band.absorbed_mg.high))
    return mg(band.dose_mg), about, str(band.range), bounds_mass(absorbed_mg), band.grade


def _references(shown: Shown, *, whole: bool = False) -> tuple[Reference, ...]:
    """Every document that the output cites, once; `whole` where it holds every study."""
    said = [shown.said] if shown.said else [graded for _, graded in overview()]
    keys = [key for each in said for key in each.references]
    listed = shown.studies if shown.form or not whole else all_studies().values()
    keys += [key for study in listed for key in study.sources]
    keys += list(curve().sources) if shown.bands else []
    keys += [key for limit in limits() for key in limit.sources]
    return tuple(catalogue.references()[key] for key in dict.fromkeys(keys))


def _forms_json(shown: Shown) -> Iterator[Json]:
    if shown.form and shown.said:
        families = [shown.form.family] if shown.form.family else list(shown.form.grading.families)
        yield _form_json(shown.form.grading.id, families, shown.said)
        return
    for grading, said in overview():
        yield _form_json(grading.id, list(grading.families), said)


def _form_json(grading: str, families: list[str], said: Graded) -> Json:
    return {
        "grading": grading,
        "name": said.name,
        "families": families,
        "range_percent": list(map(_figure, said.range.ends_percent)) if said.range else None,
        "grade": said.grade,
        "words": said.words,
        "why": said.why,
        "references": list(said.references),
        "verified": said.verified,
    }


def _studies_json(shown: Shown) -> Iterator[Json]:
    every = shown.studies if shown.form else all_studies().values()
    for study in every:
        yield asdict(study)


def _curve_json(bands: tuple[Band, ...]) -> Json:
    of = curve()
    return {
        "confidence": of.confidence,
        "scope": of.scope,
        "text": of.text,
        "band": of.band,
        "references": list(of.sources),
        "verified": of.verified,
        "doses": [
            {
                "dose_mg": _figure(band.dose_mg),
                "grade": band.grade,
                "curve_fraction": _figure(band.curve_fraction),
                "fraction": [_figure(band.fraction.low), _figure(band.fraction.high)],
                "absorbed_mg": [_figure(band.absorbed_mg.low), _figure(band.absorbed_mg.high)],
            }
            for band in bands
        ],
    }


def _figure(value: float) -> float:
    """A figure to six significant digits."""
    return float(f"{value:.{_DIGITS}g}")
