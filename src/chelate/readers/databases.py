"""One JSON document of any database, told by what is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from chelate.files import Document
from chelate.findings import InputError
from chelate.models import Label
from chelate.readers import dsld, lnhpd, openfoodfacts


def labels_of(
    document: Document, other: Callable[[Document], Label]
) -> Iterator[Label | InputError]:
    """The labels of a document: of a database that is known, or of what `other` makes of it."""
    for reader in (dsld, lnhpd, openfoodfacts):
        if reader.recognise(document.data):
            yield from reader.labels(document)
            return
    try:
        yield other(document)
    except InputError as error:
        yield error
