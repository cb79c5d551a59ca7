"""What stands beside the facts in the DSLD export, kept on the disk until its label comes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from chelate.findings import InputError
from chelate.readers.csv_lines import Line
from chelate.readers.dsld import FORMS, LANGUAGE, MARKET, statement_text

_LANGUAL = re.compile(r"\[(E\d{4})\]")
_KEPT = {
    "overview": ("Product Name", "Brand Name", "Supplement Form [LanguaL]", "Serving Size"),
    "others": ("Other Ingredients",),
    "statements": ("Statement Type", "Statement"),
}
_TABLE = "CREATE TABLE kept (id TEXT, kind TEXT, file TEXT, a TEXT, b TEXT, c TEXT, d TEXT)"


@dataclass(frozen=True, slots=True)
class Extra:
    """What the other tables have of one label, as printed; empty where they have nothing."""

    product: str = ""
    brand: str = ""
    form: str = ""
    serving: str = ""
    other_ingredients: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()

    def fields(self, identifier: str) -> dict[str, Any]:
        """The fields of a label that has no more than this."""
        given = {
            "product": self.product or f"DSLD record {identifier}",
            "brand": self.brand or None,
            "market": MARKET,
            "language": LANGUAGE,
            "form": self.form or None,
            "serving": {"size": self.serving or None},
        }
        listed = {"other_ingredients": self.other_ingredients, "statements": self.statements}
        return given | listed


class Beside:
    """The rows of the overview, the other ingredients and the statements, by DSLD ID."""

    KINDS = tuple(_KEPT)

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @classmethod
    @contextmanager
    def opened(cls) -> Iterator[Beside]:
        """An empty store in a temporary file, which is gone afterwards."""
        database = sqlite3.connect("")
        try:
            database.execute(_TABLE)
            database.execute("CREATE INDEX by_id ON kept (id)")
            yield cls(database)
        finally:
            database.close()

    def keep(
        self, kind: str, file: str, lines: Iterable[Line | InputError]
    ) -> Iterator[InputError]:
        """Keep the rows of a table; those that are broken come back."""
        insert = "INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?, ?)"
        for line in lines:
            if isinstance(line, InputError):
                yield line
            else:
                texts = [line.get(column) for column in _KEPT[kind]]
                padded = (texts + [""] * 4)[:4]
                self._database.execute(insert, (line.get("DSLD ID"), kind, file, *padded))

    def of(self, identifier: str) -> Extra:
        """What is kept of one label."""
        select = "SELECT kind, a, b, c, d FROM kept WHERE id = ? ORDER BY rowid"
        rows = self._database.execute(select, (identifier,)).fetchall()
        own = {kind: rest for kind, *rest in reversed(rows)}
        product, brand, form, serving = own.get("overview", [""] * 4)
        return Extra(
            product, brand, _form(form), serving,
            tuple(text for kind, listed, *_ in rows if kind == "others" for text in _split(listed)),
            tuple(
                text for kind, type_, notes, *_ in rows
                if kind == "statements" and (text := statement_text(type_, notes))
            ),
        )  # fmt: skip

    def products(self) -> Iterator[tuple[str, str]]:
        """DSLD ID and file of every product of the overview."""
        select = "SELECT id, file FROM kept WHERE kind = 'overview' ORDER BY rowid"
        yield from self._database.execute(select)


def _form(text: str) -> str:
    """The dosage form in a cell such as "Capsule [E0159]"."""
    code = _LANGUAL.search(text)
    known = FORMS.get(code[1]) if code else None
    return known or _LANGUAL.sub("", text).strip().lower()


def _split(listed: str) -> Iterator[str]:
    """The ingredients of one cell: semicolons stand between them, save inside brackets."""
    start = depth = 0
    for at, char in enumerate(f"{listed};"):
        depth = max(0, depth + (char in "([{") - (char in ")]}"))
        if char == ";" and (depth == 0 or at == len(listed)):
            if text := listed[start:at].strip():
                yield text
            start = at + 1
