"""What products are called on the page: short in heads, told apart where a name is shared."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from chelate.checker import CheckResult, check
from chelate.models import Label
from chelate.readers import read_labels
from chelate.report import html
from chelate.report.formats.markdown import markdown
from chelate.report.naming import LONGEST, named, short
from test_report import CONSISTENT, IMPOSSIBLE, Page

FACTS = [{"name": "Magnesium (as magnesium oxide)", "amount": "100 mg"}]


def _checked(**fields: object) -> CheckResult:
    return check(Label.model_validate({"product": "Calm", "facts": FACTS, **fields}))


def _whole(*results: CheckResult) -> list[str]:
    return [each.whole for each in named(results)]


@given(st.lists(st.tuples(st.sampled_from(["Calm", "calm", "Rest", "x" * 90, "x" * 91]),
                          st.sampled_from([None, "Fern", "Oak"])), max_size=6))  # fmt: skip
def test_no_two_products_of_a_page_are_called_the_same(pairs: list[tuple[str, str | None]]) -> None:
    found = _whole(*(_checked(product=name, brand=brand) for name, brand in pairs))
    assert len({each.casefold() for each in found}) == len(found)


@given(st.text(max_size=400))
def test_a_short_name_is_no_longer_than_a_head_holds_and_begins_as_it_is_printed(text: str) -> None:
    found = short(text)
    assert len(found) <= LONGEST + 2
    if len(text) <= LONGEST and text.isascii() and text.isprintable():
        assert found == " ".join(text.split())


def test_products_of_one_name_are_told_apart_by_brand_else_file_else_record(tmp_path: Path) -> None:
    assert _whole(_checked(brand="Fern"), _checked(brand="Oak")) == ["Calm, Fern", "Calm, Oak"]
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("product: Calm\nbrand: Fern\n")
    files = [
        check(label) for name in ("a.yaml", "b.yaml") for label in read_labels(tmp_path / name)
    ]
    assert _whole(*files) == ["Calm, a.yaml", "Calm, b.yaml"]
    records = tmp_path / "records.jsonl"
    records.write_text(
        "\n".join(f'{{"id": {n}, "fullName": "Calm", "brandName": "Fern"}}' for n in (7, 8))
    )
    assert _whole(*map(check, read_labels(records))) == ["Calm, record 7", "Calm, record 8"]
    assert _whole(_checked(), _checked()) == ["Calm, label 1", "Calm, label 2"]


def test_what_tells_products_apart_stands_wherever_their_name_does() -> None:
    results = [_checked(brand=brand) for brand in ("Fern", "Oak")]
    page = Page(html([*results, check(CONSISTENT)]))
    # Contents, glance, chips, column, section.
    assert page.text.count("Calm, Fern") == 5
    assert page.text.count("Calm, Oak") == 5
    assert "## Calm, Oak" in markdown(results, title="x")


def test_a_name_alone_has_its_brand_beside_it_in_the_comparison_only() -> None:
    (found,) = named([_checked(brand="Fern")])
    assert (found.whole, found.brand) == ("Calm", "Fern")
    assert named([_checked(brand="Calm")])[0].brand == ""


def test_a_name_is_in_the_language_of_its_label() -> None:
    german = IMPOSSIBLE.model_copy(update={"product": "Nachtruhe", "language": "de"})
    page = Page(html([check(german), check(CONSISTENT)]))
    tags = [attrs.get("lang") for tag, attrs in page.tags if tag == "span" and "lang" in attrs]
    # Contents, glance, chips, column, section.
    assert tags.count("de") >= 5
    assert named([check(german.model_copy(update={"language": "en-GB"}))])[0].language == ""


def test_a_very_long_name_stands_whole_once_in_the_label_and_once_in_the_data() -> None:
    name = "Magnesium from the sea " * 30
    source = html([check(IMPOSSIBLE.model_copy(update={"product": name}))])
    assert source.count(name.strip()) == 2
    assert source.count("Magnesium from the sea Magnesium from the sea") > 5
