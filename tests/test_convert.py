"""`chelate convert`: the project's own YAML from any format, the same label when read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from chelate.checker import check
from chelate.cli import main
from chelate.cli.convert import slug
from chelate.cli.printing.understood import remarks_of
from chelate.files.yaml_write import label_yaml, scalar
from chelate.models import Label
from chelate.readers import label_from_text, load_label, read_labels
from conftest import ROOT

EXAMPLES = sorted((ROOT / "labels").iterdir())
TABLE = "Product,Magnesium mg,Source\nA,200,oxide\nB: b,1 60,oxide\nA,5,oxide\n"

texts = st.text(st.characters(codec="utf-8"), max_size=30)
awkward = st.sampled_from(
    ["", "null", "~", "no", "- a", "a: b", "a #b", "'", '"', "\\", "a\nb", "\ta", "#", "1e3", "é",
     "200 mg", "\u2028", "\x85", "\x7f", "\u00a0x", "😀",
     "{a}", "[a", "a:", "?", "|", "%", "@", "---",
     "<1 g", "=1+1", "\ufeff", "*a", "&a", "!a"]
)  # fmt: skip
words = st.one_of(texts, awkward)
rows: st.SearchStrategy[dict[str, Any]] = st.deferred(
    lambda: st.fixed_dictionaries(
        {"name": words},
        optional={
            "amount": words,
            "percent_dv": words,
            "note": words,
            "also": st.lists(words, max_size=2),
            "sources": st.lists(
                st.fixed_dictionaries({"name": words}, optional={"amount": words}), max_size=2
            ),
            "contains": st.lists(rows, max_size=1),
        },
    )
)
labels = st.fixed_dictionaries(
    {"product": words, "facts": st.lists(rows, max_size=3)},
    optional={
        "brand": words,
        "market": st.sampled_from(["US", "EU", "CA", "AU"]),
        "language": words,
        "serving": st.fixed_dictionaries({}, optional={"size": words, "others": st.lists(words)}),
        "other_ingredients": st.lists(words, max_size=2),
        "statements": st.lists(words, max_size=2),
        "unread": st.lists(words, max_size=2),
        "expect": st.just({"verdict": "consistent", "buffered_declared": False}),
    },
).map(Label.model_validate)


@given(words)
def test_a_text_written_as_a_scalar_is_read_as_the_same_text(text: str) -> None:
    read = label_from_text(f"product: {scalar(text)}\nfacts: []\n", file="a")
    assert read.product == Label(product=text).product


@given(labels)
def test_a_label_that_is_written_and_read_again_is_the_same_label(label: Label) -> None:
    again = label_from_text(label_yaml(label, remarks=remarks_of(label)), file="a")
    assert again.model_dump() == label.model_dump()
    assert check(again).verdict is check(label).verdict


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_converted_is_the_same_label_with_the_same_findings(path: Path) -> None:
    for label in read_labels(path):
        again = label_from_text(label_yaml(label, remarks=remarks_of(label)), file="a")
        assert again.model_dump() == label.model_dump()
        first, second = check(label), check(again)
        assert first.verdict is second.verdict
        assert [f.code for f in first.findings] == [f.code for f in second.findings] or (
            sorted(f.code for f in first.findings) == sorted(f.code for f in second.findings)
        )


def test_every_label_of_the_corpus_converted_gets_the_same_verdict(corpus: Path) -> None:
    for path in sorted((corpus / "labels").iterdir()):
        label = load_label(path)
        again = label_from_text(label_yaml(label), file="a")
        assert again.model_dump() == label.model_dump()
        assert check(again).verdict is check(label).verdict


def test_what_was_not_understood_is_a_comment_before_it() -> None:
    label = Label(
        product="A",
        facts=[{"name": "Magnesium", "amount": "1 60 mg", "sources": ["magnesium glubbate"]}],
        unread=["Zyx\n5 mg"],
    )
    text = label_yaml(label, remarks=remarks_of(label))
    assert "    # not understood: “1 60 mg”: expected" in text
    before, _, after = text.partition("# not understood: “magnesium glubbate”")
    assert before.rstrip().endswith("sources:")
    assert "- name: magnesium glubbate" in after
    assert text.endswith('unread:\n  # not understood: a line as printed\n  - "Zyx\\n5 mg"\n')


def run(*arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(main, ["convert", *map(str, arguments)], input=given)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A spreadsheet of three products, in the working directory."""
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text(TABLE)
    return Path("t.csv")


def test_one_label_goes_to_the_file_that_is_named(tmp_path: Path) -> None:
    output = tmp_path / "label.yaml"
    result = run(ROOT / "labels" / "dsld-compound-parent.json", "-o", output)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "yaml-language-server: $schema=label.schema.json" in output.read_text("utf-8")
    assert load_label(output).product == "Fern Quay Magnesium Taurate 1000 mg"


def test_without_an_output_it_is_printed(table: Path) -> None:
    result = run("-", given="Product,Zinc mg\nA,5\n")
    assert result.exit_code == 0
    assert label_from_text(result.stdout, file="a").facts[0].amount == "5 mg"


def test_a_file_that_is_there_is_not_written_over_without_force(table: Path) -> None:
    output = Path("label.yaml")
    output.write_text("mine")
    one = ROOT / "labels" / "no-claim-no-source.yaml"
    result = run(one, "-o", output)
    assert result.exit_code == 2
    assert "there is a file of that name" in result.stderr
    assert output.read_text() == "mine"
    assert run(one, "-o", output, "--force").exit_code == 0
    assert load_label(output).product


def test_the_input_is_never_written_over(table: Path) -> None:
    own = Path("own.yaml")
    own.write_text("product: A\nfacts: []\n")
    result = run(own, "-o", own, "--force")
    assert result.exit_code == 2
    assert own.read_text() == "product: A\nfacts: []\n"


def test_several_labels_go_to_a_folder_each_to_a_file_of_its_name(table: Path) -> None:
    result = run(table, "-o", "out/")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "a-row-2.yaml", "a-row-4.yaml", "b-b-row-3.yaml",
    ]  # fmt: skip
    assert load_label(Path("out/b-b-row-3.yaml")).product == "B: b"
    again = run(table, "-o", "out/")
    assert again.exit_code == 2
    assert run(table, "-o", "out/", "--force").exit_code == 0


def test_several_labels_do_not_fit_in_one_file(table: Path) -> None:
    result = run(table, "-o", "label.yaml")
    assert result.exit_code == 2
    assert "found 3 labels; expected one, or a folder for them" in result.stderr
    assert not Path("label.yaml").exists()


def test_a_record_that_fails_is_named_and_the_rest_are_written(table: Path) -> None:
    table.write_text(TABLE + "C,1,2,3,4\n")
    result = run(table, "-o", "out/")
    assert result.exit_code == 2
    assert "row 5: found 5 cells under 3 headers" in result.stderr
    assert len(list(Path("out").iterdir())) == 3


@pytest.mark.parametrize(
    ("name", "expected"), [("../../etc/passwd", "etc-passwd"), ("..", ""), ("A/B\\C\0", "a-b-c")]
)
def test_a_name_is_no_path(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(words)
def test_a_name_of_a_file_is_one_part_of_a_path(text: str) -> None:
    assert Path("x", f"{slug(text)}.yaml").parent == Path("x")
    assert len(slug(text)) <= 60
