"""Labels and formulations as YAML in the project's own format, to be edited and read again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chelate.models import Label

if TYPE_CHECKING:
    from chelate.models.formulation import Formulation

HEAD = (
    "A label for chelate, as printed. `chelate schema label > label.schema.json` writes the",
    "schema that an editor completes and checks the keys by.",
    "yaml-language-server: $schema=label.schema.json",
)
FORMULATION_HEAD = (
    "A formulation for chelate. `chelate schema formulation > formulation.schema.json` writes the",
    "schema that an editor completes and checks the keys by.",
    "yaml-language-server: $schema=formulation.schema.json",
)

_PLAIN = re.compile(r"[^\W_](?:[^:#]|:(?! |$)|(?<! )#)*")
_NOTHING = frozenset({"null", "Null", "NULL"})
_LIKE_A_NUMBER = re.compile(r"[0-9][0-9_.:eExo+-]*")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

Remarks = Mapping[str, Sequence[str]]


def label_yaml(label: Label, *, remarks: Remarks | None = None, head: Iterable[str] = ()) -> str:
    r"""A label as YAML; reading it gives the same label.

    `remarks` become comments before what they are about, by its path in the label; `head`
    are comments at the beginning.

    >>> plain = Label(product="Plain: Zinc", market="US", facts=[{"name": "Zinc"}])
    >>> print(label_yaml(plain).split("\n", 3)[3])
    product: "Plain: Zinc"
    market: US
    facts:
      - name: Zinc
    <BLANKLINE>
    """
    return _document(label, remarks or {}, (*HEAD, *head))


def formulation_yaml(formulation: Formulation, *, head: Iterable[str] = ()) -> str:
    r"""A formulation as YAML; reading it gives the same formulation.

    >>> from chelate.models.formulation import Formulation
    >>> plain = Formulation(product="Plain", inputs=[{"substance": "glycine", "amount": "1 g"}])
    >>> print(formulation_yaml(plain, head=["One gram a day."]).split("\n", 3)[3])
    # One gram a day.
    product: Plain
    market: US
    inputs:
      - substance: glycine
        amount: 1 g
    <BLANKLINE>
    """
    return _document(formulation, {}, (*FORMULATION_HEAD, *head))


def _document(model: Label | Formulation, remarks: Remarks, head: Iterable[str]) -> str:
    """Comments, then product, brand and market, then what is not as it would be anyway."""
    data = model.model_dump(mode="json", exclude_defaults=True)
    shown = {"product": model.product}
    shown |= {key: data[key] for key in ("brand",) if key in data}
    shown |= _market(model) | data
    comments = [f"# {comment_text(text)}" for text in head]
    return "\n".join([*comments, *_members(shown, "", remarks)]) + "\n"


def _market(model: Label | Formulation) -> dict[str, str]:
    """The market, unless it is that of a label that does not tell it."""
    told = not isinstance(model, Label) or "market" in model.model_fields_set
    return {"market": model.market} if told else {}


def scalar(text: str) -> str:
    r"""A text as a YAML scalar, in quotes where it would be read as something else.

    >>> scalar("200 mg"), scalar("as: oxide"), scalar("00"), scalar("a\u202eb")
    ('200 mg', '"as: oxide"', '"00"', '"a\\u202eb"')
    """
    is_plain = _PLAIN.fullmatch(text) and text.isprintable() and text not in _NOTHING
    if is_plain and not _LIKE_A_NUMBER.fullmatch(text):
        return text if text == text.strip() else _quoted(text)
    return _quoted(text)


def comment_text(text: str) -> str:
    """A text on one line, nothing in it that would end a comment or drive a terminal."""
    return "".join(c if c.isprintable() else " " if c.isspace() else _escape(c) for c in text)


def _quoted(text: str) -> str:
    return f'"{"".join(map(_escape, text))}"'


def _escape(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _members(data: Mapping[str, Any], path: str, remarks: Remarks) -> Iterator[str]:
    for key, value in data.items():
        at = f"{path}.{key}" if path else key
        yield from (f"# {comment_text(remark)}" for remark in remarks.get(at, ()))
        yield from _value(key, value, at, remarks)


def _value(key: str, value: Any, path: str, remarks: Remarks) -> Iterator[str]:
    key = scalar(key)
    if isinstance(value, dict):
        yield f"{key}:"
        yield from _indented(_members(value, path, remarks))
    elif isinstance(value, list):
        yield f"{key}:"
        for index, item in enumerate(value):
            yield from _indented(_item(item, f"{path}[{index}]", remarks))
    else:
        yield f"{key}: {_written(value)}"


def _item(item: Any, path: str, remarks: Remarks) -> Iterator[str]:
    yield from (f"# {comment_text(remark)}" for remark in remarks.get(path, ()))
    if not isinstance(item, dict):
        yield f"- {_written(item)}"
        return
    first = True
    for line in _members(item, path, remarks):
        if first and not line.startswith("#"):
            first = False
            yield f"- {line}"
        else:
            yield line if first else f"  {line}"


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else scalar(str(value))


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)
