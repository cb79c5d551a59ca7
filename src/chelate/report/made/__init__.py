"""A formulation -> its own page: what is weighed and delivered, fits, costs, and may be printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chelate.catalogue.names import as_called
from chelate.figures import mass, mg, money, open_range
from chelate.formulate import Delivery, delivered
from chelate.formulate.cost import cost_of
from chelate.formulate.words.cost import cost_remarks, cost_rows
from chelate.formulate.words.weighing import (
    on_losses,
    on_weighing,
    references,
    shelf_life,
    weighed_rows,
)
from chelate.formulate.words.working import formulation_working
from chelate.limits import Key, beside
from chelate.models.formulation import Formulation
from chelate.report.inert import embedded
from chelate.report.inputs import InputFile
from chelate.report.made.bars import Level, levels
from chelate.report.made.capsule import CapsuleView, capsule_view
from chelate.report.made.claims import ClaimCard, claim_cards
from chelate.report.made.data import formulation_data
from chelate.report.made.foot import Foot, Grid, foot, grid
from chelate.report.made.panel import PanelView, panel_view
from chelate.report.opening import chosen, entitled
from chelate.report.pages import environment, landing, policy, styled
from chelate.stoichiometry.words import counted, moieties_rows, serving_remarks

if TYPE_CHECKING:
    from markupsafe import Markup

    from chelate.stoichiometry import ServingYield


SECTIONS = ("glance", "weighed", "day", "claims", "capsule", "cost", "panel", "working",
            "references")  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfADay:
    """What a day of the product gives of a nutrient, beside reference values and levels."""

    name: str
    day: str
    range: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class CostView:
    """The cost of a serving, and its table."""

    least: str
    per_serving: str
    grid: Grid
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page of a formulation, every text as it is shown; it has these `sections`."""

    title: str
    sections: frozenset[str]
    inputs: tuple[InputFile, ...]
    product: str
    brand: str
    facts: tuple[tuple[str, str], ...]
    file: str
    style: Markup
    policy: str
    data: Markup
    weighed: Grid
    on_weighing: tuple[str, ...]
    delivered: Grid | None
    at_end: Grid | None
    on_losses: tuple[str, ...]
    of_a_day: tuple[OfADay, ...]
    remarks: tuple[str, ...]
    claims: tuple[ClaimCard, ...]
    capsule: CapsuleView | None
    no_capsule: str
    cost: CostView | None
    panel: PanelView
    working: tuple[tuple[str, tuple[str, ...]], ...]
    foot: Foot


def formulation_html(
    formulation: Formulation,
    *,
    file: str,
    title: str | None = None,
    sections: Collection[str] = (),
    inputs: Sequence[InputFile] = (),
) -> str:
    """One self-contained page on a formulation: no network, no code, the same bytes always.

    `file` is the name that the page says it was read from, `sections` are those of `SECTIONS`
    that it has, all if none are named, `inputs` the files that its foot names with digests.

    Raises:
        EntryError: an entry cannot be used; its path is in the error.
        InputError: a section is none of them, or the title is empty.

    >>> made = Formulation(product="A & B", inputs=[
    ...     {"substance": "magnesium-oxide", "amount": "500 mg"}])
    >>> "301.5 mg" in formulation_html(made, file="a.yaml")
    True
    """
    page = formulation_page(
        delivered(formulation), file=file, title=title, sections=sections, inputs=inputs
    )
    return landing(environment().get_template("formulation.html.j2").render(page=page))


