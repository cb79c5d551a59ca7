"""What is the project's own, or written by hand: YAML and JSON of our shape, and panel text."""

from __future__ import annotations

import re

from chelate import files
from chelate.files import Document
from chelate.findings import InputError, Place
from chelate.models import Label

EXPECTED = (
    "expected a label: the project's YAML or JSON (product: …, facts: …), the text of a panel, "
    "a DSLD, LNHPD or Open Food Facts record, or a table with one product a row"
)

_SEE = {
    "formulation": " (chelate yield tells what it delivers, chelate panel lays out its label)",
    "design": " (chelate design finds its formulation)",
    "stack": " (chelate stack adds up its day)",
}
_KEYS = "|".join(Label.model_fields)
_KEY = r"^(?:- )?[\"']?(?:{})[\"']?[ \t]*:(?=\s|$)"
_OWN_KEY = re.compile(_KEY.format(_KEYS), re.MULTILINE)
_SURE_KEY = re.compile(_KEY.format("facts|inputs|[a-z]+_[a-z_]+"), re.MULTILINE)
_FLOW = re.compile(rf"\s*\{{\s*(?:{_KEYS}|inputs)\s*:")
_BEGINS_LIKE_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*(?:[\[{"\]]|-?\d[\d.]*\s*[,\]]|$))')
_OTHER_LINE = re.compile(r"^(?![\s#-]|[\w\"' -]+:(?:\s|$)|\.\.\.|%YAML).", re.MULTILINE)


def begins_like_json(text: str) -> bool:
    """Whether a text begins like a JSON object or list, and not like a panel in brackets."""
    return bool(_BEGINS_LIKE_JSON.match(text))


def recognise(text: str) -> bool:
    """Whether a text is meant as the project's YAML, broken though it may be.

    It has a key that no panel prints, two of the label's keys, or one and nothing beside
    lines that are YAML.
    """
    if _FLOW.match(text) or _SURE_KEY.search(text):
        return True
    found = len({match[0] for match in _OWN_KEY.finditer(text)})
    return found > 1 or (found == 1 and not _OTHER_LINE.search(text))


def label(document: Document) -> Label:
    """The label in a document of the project's own shape.

    Raises:
        InputError: it is a document of another kind, or not well formed.
    """
    if files.kind_of(document) not in ("label", None) or not _is_label(document.data):
        raise document.error(f"{_kind(document)}; {EXPECTED}")
    return files.label_from(document)


def panel_label(text: str, *, file: str) -> Label:
    """The label in the text of a panel.

    Raises:
        InputError: nothing in the text is a row of a panel.
    """
    from chelate.readers import panel

    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), None)
    if first is None:
        raise InputError(f"the file holds nothing but comments; {EXPECTED}", file=file)
    read = panel.label_from(text, file=file)
    if not read.facts:
        found = f"no row of a panel was found; the text begins with {files.shown(first)}"
        raise InputError(f"{found}; {EXPECTED}", file=file, place=Place(1, 1))
    return read


def _is_label(data: object) -> bool:
    if not isinstance(data, dict) or data.keys().isdisjoint(Label.model_fields):
        return False
    if "facts" in data:
        return True
    return "inputs" not in data and not isinstance(data.get("product"), dict)


def _kind(document: Document) -> str:
    data = document.data
    if isinstance(data, list):
        return "this is a list" if data else "this is an empty list"
    if not isinstance(data, dict):
        return f"this is one value, {files.shown(data)}"
    if kind := files.kind_of(document):
        return f"this is a {kind}{_SEE.get(kind, '')}"
    keys = [str(key)[:40] for key in data]
    named = ", ".join(keys[:8]) + (" …" if len(keys) > 8 else "")
    return f"this is a document of another kind, with the keys {named}" if keys else "it is empty"
