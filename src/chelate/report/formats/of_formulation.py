"""The report on a formulation in formats besides the page: Markdown, JSON, CSV."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from chelate.formulate import Delivery, delivered
from chelate.models.formulation import Formulation
from chelate.report.document import written
from chelate.report.formats import Format, pieces
from chelate.report.formats.csv_text import Value, csv_of, ends
from chelate.report.formats.markdown import escaped
from chelate.report.inputs import InputFile
from chelate.report.made import Page, formulation_page
from chelate.report.made.claims import ClaimCard
from chelate.report.made.data import formulation_data
from chelate.stoichiometry import Held

HEADER = ("file", "product", "id", "name", "moment", "serving_mg", "serving_least_mg",
          "serving_most_mg", "servings_per_day")  # fmt: skip
_OF = "the formulation alone"


def formulation_text(
    form: Format,
    formulation: Formulation,
    *,
    file: str,
    title: str | None = None,
    sections: Collection[str] = (),
    inputs: Sequence[InputFile] = (),
) -> str:
    """The report on a formulation as text in a format; `sections` are of the Markdown alone.

    Raises:
        EntryError: an entry cannot be used; its path is in the error.
        InputError: a section is none of the page's, or the title is empty.
    """
    delivery = delivered(formulation)
    page = formulation_page(delivery, file=file, title=title, sections=sections, inputs=inputs)
    match form:
        case "md":
            return pieces.joined(_blocks(page))
        case "json":
            data = formulation_data(delivery, file=file, title=page.title, inputs=inputs)
            return written(data | pieces.foot_json(page.foot))
        case "csv":
            return csv_of(HEADER, _rows(delivery, file))


def _rows(delivery: Delivery, file: str) -> Iterator[Sequence[Value]]:
    """What a serving delivers at manufacture, and at the end of the shelf life if less."""
    for held in delivery.moieties:
        yield _row(held, "at manufacture", delivery, file)
    for held in delivery.at_end if delivery.loses else ():
        yield _row(held, "at the end of the shelf life", delivery, file)


def _row(held: Held, moment: str, delivery: Delivery, file: str) -> Sequence[Value]:
    made = delivery.formulation
    masses = (float(f"{held.mg:.6g}"), *ends(held.range_mg))
    return (file, made.product, held.id, held.name, moment, *masses, made.servings_per_day)


def _blocks(page: Page) -> Iterator[str]:
    yield f"# {escaped(page.title)}"
    facts = [
        ("Product", page.product),
        ("Brand", page.brand),
        *page.facts,
        ("Read from", page.file),
    ]
    yield pieces.bullets(f"{name}: {words}" for name, words in facts if words)
    if "glance" in page.sections:
        yield pieces.bullets(_glance(page))
    if "weighed" in page.sections:
        yield from _weighed(page)
    if "day" in page.sections:
        yield from _day(page)
    if "claims" in page.sections and page.claims:
        yield "## Against the claims"
        yield "\n".join(line for claim in page.claims for line in _claim(claim))
    if "capsule" in page.sections:
        yield from _capsule(page)
    if "cost" in page.sections and page.cost:
        yield from ("## Cost", pieces.table(page.cost.grid), pieces.bullets(page.cost.remarks))
    if "panel" in page.sections:
        yield from _panel(page)
    if "working" in page.sections:
        yield from ("## Working", *pieces.worked(page.working))
    with_references = "references" in page.sections
    yield from pieces.ending(page.foot, page.inputs, of=_OF, with_references=with_references)


def _glance(page: Page) -> Iterator[str]:
    for claim in page.claims:
        for moment in claim.moments:
            when = f" {moment.when}" if moment.when else ""
            yield f"Claim of {claim.claimed} {claim.name}{when}: {moment.outcome}"
    if page.capsule:
        yield f"Capsule: {page.capsule.outcome}"
    if page.panel.checked:
        yield f"The panel, checked as a label: {page.panel.checked.words}"
    if page.cost:
        yield f"Materials of a serving: {page.cost.least}{page.cost.per_serving}"


def _weighed(page: Page) -> Iterator[str]:
    yield "## Weighed and delivered"
    yield pieces.table(page.weighed)
    yield pieces.bullets(page.on_weighing)
    yield pieces.table(page.delivered) or "Nothing that is counted is delivered."
    yield pieces.table(page.at_end)
    yield pieces.bullets((*page.on_losses, *page.remarks))


def _day(page: Page) -> Iterator[str]:
    if page.of_a_day:
        yield "## A day of it, beside reference values and upper levels"
    for each in page.of_a_day:
        yield f"### {escaped(f'{pieces.ranged(each.day, each.range)} {each.name} a day')}"
        yield pieces.levels(each.levels)


def _claim(claim: ClaimCard) -> Iterator[str]:
    for moment in claim.moments:
        yield f"- {pieces.outcome(moment.outcome, moment.sentence)}"


def _capsule(page: Page) -> Iterator[str]:
    if page.capsule:
        yield "## Capsule"
        yield pieces.outcome(page.capsule.outcome, page.capsule.described)
        yield pieces.bullets(f"{name}: {words}" for name, words in page.capsule.rows)
        yield pieces.bullets(page.capsule.remarks)
    elif page.no_capsule:
        yield from ("## Capsule", escaped(page.no_capsule))


def _panel(page: Page) -> Iterator[str]:
    yield "## Panel, and its check"
    if page.panel.missing:
        yield escaped(f"No panel can be laid out: {page.panel.missing}")
    if checked := page.panel.checked:
        yield pieces.outcome(checked.words, checked.sentence)
        yield pieces.bullets(
            f"{found.severity.value} {found.code}: {found.message}" for found in checked.findings
        )
    yield pieces.bullets(page.panel.notes)
