"""Label files of every format that can be read, told apart by what is in them."""

from __future__ import annotations

import re
from pathlib import Path

from chelate import files
from chelate.files import Document
from chelate.findings import InputError, Place
from chelate.models import Label
from chelate.readers import dsld

EXPECTED = (
    "expected a label in the project's YAML (product: …, facts: …) "
    "or a DSLD record (fullName, ingredientRows …)"
)

_KEYS = "|".join(Label.model_fields)
_OWN_KEY = re.compile(rf"^[ \t]*[\"']?({_KEYS})[\"']?[ \t]*:(\s|$)", re.MULTILINE)
_BEGINS_LIKE_DATA = re.compile(r"\s*[\[{]")


def read_labels(path: str | Path) -> list[Label]:
    """The labels in a file of any readable format, in the order in which they stand there.

    Raises:
        InputError: the file cannot be read, or is of a format that cannot.
    """
    return [load_label(path)]


def load_label(path: str | Path) -> Label:
    """The one label in a file of any readable format; the name of the file does not matter.

    Raises:
        InputError: the file cannot be read, or is of a format that cannot.
    """
    return label_from_text(files.read_text(path), file=str(path))


def label_from_text(text: str, *, file: str) -> Label:
    r"""The one label in a text; `file` names it in messages.

    >>> label_from_text("product: Plain\nfacts: [{name: Zinc, amount: 15 mg}]", file="a.yaml")
    Label('Plain', 1 row)
    """
    if not _BEGINS_LIKE_DATA.match(text) and not _OWN_KEY.search(text):
        raise _not_data(text, file)
    document = files.parse(text, file=file)
    if dsld.is_record(document.data):
        return dsld.label_from(document)
    if not _is_own(document.data):
        raise document.error(f"{_kind(document)}; {EXPECTED}")
    return files.label_from(document)


def _is_own(data: object) -> bool:
    if not isinstance(data, dict) or data.keys().isdisjoint(Label.model_fields):
        return False
    if "facts" in data:
        return True
    return "inputs" not in data and not isinstance(data.get("product"), dict)


def _kind(document: Document) -> str:
    data = document.data
    if isinstance(data, list):
        return "this is a list"
    if not isinstance(data, dict):
        return f"this is one value, {files.shown(data)}"
    if "inputs" in data:
        return "this is a formulation"
    if "hits" in data:
        return "this is an answer to a DSLD search, which has no rows"
    keys = [str(key)[:40] for key in data]
    named = ", ".join(keys[:8]) + (" …" if len(keys) > 8 else "")
    return f"this is a document of another kind, with the keys {named}" if keys else "it is empty"


def _not_data(text: str, file: str) -> InputError:
    lines = [line.strip() for line in text.splitlines()]
    first = next((line for line in lines if line and not line.startswith("#")), None)
    if first is None:
        return InputError(f"the file holds nothing but comments; {EXPECTED}", file=file)
    found = f"this format cannot be read yet: it begins with {files.shown(first)}"
    return InputError(f"{found}; {EXPECTED}", file=file, place=Place(1, 1))
