"""`chelate sources`: where every fact that the program prints comes from."""

from __future__ import annotations

import click


@click.command()
@click.argument("words", metavar="[TABLE|KEY|SEARCH]...", nargs=-1)
@click.option("--unverified", is_flag=True, help="Only what no cited text was read for.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(words: tuple[str, ...], unverified: bool, form: str) -> None:
    """Show the tables of the program, their records, and the documents that these cite.

    Without words, the tables: what each holds, how many records, how many unverified, its
    edition. With the name of a table, its records. With the key, the DOI or the address of a
    document (as outputs print them), that document and every record that cites it. With the
    id of a record, or with other words, the records that have it or in which all of them
    stand.

    \b
      chelate sources
      chelate sources grades --unverified
      chelate sources iom-1997
      chelate sources 10.1515/pac-2019-0603
      chelate sources "magnesium oxide"
    """  # noqa: D301 (click takes the backspace itself)
    from chelate.cli.printing.sources import Shown, sources_json, sources_text

    shown = Shown.of(" ".join(words), unverified=unverified)
    said = sources_json(shown) if form == "json" else "\n".join(sources_text(shown))
    click.echo(said)