def formulation_page(
    delivery: Delivery,
    *,
    file: str,
    title: str | None = None,
    sections: Collection[str] = (),
    inputs: Sequence[InputFile] = (),
) -> Page:
    """What the page of a formulation says, as `formulation_html` and other formats show it."""
    from markupsafe import Markup

    made, serving = delivery.formulation, delivery.serving
    reference = "NRV" if made.market == "EU" else "DV"
    panel, title = panel_view(delivery), entitled(title, otherwise=made.product)
    style = styled(title, "made.css", "pack.css") + panel.style
    left = replace(serving, moieties=delivery.at_end)
    return Page(
        title=title,
        sections=chosen(sections, known=SECTIONS, of="a formulation"),
        inputs=tuple(inputs),
        product=made.product,
        brand=made.brand or "",
        facts=tuple(_facts(delivery)),
        file=file,
        style=Markup(style),
        policy=policy(style),
        data=Markup(
            embedded(formulation_data(delivery, file=file, title=title, inputs=inputs))
        ),
        weighed=grid(
            "weighed-table", "Materials as weighed", weighed_rows(delivery, called=as_called)
        ),
        on_weighing=tuple(on_weighing(delivery)),
        delivered=_moieties("delivered-table", "At manufacture",
                            serving if serving.moieties else None, reference),
        at_end=_moieties("at-end-table", f"At the end of the shelf life{shelf_life(delivery)}",
                         left if delivery.loses else None, reference),
        on_losses=tuple(on_losses(delivery)),
        of_a_day=tuple(_of_a_day(delivery)),
        remarks=tuple(dict.fromkeys(serving_remarks(serving))),
        claims=claim_cards(delivery),
        capsule=capsule_view(delivery),
        no_capsule=_no_capsule(delivery),
        cost=_cost(delivery),
        panel=panel,
        working=tuple(formulation_working(delivery)),
        foot=foot((held.id for held in delivery.moieties), _references(delivery, panel)),
    )  # fmt: skip


def _facts(delivery: Delivery) -> Iterator[tuple[str, str]]:
    made = delivery.formulation
    yield "Market", made.market
    if made.form:
        yield "Form", made.form
    count = counted(delivery.serving) or f" in 1 {made.unit}"
    yield "Serving", f"{mg(delivery.fill_mg)}{count}"
    if made.servings_per_container:
        yield "Servings per container", f"{made.servings_per_container:,}"
    if made.shelf_life:
        yield "Shelf life", made.shelf_life


def _moieties(
    anchor: str, caption: str, serving: ServingYield | None, reference: str
) -> Grid | None:
    rows = moieties_rows(serving, reference=reference) if serving else ()
    return grid(anchor, caption, rows) if rows else None


def _of_a_day(delivery: Delivery) -> Iterator[OfADay]:
    times = delivery.formulation.servings_per_day
    for held in delivery.moieties:
        day_mg, range_mg = held.mg * times, held.range_mg.scaled(times)
        if known := beside(held.id, day_mg):
            shown = levels(day_mg, range_mg, known)
            yield OfADay(held.name, mass(day_mg, held.unit), open_range(range_mg, held.unit), shown)


def _no_capsule(delivery: Delivery) -> str:
    """Why the fill is not held against a capsule, where one could be expected."""
    made = delivery.formulation
    if made.form == "capsule" and made.capsule_size is None:
        return "No capsule size is stated: the fill is not held against one."
    if made.capsule_size is not None and made.form not in (None, "capsule"):
        said = f"The form is {made.form}: the fill is not held against capsule size"
        return f"{said} {made.capsule_size}."
    return ""


def _cost(delivery: Delivery) -> CostView | None:
    cost = cost_of(delivery)
    if cost is None:
        return None
    rows = [("", "cost", "over the range"), *cost_rows(cost, delivery)]
    return CostView(
        "at least " if cost.missing else "",
        money(cost.per_serving, cost.currency),
        grid("cost-table", "Cost of the materials as weighed", rows),
        tuple(cost_remarks(cost)),
    )


def _references(delivery: Delivery, panel: PanelView) -> Iterator[Key]:
    for each in delivery.ingredients:
        yield from (("Composition", key) for key in each.taken.sources if not each.taken.parts)
    yield from references(delivery)
    yield from (("Law of the panel", key) for key in panel.sources)
