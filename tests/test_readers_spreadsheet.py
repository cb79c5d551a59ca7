"""Spreadsheets with one product a row: CSV and XLSX, their headers, cells and places."""

from __future__ import annotations

import time
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate.checker import check
from chelate.findings import InputError, Place
from chelate.models import Label
from chelate.readers import iter_labels, label_from_text, opened, read_labels, tables
from chelate.readers.cells import records
from chelate.readers.headers import columns_of, is_header, language_of
from chelate.readers.workbook import MAX_UNPACKED

HEADERS = ["Product", "Magnesium (mg)", "%DV", "Source", "Compound mass (mg)", "Serving size"]
CELLS = ["Brook Mag", "200", "48", "magnesium bisglycinate", "1,112", "2 capsules"]


def one(tmp_path: Path, text: str, **options: Any) -> Label:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode())
    (label,) = read_labels(path, **options)
    return label


def line(cells: list[str], mark: str = ",") -> str:
    return mark.join(f'"{cell}"' if mark in cell else cell for cell in cells)


def sheet(headers: list[str], cells: list[str], mark: str = ",") -> str:
    return f"{line(headers, mark)}\n{line(cells, mark)}\n"


def content(label: Label) -> dict[str, Any]:
    return label.model_dump(exclude_defaults=True)


EXPECTED = {
    "product": "Brook Mag",
    "market": "US",
    "serving": {"size": "2 capsules"},
    "facts": (
        {
            "name": "Magnesium",
            "amount": "200 mg",
            "percent_dv": "48 %",
            "sources": ({"name": "magnesium bisglycinate", "amount": "1,112 mg"},),
        },
    ),
}


def test_a_row_is_a_label_and_its_arithmetic_is_checked(tmp_path: Path) -> None:
    label = one(tmp_path, sheet(HEADERS, CELLS))
    assert content(label) == {k: v for k, v in EXPECTED.items() if v != "US"}
    result = check(label)
    assert result.verdict == "impossible"
    # 199.5 mg - 1,117 mg x 24.305 / 172.423
    assert result.judged[0].bounds.elsewhere_mg == pytest.approx(42.05, abs=0.01)


@given(order=st.permutations(range(6)), mark=st.sampled_from(",;\t|"))
def test_the_order_of_columns_and_the_delimiter_do_not_change_the_reading(
    order: list[int], mark: str
) -> None:
    # What names no nutrient stands after it or belongs to the only one.
    text = sheet([HEADERS[i] for i in order], [CELLS[i] for i in order], mark)
    assert content(label_from_text(text, file="a")) == content(
        label_from_text(sheet(HEADERS, CELLS), file="a")
    )


@pytest.mark.parametrize("form", ["\ufeff{}", "sep=,\n{}", "{}\n\n,,\n", "Products of May,,\n{}"])
def test_a_byte_order_mark_a_named_delimiter_blank_lines_and_a_title_are_allowed(
    tmp_path: Path, form: str
) -> None:
    label = one(tmp_path, form.format(sheet(HEADERS, CELLS)))
    assert content(label)["facts"] == EXPECTED["facts"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_place_of_a_cell_is_its_line_and_column(tmp_path: Path, end: str) -> None:
    text = f'Product,Notes,Magnesium mg,Source{end}"A{end}B","x ""y""",200,oxide{end}C,,1 60,oxide'
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode())
    first, second = read_labels(path)
    assert first.origin
    assert second.origin
    assert first.product == f"A{end}B"
    assert first.statements == ('x "y"',)
    assert first.origin.locate("facts[0].amount") == Place(3, 14)
    assert first.origin.locate("facts[0].sources[0].name") == Place(3, 18)
    assert first.origin.record == "row 2"
    assert second.origin.locate("facts[0].amount") == Place(4, 4)
    assert second.origin.line(4) == "C,,1 60,oxide"
    (finding,) = (f for f in check(second).findings if f.code == "IN101")
    assert finding.place == Place(4, 4)


def test_a_quote_that_never_closes_is_a_character_like_others() -> None:
    (first, second) = records('a,"b\nc,d', ",")
    assert [cell.text for cell in first.cells] == ["a", '"b']
    assert [cell.text for cell in second.cells] == ["c", "d"]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=5))
def test_what_a_quoted_cell_holds_comes_back_as_it_was(cells: list[str]) -> None:
    quoted = ",".join('"{}"'.format(cell.replace('"', '""')) for cell in cells)
    found = [cell.text for record in records(quoted, ",") for cell in record.cells]
    assert found == ([] if not any(c.strip() for c in cells) else [c.strip() for c in cells])


