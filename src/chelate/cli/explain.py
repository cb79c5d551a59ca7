"""`chelate explain` and `chelate rules`: what the rules say of themselves."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from chelate.rules import Rule

_WIDTH = 88


@click.command()
@click.argument("code", metavar="CODE")
def explain(code: str) -> None:
    """Explain a rule: what it finds, why, a label that fails, one that passes, the remedy.

    CODE is a code (BF101) or the name that stands beside it (buffered-chelate).
    """
    click.echo("\n".join(_page(_rule_named(code))))


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def rules(form: str) -> None:
    """List the rules, family by family."""
    click.echo(_as_json() if form == "json" else "\n".join(_listed()))


def _rule_named(text: str) -> Rule:
    """The rule of a code or a name, in any case.

    Raises:
        InputError: there is no such rule; the nearest are named.
    """
    from chelate.findings import InputError
    from chelate.rules import RULES

    wanted = text.strip().casefold()
    for rule in RULES:
        if wanted in (rule.code.casefold(), rule.name.casefold()):
            return rule
    near = " or ".join(_nearest(wanted))
    expected = f", such as {near}" if near else "; `chelate rules` lists them"
    raise InputError(f"there is no rule {text!r}; expected a code or a name{expected}")


def _nearest(wanted: str) -> list[str]:
    from difflib import get_close_matches

    from chelate.rules import RULES

    known = {key.casefold(): key for rule in RULES for key in (rule.code, rule.name)}
    return [known[key] for key in get_close_matches(wanted, known, n=3, cutoff=0.5)]


def _page(rule: Rule) -> Iterator[str]:
    from chelate.rules import FAMILIES

    about = rule.sections
    yield click.style(f"{rule.code} {rule.name}", bold=True)
    yield f"{FAMILIES[rule.code[:2]]}; severity {rule.severity}, certainty {rule.certainty}"
    yield from ("", *textwrap.wrap(about["Title"], _WIDTH))
    for paragraph in about["Why"].split("\n\n"):
        yield from ("", *textwrap.wrap(paragraph, _WIDTH))
    for name, title in (("Fails", "A label that fails"), ("Passes", "A label that passes")):
        yield from ("", click.style(title, bold=True), textwrap.indent(about[name], "  "))
    yield from ("", click.style("Remedy", bold=True))
    yield from textwrap.wrap(about["Remedy"], _WIDTH, initial_indent="  ", subsequent_indent="  ")
    yield from ("", click.style("References", bold=True))
    if not rule.references:
        yield "  Each claim of the register has its own: `chelate evidence` shows them."
    for key in rule.references:
        yield from _citation(key)


def _citation(key: str) -> list[str]:
    from chelate import catalogue

    reference = catalogue.references()[key]
    where = f"doi:{reference.doi}" if reference.doi else reference.url
    read = "verified" if reference.verified else "unverified: its text was not read for this"
    cited = " ".join(filter(None, (reference.text, where, f"({read})")))
    return textwrap.wrap(
        cited, _WIDTH, initial_indent="  ", subsequent_indent="    ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _listed() -> Iterator[str]:
    from chelate.rules import FAMILIES, RULES

    for index, (family, title) in enumerate(FAMILIES.items()):
        yield from ("",) * bool(index)
        yield click.style(f"{family}  {title}", bold=True)
        for rule in RULES:
            if rule.code.startswith(family):
                yield f"  {rule.code}  {rule.severity:<7}  {rule.certainty:<6}  {rule.name}"


def _as_json() -> str:
    import json

    from chelate.rules import FAMILIES, RULES

    listed = [
        {
            "code": rule.code,
            "name": rule.name,
            "family": FAMILIES[rule.code[:2]],
            "severity": rule.severity.value,
            "certainty": rule.certainty.value,
            "title": rule.sections["Title"],
            "references": list(rule.references),
        }
        for rule in RULES
    ]
    return json.dumps({"version": 1, "rules": listed}, indent=2, ensure_ascii=False)
