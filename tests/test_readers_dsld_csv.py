"""The CSV export of the whole database: tables joined by identifier, places of its cells."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import files
from chelate.checker import check
from chelate.findings import InputError, Verdict
from chelate.models import Label
from chelate.readers import dsld_csv, dsld_zip

COLUMNS = {
    "DietarySupplementFacts": (
        "URL,DSLD ID,Product Name,Serving Size,Ingredient,DSLD Ingredient Categories,"
        "Amount Per Serving,Amount Per Serving Unit,% Daily Value per Serving,"
        "Daily Value Target Group"
    ),
    "ProductOverview": (
        "URL,DSLD ID,Product Name,Brand Name,Bar Code,Net Contents,Serving Size,"
        "Product Type [LanguaL],Supplement Form [LanguaL],Date Entered into DSLD,Market Status,"
        "Suggested Use"
    ),
    "OtherIngredients": "URL,DSLD ID,Product Name,Other Ingredients",
    "LabelStatements": "URL,DSLD ID,Product Name,Statement Type,Statement",
    "CompanyInformation": "URL,DSLD ID,Product Name,Company Name",
}
ADULTS = "Adults and children 4 or more years of age"


def table(name: str, *rows: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return f"\ufeff{COLUMNS[name]}\r\n{text.getvalue()}"


def fact(
    number: int,
    name: str,
    figure: str,
    unit: str = "mg",
    percent: str = "",
    group: str = "",
    size: str = "2 Capsule(s)",
    product: str = "Night",
) -> list[str]:
    return ["https://x", str(number), product, size, name, "mineral", figure, unit, percent, group]


def read(*rows: list[str]) -> list[Label | InputError]:
    stream = io.BytesIO(table("DietarySupplementFacts", *rows).encode())
    return list(dsld_csv.labels_from(stream, file="facts.csv"))


def only(*rows: list[str]) -> Label:
    (label,) = read(*rows)
    assert isinstance(label, Label), label
    return label


BESIDE = {
    "ProductOverview_1.csv": table(
        "ProductOverview",
        ["u", "1", "Night", "Invented", "", "", "2 Capsule(s)", "x", "Capsule [E0159]", "", "", ""],
        ["u", "9", "No facts", "Invented", "", "", "1 Gummy", "x", "Gummy [E9999]", "", "", ""],
    ),
    "OtherIngredients_1.csv": table(
        "OtherIngredients", ["u", "1", "Night", "Cellulose (a; b); Magnesium Oxide; "]
    ),
    "LabelStatements_1.csv": table("LabelStatements", ["u", "1", "Night", "Contains", "Buffered."]),
    "LabelStatements_2.csv": table(
        "LabelStatements", ["u", "1", "Night", "Formulation re: Does NOT Contain", "gluten"]
    ),
    "CompanyInformation_1.csv": table("CompanyInformation", ["u", "1", "Night", "Invented Inc."]),
}
FACTS = {
    "DietarySupplementFacts_1.csv": table(
        "DietarySupplementFacts",
        fact(1, "Magnesium", "200.0", percent="48", group=ADULTS),
        fact(1, "Magnesium Bisglycinate Chelate", "1450"),
        fact(1, "Boron", "0", "NP"),
    ),
    "DietarySupplementFacts_2.csv": table("DietarySupplementFacts", fact(2, "Zinc", "15")),
}
EXPECTED = {
    "product": "Night",
    "brand": "Invented",
    "language": "en",
    "form": "capsule",
    "serving": {"size": "2 Capsule(s)"},
    "facts": (
        {"name": "Magnesium", "amount": "200 mg", "percent_dv": "48 %"},
        {"name": "Magnesium Bisglycinate Chelate", "amount": "1450 mg"},
        {"name": "Boron"},
    ),
    "other_ingredients": ("Cellulose (a; b)", "Magnesium Oxide"),
    "statements": ("Buffered.", "Does not contain: gluten"),
}


def test_the_tables_of_a_folder_are_joined(tmp_path: Path) -> None:
    for name, text in (FACTS | BESIDE).items():
        (tmp_path / name).write_bytes(text.encode())
    path = tmp_path / "DietarySupplementFacts_1.csv"
    (label,) = dsld_csv.labels(path)
    assert isinstance(label, Label)
    assert label.model_dump(exclude_defaults=True) == EXPECTED
    assert label.origin
    assert (label.origin.file, label.origin.record) == (str(path), "1")
    assert check(label).verdict is Verdict.DECLARED_BLEND


def test_the_tables_of_a_zip_are_joined_and_products_without_facts_are_kept() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        for name, text in (BESIDE | FACTS).items():
            opened.writestr(f"export/{name}", text)
    found = list(dsld_zip.labels(stream, file="a.zip", other=files.label_from))
    assert all(isinstance(each, Label) for each in found), found
    labels = [each for each in found if isinstance(each, Label)]
    assert labels[0].model_dump(exclude_defaults=True) == EXPECTED
    assert [(each.origin.record, each.product) for each in labels if each.origin] == [
        ("1", "Night"), ("2", "Night"), ("9", "No facts"),
    ]  # fmt: skip
    assert labels[1].origin
    assert labels[1].origin.file == "a.zip/export/DietarySupplementFacts_2.csv"


def test_a_facts_table_alone_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "any name.csv"
    path.write_text(FACTS["DietarySupplementFacts_1.csv"], encoding="utf-8")
    (label,) = dsld_csv.labels(path)
    assert isinstance(label, Label)
    assert (label.product, label.brand) == ("Night", None)


def test_the_rest_of_the_tables_alone_is_an_error_that_says_what_is_expected(
    tmp_path: Path,
) -> None:
    path = tmp_path / "ProductOverview_1.csv"
    path.write_text(BESIDE[path.name], encoding="utf-8")
    with pytest.raises(InputError, match=r"overview.*DietarySupplementFacts"):
        list(dsld_csv.labels(path))


@pytest.mark.parametrize("columns", COLUMNS.values())
def test_every_table_is_recognised_by_its_header(columns: str) -> None:
    assert dsld_csv.recognise(f"\ufeff{columns}\r\n")
    assert dsld_csv.recognise(columns.upper())


@pytest.mark.parametrize("head", ["", "product,magnesium (mg)\n", "DSLD ID", '{"id": 1}', "a,b"])
def test_what_is_no_table_of_the_export_is_not_recognised(head: str) -> None:
    assert not dsld_csv.recognise(head)


def test_amounts_of_other_serving_sizes_stand_beside_the_first() -> None:
    label = only(
        fact(1, "Zinc", "10"), fact(1, "Iron", "9"),
        fact(1, "Zinc", "5", size="1 Capsule(s)"), fact(1, "Boron", "1", size="1 Capsule(s)"),
    )  # fmt: skip
    assert label.serving.others == ("1 Capsule(s)",)
    assert [(each.name, each.amount, each.also) for each in label.facts] == [
        ("Zinc", "10 mg", ("5 mg",)), ("Iron", "9 mg", ()), ("Boron", None, ("1 mg",)),
    ]  # fmt: skip


def test_percents_of_several_groups_are_of_one_row_and_the_adults_count() -> None:
    children = fact(1, "Zinc", "10", percent="200", group="Children 1 to 3 years of age")
    adults = fact(1, "Zinc", "10", percent="91", group=ADULTS)
    for rows in ([children, adults], [adults, children]):
        assert [each.percent_dv for each in only(*rows).facts] == ["91 %"]
    assert len(only(adults, adults, fact(1, "Zinc", "20", group=ADULTS)).facts) == 3


def test_rows_of_one_label_that_stand_apart_are_an_error() -> None:
    first, second, apart = read(fact(1, "Zinc", "1"), fact(2, "Zinc", "2"), fact(1, "Iron", "3"))
    assert isinstance(first, Label)
    assert isinstance(second, Label)
    assert isinstance(apart, InputError)
    assert apart.message.startswith("record 1: its rows stand apart")
    assert apart.place
    assert apart.place.line == 4


def test_a_record_that_is_broken_is_told_with_its_line_and_the_rest_are_read() -> None:
    rows = table("DietarySupplementFacts", fact(1, "Zinc", "15")).encode()
    more = table("DietarySupplementFacts", fact(3, "Iron", "9")).encode().split(b"\r\n", 1)[1]
    for broken in (b"u,2,short\r\n", b"u,2,P,S,\xff,m,1,mg,,\r\n", b"x" * 200_000 + b"\r\n"):
        stream = io.BytesIO(rows + broken + more)
        found = list(dsld_csv.labels_from(stream, file="f"))
        assert [isinstance(each, Label) for each in found] == [True, False, True]
        assert isinstance(found[1], InputError)
        assert found[1].place
        assert found[1].place.line == 3


def test_a_line_without_end_ends_the_reading() -> None:
    stream = io.BytesIO(table("DietarySupplementFacts").encode() + b"x" * 10_000_000)
    began = time.perf_counter()
    (error,) = dsld_csv.labels_from(stream, file="f")
    assert isinstance(error, InputError)
    assert "too long" in error.message
    assert time.perf_counter() - began < 5


WORDS = st.text('ab ",;\n\r%', max_size=8).map(lambda text: f"x{text}x")


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4))
def test_the_place_of_a_cell_is_its_line_and_column_whatever_is_quoted(
    texts: list[tuple[str, str]],
) -> None:
    rows = [
        fact(number, name, f"77{number}", product=product)
        for number, (product, name) in enumerate(texts)
    ]
    labels = read(*rows)
    for number, label in enumerate(labels):
        assert isinstance(label, Label)
        assert label.origin
        for path, words in (("product", "x"), ("facts[0].name", "x"),
                            ("facts[0].amount", f"77{number}")):  # fmt: skip
            place = label.origin.locate(path)
            assert place
            assert label.origin.line(place.line)[place.column - 1 :].startswith(words), path