@pytest.mark.parametrize("text", ['"' * 2_000_000, ',"' * 200, '"a",' * 400, '[{("' * 500_000])
def test_the_cells_of_hostile_text_take_linear_time(text: str) -> None:
    began = time.perf_counter()
    assert sum(len(record.cells) for record in records(text, ",")) <= 501
    assert time.perf_counter() - began < 2


def test_more_columns_than_any_table_has_are_refused() -> None:
    with pytest.raises(InputError, match="at most 500 columns"):
        list(records("a," * 501, ","))


def kinds(*headers: str) -> list[tuple[str, str | None, str]]:
    return [(column.kind, column.nutrient, column.unit) for column in columns_of(headers)]


@pytest.mark.parametrize(
    ("header", "kind", "nutrient", "unit"),
    [
        ("Magnesium (mg)", "amount", "magnesium", "mg"),
        ("Magnesium mg per serving", "amount", "magnesium", "mg"),
        ("elemental magnesium [mg]", "amount", "magnesium", "mg"),
        ("Mg (mg)", "amount", "magnesium", "mg"),
        ("Zn mg", "amount", "zinc", "mg"),
        ("Zink in mg", "amount", "zinc", "mg"),
        ("Vitamin D3 (IU)", "amount", "vitamin-d", "iu"),
        ("Selenium mcg", "amount", "selenium", "mcg"),
        ("Magnesium", "amount", "magnesium", ""),
        ("Magnesium %DV", "percent_dv", "magnesium", ""),
        ("Mg % Daily Value", "percent_dv", "magnesium", ""),
        ("Magnesium % NRV", "percent_nrv", "magnesium", ""),
        ("Mg source", "source", "magnesium", ""),
        ("Magnesium compound mass (mg)", "source_mass", "magnesium", "mg"),
        ("Magnesium per 100 g (mg)", "also", "magnesium", "mg"),
        ("Magnesium bisglycinate (mg)", "amount", None, "mg"),
        ("Product name", "product", None, ""),
        ("Produkt", "product", None, ""),
        ("Autres ingrédients", "other_ingredients", None, ""),
        ("Colour of the lid", "unknown", None, ""),
    ],
)
def test_a_header_says_what_its_column_is(
    header: str, kind: str, nutrient: str | None, unit: str
) -> None:
    assert kinds(header) == [(kind, nutrient, unit)]


def test_columns_that_name_no_nutrient_belong_to_the_one_on_their_left() -> None:
    found = columns_of(["Product", "Magnesium mg", "Source", "Zinc mg", "Source"])
    assert [c.name for c in found] == ["", "Magnesium", "Magnesium", "Zinc", "Zinc"]
    before = columns_of(["Product", "Source", "Magnesium mg", "Zinc mg"])
    assert before[1].kind == "unknown"


def test_of_two_amounts_the_elemental_one_counts_and_the_other_is_kept(tmp_path: Path) -> None:
    label = one(tmp_path, "Product,Magnesium mg,Elemental magnesium mg\nA,1000,141\n")
    (row,) = label.facts
    assert (row.name, row.amount) == ("Elemental magnesium", "141 mg")
    assert row.also == ("Magnesium mg: 1000 mg",)


@pytest.mark.parametrize(
    "text",
    [
        "Supplement Facts\nServing Size: 2 Capsules, about 60 servings\nMagnesium | 200 mg | 48%",
        "Ingredient\tAmount per serving\t% DV\nMagnesium\t200 mg\t48%",
        "Name,Amount,%DV\nMagnesium,200 mg,48%",
        "Magnesium (as oxide), 200 mg, 48 %",
        "Product, Source\nA, oxide",
    ],
)
def test_a_panel_is_no_table_of_products(text: str) -> None:
    assert not any(
        is_header(columns_of([cell.text for cell in record.cells]))
        for mark in ",\t|;"
        for record in records(text, mark)
    )


def test_the_language_is_that_of_the_headers_unless_they_are_english() -> None:
    assert language_of(["Produkt", "Hersteller", "Magnesium mg"]) == "de"
    assert language_of(["Produit", "Marque", "Magnésium mg"]) == "fr"
    assert language_of(["Product", "Brand", "Portion"]) is None


def test_the_language_of_the_headers_settles_the_marks_in_figures(tmp_path: Path) -> None:
    label = one(tmp_path, "Produkt;Hersteller;Magnesium mg;Verbindung\nA;B;1.500;Magnesiumoxid\n")
    assert label.language == "de"
    (claim,) = check(label).composition.claims
    assert claim.declared
    assert claim.declared.value_mg == 1500


