"""Panels as text: what a person copies from a shop page or types from a bottle.

A grammar in stages, each a function of the one before: the text is cut into lines
(`lines`), each line is put into its section (`headings`, `sections`), a line of the
panel becomes tokens (`tokens`), tokens become rows (`rows`, `nesting`), rows and the columns
over them become amounts (`columns`, `figures`), and all of it a label (`gathering`, `label`). Names
and figures stay as they are printed; what they mean is the work of `composition`.
"""

from __future__ import annotations

from chelate.findings import InputError
from chelate.models import Label, Origin
from chelate.readers.panel.gathering import gathered
from chelate.readers.panel.headings import opens_panel
from chelate.readers.panel.label import tree_of
from chelate.readers.panel.lines import MAX_LINE, lines_of
from chelate.readers.panel.sections import events_of
from chelate.readers.panel.tokens import amounts
from chelate.readers.panel.traits import language_of, market_of
from chelate.readers.panel.tree import locate, plain

LOOKED_AT = 400
MAX_LINES = 5_000
MAX_CHARACTERS = 400_000


def is_panel(text: str) -> bool:
    """Whether a text has what panels have: a heading of one, or an amount.

    >>> is_panel("Supplement Facts"), is_panel("Dear Sir or Madam,")
    (True, False)
    """
    for count, line in enumerate(lines_of(text)):
        if count > LOOKED_AT:
            return False
        if opens_panel(line.piece) or amounts().search(line.text[:MAX_LINE]):
            return True
    return False


def label_from(text: str, *, file: str) -> Label:
    r"""The label that a text prints; `file` names it in messages.

    Lines that are not understood are in the label's `unread`, as they are printed.

    >>> label = label_from("Plain Zinc\nSupplement Facts\nZinc (as zinc oxide)  15 mg  136%",
    ...                    file="zinc.txt")
    >>> label.facts[0].amount, label.origin.locate("facts[0].amount")
    ('15 mg', Place(line=3, column=23))

    Raises:
        InputError: the text is empty, or longer than any label.
    """
    if not text.strip():
        raise InputError("the text is empty", file=file)
    _bounded(text, file)
    found = gathered(events_of(text), file=file)
    language = language_of(text)
    market = market_of(text, language)
    tree = tree_of(found, market=market)
    told = {"market": market} if market else {}
    data = plain(tree) | told | {"language": language}
    origin = Origin(file, text, locate=lambda path: locate(tree, path, text), is_printed=True)
    return Label.model_validate(data).located(origin)


def _bounded(text: str, file: str) -> None:
    """Refuse a text that is no one label's; lines too long for a row do not count."""
    characters = 0
    for lines, line in enumerate(lines_of(text), 1):
        characters += len(line.text) if len(line.text) <= MAX_LINE else 0
        if lines > MAX_LINES or characters > MAX_CHARACTERS:
            limit = (
                f"expected at most {MAX_LINES:,} lines and {MAX_CHARACTERS:,} characters in them"
            )
            raise InputError(f"there is too much in the text for one label; {limit}", file=file)
