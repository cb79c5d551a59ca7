"""`chelate evidence`: what the words on labels and in articles are worth."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from chelate.catalogue import Reference
    from chelate.evidence import Evidence

_WIDTH = 88
_INDENT = " " * 20


@click.command()
@click.argument("words", metavar="[ID|SEARCH]...", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(words: tuple[str, ...], form: str) -> None:
    """Show what claims are worth: the verdict, the reason, figures and references.

    Without words, every claim of the register with its verdict. With an id (A19), or
    several, the whole of each. With other words, the claims in which all of them stand,
    or where there are none, those in which the most of them do; a word is found by its
    beginning, in any case.
    """
    from chelate.evidence import nearest, register, search

    ids, said = _ids(words), " ".join(words)
    found = _named(ids) if ids else search(said) if words else tuple(register().values())
    nearly = () if found else nearest(said)
    if form == "json":
        click.echo(_as_json(found, nearly))
    elif ids:
        click.echo("\n".join(_pages(found)))
    elif found or nearly:
        click.echo("\n".join((*_head(said, nearly), *_list(found or nearly))))
    else:
        click.echo(_nothing(said))


def _ids(words: Sequence[str]) -> tuple[str, ...]:
    """The words where every one of them is an id, or all together are one: "A 19"."""
    from chelate.evidence import is_id

    whole = " ".join(words)
    if is_id(whole):
        return (whole,)
    return tuple(words) if all(map(is_id, words)) else ()


def _named(ids: Iterable[str]) -> tuple[Evidence, ...]:
    from chelate.evidence import claim

    return tuple(dict.fromkeys(map(claim, ids)))


def _head(words: str, nearly: Sequence[Evidence]) -> Iterator[str]:
    if nearly:
        yield f'no claim holds every word of "{words}"; those that hold the most:'


def _nothing(words: str) -> str:
    from chelate.evidence import near

    nearest = ", ".join(near(words))
    hint = f"; near to it: {nearest}" if nearest else ""
    return f'nothing in the register matches "{words}"{hint}\n`chelate evidence` lists all claims.'


def _list(found: Sequence[Evidence]) -> Iterator[str]:
    from chelate.evidence import ORIGINS, VERDICTS

    for record in found:
        lines = textwrap.wrap(record.said, _WIDTH - len(_INDENT))
        yield f"  {record.id:<4}  {record.verdict:<12}{lines[0]}"
        yield from (_INDENT + line for line in lines[1:])
    yield from ("", click.style("Verdicts", bold=True))
    yield from (f"  {verdict:<12}{meaning}" for verdict, meaning in VERDICTS.items())
    yield from ("", click.style("Where a claim was met", bold=True))
    met = {record.id[0] for record in found}
    yield from (f"  {letter:<12}{origin}" for letter, origin in ORIGINS.items() if letter in met)
    yield from ("", *_foot(found))


def _pages(found: Sequence[Evidence]) -> Iterator[str]:
    for record in found:
        yield from _page(record)
        yield ""
    yield from _foot(found)


def _page(record: Evidence) -> Iterator[str]:
    from chelate.cli.printing.citations import citation_lines, wrapped
    from chelate.evidence import VERDICTS

    yield click.style(f"{record.id}  {record.verdict}", bold=True)
    yield f"{record.verdict}: {VERDICTS[record.verdict]}"
    yield from ("", click.style("Claim", bold=True), *wrapped(record.said))
    yield f"  met in {record.origin}"
    yield from ("", click.style("Reason", bold=True), *wrapped(record.reason))
    if record.figures:
        yield from ("", click.style("Figures", bold=True))
        yield from (line for text in record.figures for line in wrapped(text))
    yield from ("", click.style("References", bold=True))
    yield from (line for cited in record.cited for line in citation_lines(*cited))
    if not record.cited:
        yield "  none found"
    yield from ("", *wrapped(f"Concerns {', '.join(record.concerns)}"))


def _foot(found: Sequence[Evidence]) -> Iterator[str]:
    from chelate.evidence import NOTE

    dates = sorted({record.reviewed for record in found})
    reviewed = " to ".join(dict.fromkeys((dates[0], dates[-1])))
    yield from textwrap.wrap(f"{NOTE} Reviewed {reviewed}.", _WIDTH)


def _as_json(found: Iterable[Evidence], nearly: Iterable[Evidence]) -> str:
    import json

    from chelate.evidence import NOTE, VERDICTS

    said = {
        "version": 1,
        "evidence": [_record_json(record) for record in found],
        "nearest": [record.id for record in nearly],
        "verdicts": dict(VERDICTS),
        "note": NOTE,
    }
    return json.dumps(said, indent=2, ensure_ascii=False)


def _record_json(record: Evidence) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        **asdict(record),
        "origin": record.origin,
        "references": [_reference_json(*cited) for cited in record.cited],
        "verified_by": list(record.verified_by),
    }


def _reference_json(reference: Reference, how: str) -> dict[str, Any]:
    return {
        "id": reference.id,
        "text": reference.text,
        "doi": reference.doi,
        "url": reference.url,
        "verified": reference.verified,
        "verified_by": how,
    }