def test_a_percent_of_the_nrv_makes_the_market_the_eu_unless_a_column_says_another(
    tmp_path: Path,
) -> None:
    assert one(tmp_path, "Product,Magnesium mg,% NRV\nA,375,100\n").market == "EU"
    assert one(tmp_path, "Product,Magnesium mg,Country\nA,375,Canada\n").market == "CA"
    unknown = one(tmp_path, "Product,Magnesium mg,Country\nA,375,Atlantis\n")
    assert unknown.unread == ("Country: Atlantis",)


def test_nothing_of_an_unknown_column_is_dropped(tmp_path: Path) -> None:
    label = one(tmp_path, "Product,Magnesium mg,SKU,Zylonite\nA,200,X-1,5 mg\n")
    assert label.statements == ("SKU: X-1",)
    assert label.unread == ("Zylonite: 5 mg",)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("200", "200 mg"), ("0.2 g", "0.2 g"), ("<1", "<1 mg"), ("2,0000", "2,0000 mg"), ("NP", "NP")],
)
def test_the_unit_of_a_header_is_added_where_a_cell_has_none(
    tmp_path: Path, cell: str, amount: str
) -> None:
    label = one(tmp_path, sheet(["Product", "Magnesium (mg)"], ["A", cell]))
    assert label.facts[0].amount == amount


def test_a_mass_for_several_sources_is_that_of_their_blend(tmp_path: Path) -> None:
    text = sheet(HEADERS, [*CELLS[:3], "magnesium bisglycinate; magnesium oxide", "1000", ""])
    (claim,) = check(one(tmp_path, text)).composition.claims
    named = [source.text for source in claim.sources]
    assert named == ["magnesium bisglycinate", "magnesium oxide"]
    assert claim.blend
    assert claim.blend.value_mg == 1000
    assert [source.mass for source in claim.sources] == [None, None]


@pytest.mark.parametrize("more", ["anhydrous", "buffered", "chelated"])
def test_a_word_that_only_qualifies_is_no_source_of_its_own(tmp_path: Path, more: str) -> None:
    text = sheet(HEADERS, [*CELLS[:3], f"magnesium bisglycinate, {more}", "1,420", ""])
    (row,) = one(tmp_path, text).facts
    assert [source.amount for source in row.sources] == ["1,420 mg"]


def test_a_column_may_name_a_compound(tmp_path: Path) -> None:
    label = one(tmp_path, "Product,Magnesium mg,Magnesium bisglycinate (mg)\nA,141,1000\n")
    result = check(label)
    assert result.verdict == "consistent"
    (claim,) = result.composition.claims
    assert claim.sources[0].mass
    assert claim.sources[0].mass.value_mg == 1000


def test_form_is_a_dosage_form_or_a_source_by_what_stands_in_it(tmp_path: Path) -> None:
    headers = ["Product", "Magnesium mg", "Form"]
    assert one(tmp_path, sheet(headers, ["A", "200", "Capsules"])).form == "Capsules"
    label = one(tmp_path, sheet(headers, ["A", "200", "bisglycinate"]))
    assert label.form is None
    assert label.facts[0].sources[0].name == "bisglycinate"


def test_a_column_of_nutrients_names_the_row(tmp_path: Path) -> None:
    headers = "product,mineral,elemental mg,source,compound mg"
    label = one(tmp_path, f"{headers}\nA,Zinc,15,zinc oxide,19\n")
    assert content(label)["facts"] == (
        {
            "name": "Zinc",
            "amount": "15 mg",
            "sources": ({"name": "zinc oxide", "amount": "19 mg"},),
        },
    )


