"""The project's own YAML and JSON: what is kept, what is refused, and every place."""

from __future__ import annotations

import contextlib
import json
import os
import time
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import files, resources
from chelate.findings import InputError, Place
from chelate.models import Label

ROOT = Path(__file__).resolve().parent.parent

LABEL = """\
# a label
product: "Night Magnesium"
market: EU
capsule_size: 00
serving: {size: 2 capsules, per_container: 60}
facts:
  - name: Magnesium
    amount: '1,112 mg'
    sources: magnesium oxide
  - name: Zinc
    sources:
      - zinc citrate
      - name: zinc oxide
        amount: 010 mg
statements:
  - |
    no added sugar
"""


def label(text: str) -> Label:
    return files.label_from(files.parse(text, file="a.yaml"))


def refusal(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        label(text)
    return caught.value


def place(text: str, path: str) -> tuple[int, int]:
    origin = label(text).origin
    assert origin
    found = origin.locate(path)
    assert found
    return found.line, found.column


def test_every_scalar_stays_the_text_that_was_written() -> None:
    written = ["no", "yes", "012", "1e3", "12:30:45", "0x1F", "1_000", "2026-01-01", ".5", "on"]
    text = "product: x\nstatements:\n" + "".join(f"  - {word}\n" for word in written)
    assert list(label(text).statements) == written


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])))
def test_a_quoted_text_is_read_as_written(text: str) -> None:
    escaped = text.replace("'", "''").replace("\ufeff", "").replace("\uffff", "")
    escaped = "".join(c for c in escaped if ord(c) not in (0xFFFE, 0xFFFF))
    read = files.parse(f"a: '{escaped}'", file="a").data["a"]
    assert read == escaped.replace("''", "'")


@given(
    st.recursive(
        st.text() | st.booleans() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    ).map(lambda value: {"a": value}),
    st.sampled_from([None, 0, 2]),
    st.booleans(),
)
def test_a_json_document_is_read_as_json_reads_it(
    data: object, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    assert files.parse(text, file="a").data == json.loads(text)


def test_nothing_after_a_key_is_the_same_as_no_key() -> None:
    read = label("product: x\nbrand:\nserving: ~\nfacts:\nstatements: null\n")
    assert read.model_dump() == label("product: x").model_dump()


def test_quoted_emptiness_is_a_text() -> None:
    assert label("product: x\nbrand: ''").brand == ""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ("product", 2, 11),
        ("capsule_size", 4, 15),
        ("serving.size", 5, 17),
        ("serving.per_container", 5, 44),
        ("facts[0]", 7, 5),
        ("facts[0].amount", 8, 14),
        ("facts[0].sources[0].name", 9, 14),
        ("facts[1].sources[0].name", 12, 9),
        ("facts[1].sources[1].name", 13, 15),
        ("facts[1].sources[1].amount", 14, 17),
        ("statements[0]", 17, 5),
        ("facts[1].amount", 10, 5),
        ("other_ingredients[3]", 2, 1),
    ],
)
def test_a_path_leads_to_the_first_character_of_its_text(path: str, line: int, column: int) -> None:
    assert place(LABEL, path) == (line, column)


def test_words_stand_at_their_place_in_their_line() -> None:
    read = label(LABEL)
    assert read.origin
    found = read.origin.locate("facts[0].amount")
    assert found
    assert read.origin.line(found.line)[found.column - 1 :].startswith("1,112 mg")


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_line_breaks_of_every_system_count_once(breaks: str) -> None:
    assert place(LABEL.replace("\n", breaks), "facts[0].amount") == (8, 14)


def test_columns_count_characters() -> None:
    assert place("product: x\nfacts: [{name: é😀, amount: 5 mg}]", "facts[0].amount") == (2, 28)


def test_aliased_words_stand_where_their_anchor_does() -> None:
    text = "product: x\nfacts:\n  - &mg {name: Mg, amount: 5 mg}\n  - *mg\n"
    assert label(text).facts[1].amount == "5 mg"
    assert place(text, "facts[1].amount") == (3, 28)


JSON_PATHS = ["product", "facts[0].amount", "facts[1].sources[1].name", "statements[0]"]


@given(
    st.permutations(["product", "facts", "statements", "market"]),
    st.sampled_from([None, 0, 1, 4, "\t"]),
    st.sampled_from([(",", ":"), (", ", ": "), (" ,\r\n", " : ")]),
)
def test_places_hold_in_json_however_it_is_laid_out(
    keys: list[str], indent: int | str | None, separators: tuple[str, str]
) -> None:
    data = {
        "product": 'A "quoted" {name} [0], é',
        "market": "US",
        "facts": [
            {"name": "Magnesium", "amount": "200 mg"},
            {"name": "Zinc", "sources": ["x", {"name": "zinc oxide", "amount": 1.50}]},
        ],
        "statements": ["\\u00e9: }]"],
    }
    text = json.dumps({key: data[key] for key in keys}, indent=indent, separators=separators)
    document = files.parse(text, file="a.json")
    wanted = ["A \\", "200 mg", "zinc oxide", "\\\\u00e9"]
    for path, words in zip(JSON_PATHS, wanted, strict=True):
        found = document.place(path)
        lines = text.replace("\r\n", "\n").split("\n")
        assert lines[found.line - 1][found.column - 1 :].startswith(words)


