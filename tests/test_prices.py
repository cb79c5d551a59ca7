"""The price of a container as sold: read, kept, compared per 100 mg of an element, and said."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from chelate.checker import CheckResult, check
from chelate.cli import main
from chelate.composition import compose
from chelate.findings import InputError
from chelate.models import Label
from chelate.readers import label_from_text, read_labels
from chelate.report import html
from chelate.report.cells import Row
from chelate.report.comparison import compared
from chelate.report.formats import text_of
from chelate.report.price_rows import Cost, per_hundred
from chelate.units import Money, read_money

PRICED = "Price per 100 mg magnesium"


def label(**changed: Any) -> Label:
    serving = {"size": "2 capsules", "per_container": "60"} | changed.pop("serving", {})
    row = {"name": "Magnesium (as magnesium citrate)", "amount": changed.pop("amount", "200 mg")}
    given = {"product": "Sample", "price": "24.99 USD", "serving": serving, "facts": [row]}
    return Label(**(given | changed))


def rows(*labels: Label) -> dict[str, Row]:
    """The rows on prices of a page with these labels, by name."""
    groups = compared([check(each) for each in labels])
    return {row.name: row for group in groups if group.name == "Price" for row in group.rows}


def said(row: Row) -> list[str]:
    return [cell.lines[0].figure for cell in row.cells]


@pytest.mark.parametrize(
    ("text", "decimal", "money"),
    [
        ("24.99 USD", ".", Money(24.99, "USD")),
        ("USD 24.99", ".", Money(24.99, "USD")),
        ("1,299 JPY", ".", Money(1299, "JPY")),
        ("1.299,50 EUR", ",", Money(1299.5, "EUR")),
        ("24.99 €", ".", Money(24.99, "EUR")),
        ("0 USD", ".", Money(0, "USD")),
    ],
)
def test_a_sum_of_money_is_read(text: str, decimal: Any, money: Money) -> None:
    assert read_money(text, decimal=decimal) == money


@pytest.mark.parametrize(
    "text", ["", "24.99", "$24.99", "24.99 usd", "24.99 US", "-1 USD", "USD", "24.99 USD/kg",
             "24,99 USD", "1.2.3 USD", "24.99 USD 3", "24.99 $"],
)  # fmt: skip
def test_what_is_no_sum_of_money_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="expected"):
        read_money(text)


def test_a_price_is_read_by_the_labels_mark_and_else_by_its_own() -> None:
    for price, language, amount in (
        ("24,99 EUR", "de", 24.99), ("24,99 EUR", None, 24.99), ("1,299 EUR", None, 1299),
        ("1.299 EUR", "de", 1299), ("24.99 EUR", "de", 24.99),
    ):  # fmt: skip
        found = compose(label(price=price, language=language))
        assert found.price == Money(amount, "EUR")


def test_a_price_without_its_currency_is_a_finding_and_nothing_is_computed_of_it() -> None:
    result = check(label(price="$24.99"))
    (finding,) = (f for f in result.findings if f.code == "IN107")
    assert (finding.path, finding.words) == ("price", "$24.99")
    assert "24.99 USD" in finding.message
    assert said(rows(label(price="$24.99"))[PRICED]) == ["price not readable"]


@pytest.mark.parametrize(
    ("printed", "least", "most"),
    [("60", 60, 60), ("About 30", 27, 33), ("30 servings", 30, 30), ("1,000", 1000, 1000),
     ("60 (30 days)", 60, 60), ("ca. 90 Portionen", 81, 99)],
)  # fmt: skip
def test_the_servings_of_a_container_are_a_count(printed: str, least: float, most: float) -> None:
    found = compose(label(serving={"per_container": printed})).serving.per_container
    assert found is not None
    assert (found.low, found.high) == pytest.approx((least, most))


@pytest.mark.parametrize("printed", ["varies", "30-60", "120 capsules", "0", "about", "½"])
def test_what_is_no_count_of_servings_is_none(printed: str) -> None:
    assert compose(label(serving={"per_container": printed})).serving.per_container is None


def test_the_price_of_100_mg_is_that_of_the_container_over_what_it_holds() -> None:
    # 24.99 USD / (60 x 200.5 mg) x 100 mg = 0.2077 USD; by 199.5 mg it is 0.2088 USD.
    (cell,) = rows(label())[PRICED].cells
    assert cell.range is not None
    assert (cell.range.low, cell.range.high) == pytest.approx((0.207731, 0.208772), abs=1e-6)
    assert cell.lines[0].figure == "0.208–0.209 USD"
    assert cell.lines[0].note == "24.99 USD for 60 servings"


@given(
    price=st.integers(1, 99_999),
    servings=st.integers(1, 500),
    tenths=st.integers(100, 9_999),
    times=st.integers(2, 9),
)
def test_as_many_times_the_servings_at_as_many_times_the_price_cost_the_same_per_100_mg(
    price: int, servings: int, tenths: int, times: int
) -> None:
    def per_100_mg(factor: int) -> tuple[float, float]:
        serving = {"per_container": str(servings * factor)}
        text = f"{price * factor / 100:.2f} USD"
        amount = f"{tenths / 10:.1f} mg"
        cost = per_hundred("magnesium", check(label(price=text, serving=serving, amount=amount)))
        assert isinstance(cost, Cost)
        as_printed = price / 100 / servings / (tenths / 10) * 100
        assert cost.range.low <= as_printed <= cost.range.high
        return cost.range.low, cost.range.high

    assert per_100_mg(1) == pytest.approx(per_100_mg(times))


def test_without_any_price_there_is_no_row() -> None:
    assert rows(label(price=None), label(price=None)) == {}


def test_a_cell_without_a_price_says_why() -> None:
    zinc = [{"name": "Zinc (as zinc picolinate)", "amount": "15 mg"}]
    found = rows(
        label(),
        label(price=None),
        label(serving={"per_container": None}),
        label(serving={"per_container": "varies"}),
        label(amount="1 60 mg"),
        label(facts=zinc, price="9.99 USD"),
    )
    assert said(found[PRICED])[1:] == [
        "no price given", "servings per container not printed",
        "servings per container not readable", "its amount is not readable", "not declared",
    ]  # fmt: skip
    assert said(found["Price per 100 mg zinc"])[-1] == "1.07–1.15 USD"


def test_a_day_is_priced_where_the_label_states_its_servings() -> None:
    found = rows(label(serving={"per_day": "1-2"}), label())
    assert said(found["Price per day"]) == ["0.833 USD", "servings a day not printed"]
    assert found["Price per day"].cells[0].lines[0].note.endswith("60 servings, 2 a day")
    assert "Price per day" not in rows(label())


def test_prices_that_lie_apart_in_one_currency_are_marked() -> None:
    row = rows(label(), label(price="49.99 USD"))[PRICED]
    assert row.differs
    assert [cell.standing for cell in row.cells] == ["below", "above"]


def test_prices_in_different_currencies_are_never_compared_or_marked() -> None:
    labels = [label(), label(price="49.99 EUR"), *[label(price="9.99 USD")] * 5]
    found = rows(*(each.model_copy() for each in labels))
    for row in found.values():
        assert not row.differs
        assert not [cell for cell in row.cells if cell.standing or cell.range]
        assert "several currencies" in row.hint
    assert said(found[PRICED])[1] == "0.416–0.418 EUR"


def results(*labels: Label) -> list[CheckResult]:
    return [check(each) for each in labels]


def test_every_format_of_the_report_has_the_price() -> None:
    checked = results(label(serving={"per_day": "2"}), label(price=None))
    assert PRICED in html(checked)
    table = text_of("md", checked, title="T")
    assert "| Price |" in table
    assert "0.208–0.209 USD per 100 mg magnesium" in table
    (first, second) = csv.DictReader(io.StringIO(text_of("csv", checked, title="T")))
    assert (first["price"], first["currency"]) == ("24.99", "USD")
    assert float(first["price_per_100_mg_least"]) == pytest.approx(0.207731)
    assert second["price"] == second["price_per_100_mg_most"] == ""
    (priced, without) = json.loads(text_of("json", checked, title="T"))["report"]["labels"]
    assert priced["price"]["per_100_mg"]["magnesium"] == pytest.approx([0.207731, 0.208772])
    assert priced["price"]["per_day"] == pytest.approx([0.833, 0.833])
    assert without["price"] is None


def test_without_a_price_no_format_speaks_of_one() -> None:
    checked = results(label(price=None))
    assert "Price" not in html(checked).partition("<main")[2]
    assert "Price" not in text_of("md", checked, title="T")


def test_micrograms_are_priced_by_100_micrograms() -> None:
    facts = [{"name": "Selenium (as L-selenomethionine)", "amount": "55 mcg"}]
    checked = label(facts=facts)
    # 24.99 USD / (60 x 55.5 mcg) x 100 mcg
    assert said(rows(checked)["Price per 100 µg selenium"]) == ["0.75–0.764 USD"]
    (row,) = csv.DictReader(io.StringIO(text_of("csv", results(checked), title="T")))
    assert float(row["price_per_100_mg_least"]) == pytest.approx(750.45, abs=0.01)


@pytest.mark.parametrize(
    ("header", "cell", "price"),
    [
        ("Price", "24.99 USD", "24.99 USD"),
        ("price (EUR)", "24.99", "24.99 EUR"),
        ("Price USD", "24.99", "24.99 USD"),
        ("Preis (€)", "24,99", "24,99 €"),
        ("Preis (€)", "24,99 €", "24,99 €"),
        ("Price (CAD)", "$24.99", "24.99 CAD"),
        ("Price (EUR)", "$24.99", "$24.99"),
        ("Prix", "24,99 EUR", "24,99 EUR"),
        ("PVP (EUR)", "24,99", "24,99 EUR"),
        ("Prezzo per confezione", "24,99 EUR", "24,99 EUR"),
        ("price per kg", "24.99", None),
        ("Price per serving (EUR)", "0.40", None),
    ],
)
def test_a_column_of_a_spreadsheet_is_the_price(header: str, cell: str, price: str | None) -> None:
    read = label_from_text(f"Product;Magnesium (mg);{header}\nA;200;{cell}\n", file="a")
    assert read.price == price


def test_a_currency_may_have_a_column_of_its_own() -> None:
    text = "Product,Magnesium (mg),Currency,Price\nA,200,CHF,19.90\nB,200,CHF,21 EUR\n"
    head, *rest = text.splitlines()
    found = [label_from_text(f"{head}\n{line}\n", file="a").price for line in rest]
    assert found == ["19.90 CHF", "21 EUR"]


def test_convert_keeps_the_price_and_read_shows_it(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("Product,Magnesium (mg),Price (EUR),Servings\nA,200,24.99,60\n", "utf-8")
    out = tmp_path / "a.yaml"
    assert CliRunner().invoke(main, ["convert", str(table), "-o", str(out)]).exit_code == 0
    assert "price: 24.99 EUR\n" in out.read_text("utf-8")
    (again,) = read_labels(out)
    assert again.price == "24.99 EUR"
    shown = CliRunner().invoke(main, ["read", str(out)]).output
    assert "24.99 EUR  →  24.99 EUR a container" in shown
    document = json.loads(CliRunner().invoke(main, ["read", "--format", "json", str(out)]).output)
    assert document["labels"][0]["price"] == {"amount": 24.99, "currency": "EUR"}


def test_convert_notes_a_price_that_is_not_understood(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("Product,Magnesium (mg),Price\nA,200,$24.99\n", "utf-8")
    written = CliRunner().invoke(main, ["convert", str(table)]).output
    assert "# not understood: “$24.99”: expected a sum of money" in written