def test_a_row_that_fails_is_reported_and_the_rest_go_on(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Product,Magnesium mg\nA,1,419\nB,200\n")
    error, label = iter_labels(path)
    assert isinstance(error, InputError)
    assert "row 2: found 3 cells under 2 headers" in error.message
    assert error.place == Place(2, 5)
    assert isinstance(label, Label)
    assert label.product == "B"
    with pytest.raises(InputError, match="row 2"):
        read_labels(path)


def test_a_header_with_no_row_under_it_is_no_label(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(line(HEADERS) + "\n")
    with pytest.raises(InputError, match="the file holds no label"):
        list(iter_labels(path))


def test_a_cell_of_megabytes_is_no_header() -> None:
    began = time.perf_counter()
    (found,) = columns_of(["magnesium " * 500_000])
    assert found.kind == "unknown"
    assert time.perf_counter() - began < 0.5


def test_the_option_says_what_a_column_is_by_header_or_letter(tmp_path: Path) -> None:
    text = "Artikelnr,Gehalt,Woher\nA,200,magnesium oxide\n"
    columns = {"Artikelnr": "product", "gehalt": "magnesium mg", "C": "magnesium source"}
    label = one(tmp_path, text, columns=columns)
    assert (label.product, label.facts[0].amount) == ("A", "200 mg")
    assert label.facts[0].sources[0].name == "magnesium oxide"
    with pytest.raises(InputError, match="there is no column 'Zzz'; the columns are 'Artikelnr'"):
        one(tmp_path, text, columns={"Gehalt": "magnesium mg", "Zzz": "product"})
    left_out = one(tmp_path, text, columns=columns | {"C": ""})
    assert left_out.facts[0].sources == ()
    assert left_out.statements == ()


def test_a_table_without_a_nutrient_says_what_it_expects(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column is the amount of a nutrient: found 'Product'"):
        one(tmp_path, "Product,Brand,Serving size,Notes\nA,oxide,x,y\n")


def workbook(tmp_path: Path, rows: list[list[Any]], *, name: str = "a.xlsx") -> Path:
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    for row in rows:
        active.append(row)
    book.save(tmp_path / name)
    return tmp_path / name


def test_a_workbook_is_read_like_the_same_table_as_text(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["May 2024"], HEADERS, ["Brook Mag", 200, 48, *CELLS[3:]]])
    (label,) = read_labels(path)
    assert content(label)["facts"] == EXPECTED["facts"]
    assert label.origin
    assert label.origin.record == "row 3"
    assert label.origin.locate("facts[0].amount") == Place(3, 2)
    assert check(label).verdict == "impossible"


def test_a_number_is_shown_as_its_format_shows_it(tmp_path: Path) -> None:
    path = workbook(tmp_path, [HEADERS, ["A", 0.1 + 0.2, 0.48, "oxide", 1419, "2 capsules"]])
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["C2"].number_format = "0%"
    sheet["E2"].number_format = '#,##0.0" mg"'
    book.save(path)
    (row,) = read_labels(path)[0].facts
    assert (row.amount, row.percent_dv, row.sources[0].amount) == ("0.3 mg", "48 %", "1419.0 mg")


def test_a_formula_that_was_never_computed_is_no_figure(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Product", "Magnesium mg", "Source"], ["A", "=100*2", "oxide"]])
    (label,) = read_labels(path)
    assert label.facts[0].amount == "=100*2 mg"
    assert check(label).verdict == "cannot-tell"


def test_every_sheet_with_a_table_is_read_and_hidden_ones_are_not(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Product", "Zinc mg"], ["A", 15]])
    book = openpyxl.load_workbook(path)
    for title, product in (("Notes", None), ("More", "B"), ("Old", "C")):
        sheet = book.create_sheet(title)
        for row in [["Product", "Zinc mg"], [product, 5]] if product else [["nothing"]]:
            sheet.append(row)
    book["Old"].sheet_state = "hidden"
    book.save(path)
    labels = read_labels(path)
    assert [label.product for label in labels] == ["A", "B"]
    records = [label.origin.record for label in labels if label.origin]
    assert records == ["Sheet row 2", "More row 2"]


def test_a_workbook_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no line is the header of a table of products"):
        read_labels(workbook(tmp_path, [["nothing"], ["here"]]))


def test_a_broken_workbook_is_one_clear_error(tmp_path: Path) -> None:
    good = workbook(tmp_path, [HEADERS, CELLS]).read_bytes()
    path = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(BytesIO(good)) as parts, zipfile.ZipFile(path, "w") as bad:
        for name in parts.namelist():
            bad.writestr(name, parts.read(name)[: 90 if "workbook" in name else None])
    with pytest.raises(InputError, match="the workbook cannot be read"):
        read_labels(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "")
        with parts.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(MAX_UNPACKED // 1_000_000 + 1):
                part.write(bytes(1_000_000))
    with pytest.raises(InputError, match=r"unpacks to|limit|expected at most"):
        read_labels(path)


def test_the_tables_of_a_spreadsheet_are_shown_and_of_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(sheet(HEADERS, CELLS))
    with closing(opened(path)) as source:
        (table,) = tables(source)
    assert [column.kind for column in table.columns] == [
        "product", "amount", "percent_dv", "source", "source_mass", "serving_size",
    ]  # fmt: skip
    path.write_text("product: x\nfacts: []\n")
    with closing(opened(path)) as source:
        assert tables(source) == []
