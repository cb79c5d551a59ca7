"""The output of `chelate stack` for programs."""

from __future__ import annotations

import json

from chelate.cli.printing.footer import footer_json
from chelate.formulate.day import Day
from chelate.formulate.machine.day import day_json
from chelate.formulate.words.day import references, shown


def json_of(day: Day) -> str:
    """The day as a JSON document, version 1; masses are in mg, fractions 0-1."""
    ids = shown(day)
    foot = footer_json(ids, references=references(day), cautions=ids)
    return json.dumps({"version": 1} | day_json(day) | foot, indent=2, ensure_ascii=False)