def test_numbers_in_json_keep_their_digits() -> None:
    read = label('{"product": "x", "facts": [{"name": "Mg", "amount": 1.50}]}')
    assert read.facts[0].amount == "1.50"


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("product: x\nproduct: y", 2, 1, ["'product'", "second time", "1:1"]),
        ('{"product": 1,\n "product": 2}', 2, 3, ["'product'", "second time", "1:3"]),
        ('{"facts": [{"a": {"b": 1, "b": 2}}]}', 1, 28, ["'b'", "1:20"]),
        ("product: a: b", 1, 11, ["mapping values", "quotes"]),
        ("product: x\nfacts: [1, 2\n", 2, 13, ["did not find expected"]),
        ("product: x\nfacts:\n\t- a", 3, 1, ["spaces"]),
        ("product: 'x", 1, 12, ["unexpected end"]),
        ("product: x\n---\nproduct: y", 2, 1, ["second document"]),
        ("product: !!python/object:os.system x", 1, 10, ["tag"]),
        ("product: !x y", 1, 10, ["tag"]),
        ("product: *x", 1, 10, ["alias *x"]),
        ("product: &x [*x]", 1, 14, ["alias *x"]),
        ("? [a]\n: b", 1, 3, ["not text"]),
        ("product: \x07", 1, 10, ["U+0007"]),
        ('{"product": x}', 1, 13, ["broken JSON", "expecting value"]),
        ('{"product": "\ud800"}', 1, 14, ["U+D800"]),
        ('{"facts": {"b": 1, "b": 2}, }', 1, 29, ["broken JSON"]),
        ('{"product": "x"} {}', 1, 18, ["one document"]),
        ('{"product": "x",\n}', 2, 1, ["broken JSON"]),
        ("prodct: x\nfacts: []", 1, 1, ["product", "missing"]),
        ("product: x\nfacts:\n  - nmae: Mg\n    name: Mg", 3, 5, ["facts[0].nmae", "'name'"]),
        ("product: x\nfacts:\n  - amount: 5 mg", 3, 5, ["facts[0].name", "missing"]),
        ("product: x\nfacts: many", 2, 8, ["facts", "expected a list", "'many'"]),
        ("product: x\nfacts: [Mg]", 2, 9, ["facts[0]", "name, amount", "'Mg'"]),
        ("product: [x]", 1, 10, ["expected text, found a list"]),
        ("product: x\nstatements:\n  - Take: two", 3, 5, ["found a mapping", "quotes"]),
        ("product: x\nmarket: UK", 2, 9, ["'US'", "'EU'", "'UK'"]),
        ("product: x\nexpect: {verdict: fine}", 2, 19, ["impossible", "'fine'"]),
        (
            "product: x\nexpect: {verdict: doubtful, buffered_declared: maybe}",
            2,
            48,
            ["true or false", "'maybe'"],
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_place(
    text: str, line: int, column: int, words: list[str]
) -> None:
    error = refusal(text)
    assert error.place == Place(line, column)
    assert error.file == "a.yaml"
    assert all(word in error.message for word in words), error.message
    assert error.excerpt


def test_every_refusal_is_listed_in_the_order_of_the_file() -> None:
    error = refusal("product: x\nfoo: 1\nmarket: UK\nfacts:\n  - nme: a\n")
    assert error.place == Place(2, 1)
    assert error.excerpt
    assert [line.partition(": ")[0] for line in error.excerpt.splitlines()[2:]] == [
        "3:9",
        "5:5",
        "5:5",
    ]


def test_a_hundred_refusals_are_not_all_listed() -> None:
    error = refusal("product: x\n" + "".join(f"k{i}: 1\n" for i in range(100)))
    assert error.excerpt
    assert error.excerpt.splitlines()[-1] == "and 89 more"


def test_the_caret_of_an_excerpt_stands_under_the_place() -> None:
    error = refusal("product: x\nmarket: \tUK  # \x85")
    assert error.excerpt == "market:  UK  # \ufffd\n         ^"


def test_an_excerpt_of_a_long_line_is_short() -> None:
    shown = files.excerpt("x" * 100_000 + "HERE" + "y" * 100_000, 100_000)
    line, caret = shown.splitlines()
    assert len(line) <= 100
    assert line[caret.index("^") :].startswith("HERE")


@pytest.mark.parametrize("text", ["- " * 100 + "a", "[" * 50_000, "[" * 70 + "]" * 70, "{a: " * 99])
def test_values_that_nest_too_deeply_are_refused(text: str) -> None:
    assert "too deeply" in refusal(text).message


def test_aliases_that_multiply_are_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    began = time.perf_counter()
    assert "too much" in refusal("\n".join(lines)).message
    assert time.perf_counter() - began < 5


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%@`?,~ \n\t\r0\x00\ud800\ufeff\x85é", max_size=60))
def test_no_text_does_worse_than_an_input_error(text: str) -> None:
    with contextlib.suppress(InputError):
        label(text)


def test_lone_surrogates_of_json_do_not_reach_a_label() -> None:
    read = label('{"product": "a\\ud800b \\ud83d\\ude00"}')
    assert read.product == "a?b 😀"


FORMULATION = """\
product: Night Capsule
units_per_serving: 2
inputs:
  - substance: magnesium-bisglycinate
    amount: 1,419 mg
claims: {magnesium: 200 mg}
"""


def test_a_formulation_is_read_like_a_label(tmp_path: Path) -> None:
    read = files.load_formulation(write(tmp_path / "night.yaml", FORMULATION.encode()))
    assert read.units_per_serving == 2
    assert read.inputs[0].amount == "1,419 mg"
    as_json = json.dumps(read.model_dump())
    assert files.formulation_from_text(as_json, file="a") == read


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "units_per_serving: 2",
            "units_per_serving: two",
            "2:20: units_per_serving: expected a who",
        ),
        ("units_per_serving: 2", "units_per_serving: 0", "greater than or equal to 1, found '0'"),
        ("claims: {magnesium: 200 mg}", "claims: {magnesium: [x]}", "6:21: claims.magnesium"),
        ("    amount: 1,419 mg", "    amout: 1 g", "did you mean 'amount'?"),
        ("inputs:", "facts:", "this is a label; expected a formulation"),
    ],
)
def test_what_is_wrong_in_a_formulation_is_said(old: str, new: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        files.formulation_from_text(FORMULATION.replace(old, new), file="f.yaml")
    assert words in f"{caught.value}\n{caught.value.excerpt}"


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path: Path) -> None:
    assert files.read_text(write(tmp_path / "a", b"\xef\xbb\xbfproduct: x")) == "product: x"


def test_a_file_may_be_a_pipe(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"product: x")
    os.close(writing)
    try:
        assert files.read_text(f"/dev/fd/{reading}") == "product: x"
    finally:
        os.close(reading)


@pytest.mark.parametrize("kind", ["label", "formulation", "design", "stack"])
def test_the_published_schema_is_that_of_the_model(kind: files.Kind) -> None:
    path = f"src/chelate/data/schemas/{kind}.schema.json"
    current = files.schema_text(files.model_of(kind))
    assert (ROOT / path).read_text() == current, f"renew it: chelate schema {kind} > {path}"
    jsonschema.Draft202012Validator.check_schema(json.loads(current))


def test_the_schema_takes_what_reading_takes() -> None:
    schema = jsonschema.Draft202012Validator(json.loads(files.schema_text(Label)))
    written = {
        "product": "x",
        "brand": None,
        "serving": {"per_container": 60},
        "facts": [{"name": "Mg", "amount": 200, "sources": "magnesium oxide"}],
        "other_ingredients": ["rice flour", 5],
    }
    schema.validate(written)
    label(json.dumps(written))


@pytest.mark.parametrize(
    "written", [{}, {"product": ["x"]}, {"product": "x", "fact": []}, {"product": "x", "market": 1}]
)
def test_the_schema_refuses_what_reading_refuses(written: dict[str, object]) -> None:
    schema = jsonschema.Draft202012Validator(json.loads(files.schema_text(Label)))
    assert not schema.is_valid(written)
    refusal(json.dumps(written))


@pytest.mark.parametrize("name", ["templates", "labels", "formulations"])
def test_folders_are_those_of_the_checkout_or_of_the_package(name: resources.Folder) -> None:
    found = resources.locate(name)
    assert found.is_dir()
    assert found.name == name


def test_a_folder_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "src" / "chelate" / "resources.py"))
    with pytest.raises(RuntimeError, match="'templates' is missing from this installation"):
        resources.locate("templates")
    installed = tmp_path / "src" / "chelate" / "examples" / "labels"
    installed.mkdir(parents=True)
    assert resources.locate("labels") == installed


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ("inputs: []", "1:9: inputs: expected at least one entry, found a list"),
        (
            "inputs: [{substance: glycine}]",
            "1:10: inputs[0]: expected one of amount (per serving) and per_batch",
        ),
    ],
)
def test_a_list_is_too_short_only_where_it_is_empty(inputs: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        files.formulation_from_text(f"{inputs}\nproduct: X\n", file="f.yaml")
    assert str(error.value).startswith(f"f.yaml:{said}")
    assert len((error.value.excerpt or "").splitlines()) == 2
