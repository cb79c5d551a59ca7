"""Where every fact that the program prints comes from: tables, records, citations, editions.

The one place that enumerates the tables of `data/` and what else cites documents.
"""

from chelate.provenance.look_up import (
    citing,
    documents,
    entries_of,
    find,
    is_table,
    named,
    near,
    table,
    unverified,
)
from chelate.provenance.records import NONE_FOUND, Entry, Kind, Table
from chelate.provenance.tables import data_files, tables

__all__ = [
    "NONE_FOUND",
    "Entry",
    "Kind",
    "Table",
    "citing",
    "data_files",
    "documents",
    "entries_of",
    "find",
    "is_table",
    "named",
    "near",
    "table",
    "tables",
    "unverified",
]
