"""Provenance: every fact that the program prints can be traced to a record and its citation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

from chelate import catalogue, evidence, provenance, resources
from chelate.cli import main
from chelate.formula import EDITION
from conftest import ROOT

GATE = ["--glycine", "1uM", "--glutamate", "1mM", "--magnesium", "1mM", "--voltage", "-70mV"]
RECIPE = str(ROOT / "formulations" / "bisglycinate-capsule.yaml")
PRINTING = [
    ["yield", "zinc picolinate", "50 mg"],
    ["yield", "magnesium bisglycinate", "1419 mg"],
    ["yield", RECIPE],
    ["design", str(ROOT / "formulations" / "design-bisglycinate-capsule.yaml")],
    ["panel", RECIPE],
    ["compare", RECIPE, str(ROOT / "labels" / "impossible-beside-its-recipe.yaml")],
    ["stack", str(ROOT / "formulations" / "stack-protocol.yaml")],
    ["evidence"],
    ["absorption"],
    ["absorption", "magnesium oxide", "--dose", "200mg"],
    ["gate", *GATE],
]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["sources", *arguments])


def told(*arguments: str) -> Any:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def lines(*arguments: str) -> str:
    """The output as one line, wherever it was wrapped."""
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


# What is enumerated


def test_every_data_file_belongs_to_one_table() -> None:
    listed = [file for table in provenance.tables() for file in provenance.data_files(table)]
    shipped = {
        path.relative_to(resources.DATA).as_posix()
        for path in resources.DATA.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert sorted(listed) == sorted(shipped)


def test_a_name_is_that_of_one_table_and_of_no_document() -> None:
    names = [table.id for table in provenance.tables()]
    assert len(names) == len(set(names))
    assert not set(names) & catalogue.references().keys()


def test_a_record_has_its_id_to_itself() -> None:
    for table in provenance.tables():
        ids = [entry.id for entry in table.entries]
        assert len(ids) == len(set(ids)), table.id


def test_every_record_cites_documents_that_are_listed() -> None:
    for table, entry in provenance.entries_of():
        assert set(entry.sources) <= catalogue.references().keys(), (table.id, entry.id)
        assert entry.sources or entry.how == (provenance.NONE_FOUND,), (table.id, entry.id)


def test_what_is_only_words_has_words_and_no_records() -> None:
    for table in provenance.tables():
        assert table.size > 0
        assert (table.kind == "words") == (not table.entries)


@pytest.mark.parametrize(
    ("name", "key", "count"),
    [("atomic-weights", "symbol", 84), ("capsules", "size", 10), ("reference-values", "", 195)],
)
def test_a_table_has_a_record_for_every_row_of_its_file(name: str, key: str, count: int) -> None:
    table = provenance.table(name)
    (file,) = provenance.data_files(table)
    rows = (resources.DATA / file).read_text("utf-8").splitlines()[1:]
    assert len(table.entries) == len(rows) == count
    if key:
        assert [entry.id for entry in table.entries] == [row.split(",")[0] for row in rows]


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("substances", ("substance",)), ("families", ("family",)), ("grades", ("grade",)),
        ("moieties", ("moiety",)), ("nutrients", ("nutrient",)), ("marks", ("mark",)),
        ("tolerances", ("tolerance",)), ("cautions", ("caution",)), ("evidence", ("claim",)),
        ("gate", ("block", "potency", "job", "limit")), ("references", ("reference",)),
        ("absorption", ("grading", "study", "limit")),
    ],
)  # fmt: skip
def test_a_table_has_a_record_for_every_record_of_its_files(
    name: str, tables: tuple[str, ...]
) -> None:
    table = provenance.table(name)
    held = [resources.toml(file) for file in provenance.data_files(table)]
    count = sum(len(each.get(key, ())) for each in held for key in tables)
    assert len(table.entries) == count + (name == "absorption")  # the curve is one more


# What outputs print


def keys_in(said: Any) -> Iterator[str]:
    """Every key of a document that an output in JSON prints, wherever it stands."""
    if isinstance(said, list):
        for each in said:
            yield from keys_in(each)
    if isinstance(said, dict):
        for name, value in said.items():
            cites = name in ("references", "sources") and isinstance(value, list)
            for each in value if cites else ():
                if isinstance(each, str) or "text" in each:
                    yield each if isinstance(each, str) else each["id"]
            yield from keys_in(value)


@pytest.mark.parametrize("arguments", PRINTING, ids=lambda words: " ".join(words)[-40:])
def test_every_key_that_an_output_prints_leads_to_its_document_and_to_records(
    arguments: list[str],
) -> None:
    result = CliRunner().invoke(main, [*arguments, "--format", "json"])
    assert result.exit_code in (0, 1), result.output
    keys = set(keys_in(json.loads(result.stdout)))
    assert keys
    for key in keys:
        assert key in catalogue.references()
        assert provenance.citing(key), key


def test_every_document_that_a_rule_cites_leads_back_to_the_rule() -> None:
    citing = provenance.citing("iupac-2021")
    assert ("rules", "MB101") in {(table.id, entry.id) for table, entry in citing}


def test_a_panel_cites_what_its_statements_rest_on() -> None:
    (us,) = (entry for entry in provenance.table("panel-layouts").entries if entry.id == "US")
    assert {"cfr-101-36", "cfr-101-93"} <= set(us.sources)


# The command


def test_without_words_it_lists_every_table_with_its_counts_and_edition() -> None:
    text = run().stdout
    for table in provenance.tables():
        (line,) = (each for each in text.splitlines() if each.startswith(f"  {table.id} "))
        assert line.split()[1] == f"{table.size:,}"
        if table.kind != "words":
            assert line.split()[2] == str(len(table.unverified))
    assert EDITION in " ".join(text.split())
    assert all(len(line) <= 88 for line in text.splitlines())


def test_a_table_shows_its_records_with_what_they_cite() -> None:
    text = lines("capsules")
    assert "10 records, 0 unverified. Read from capsules.csv." in text
    assert "00: 0.9–0.95 mL [capsule-tables]" in text
    assert "Documents capsule-tables: " in text


def test_an_unverified_record_has_a_mark_and_the_word() -> None:
    for line in run("densities").stdout.splitlines():
        assert not line.startswith("  magnesium-oxide-heavy")
    text = lines("densities")
    assert "! fill: The fill of a capsule" in text
    assert "[density-assumption] unverified" in text
    assert "! unverified: what it rests on was not read for it, or not all of it" in text


def test_a_number_of_a_registry_says_for_itself_that_it_is_unverified() -> None:
    text = lines("magnesium-oxide")
    assert "MgO; CAS 1309-48-4; CID 14792 (unverified)" in text


def test_only_unverified_records_are_listed_where_that_is_asked() -> None:
    every, only = told("grades")["records"], told("grades", "--unverified")["records"]
    assert only == [record for record in every if not record["verified"]]
    assert 0 < len(only) < len(every)
    assert not any(record["verified"] for record in told("--unverified")["records"])
    assert {record["table"] for record in told("--unverified")["records"]} >= {"grades", "gate"}


def test_of_a_table_without_any_it_says_so() -> None:
    assert "None of its records is unverified." in lines("capsules", "--unverified")


def test_a_document_shows_its_text_its_address_and_every_record_that_cites_it() -> None:
    text = lines("iupac-2021")
    assert "https://doi.org/10.1515/pac-2019-0603" in text
    assert "Mg: magnesium, 24.305 ± 0.002 g/mol" in text
    found = told("iupac-2021")
    assert len(found["records"]) == len(provenance.citing("iupac-2021")) > 84
    (reference,) = found["references"]
    assert "atomic-weights:Mg" in reference["cited_by"]


@pytest.mark.parametrize(
    "words",
    [
        "10.1172/JCI115317", "doi:10.1172/JCI115317", "DOI: 10.1172/jci115317.",
        "https://doi.org/10.1172/JCI115317", "http://dx.doi.org/10.1172/JCI115317",
        "https://pubmed.ncbi.nlm.nih.gov/1864954/", "https://pubmed.ncbi.nlm.nih.gov/1864954",
    ],
)  # fmt: skip
def test_a_document_is_found_by_the_doi_or_address_that_outputs_print(words: str) -> None:
    assert run(words).stdout == run("fine-1991").stdout
    assert run(*words.split()).stdout == run("fine-1991").stdout


def test_every_printed_doi_and_address_leads_to_its_document() -> None:
    for key, reference in catalogue.references().items():
        for words in filter(None, (reference.doi, reference.url)):
            assert key in {each.id for each in provenance.named(words)}


def test_parts_of_a_document_that_are_listed_apart_are_all_shown() -> None:
    found = told("10.3390/molecules25143172")
    keys = [each["id"] for each in found["references"]]
    assert keys == ["molecules-2020-3172", "case-2020-coordination"]
    citing = {key: provenance.citing(key) for key in keys}
    assert len(found["records"]) == len({pair for each in citing.values() for pair in each})
    text = lines("10.3390/molecules25143172")
    for each in citing.values():
        assert f"Cited by {len(each)} records" in text


def test_of_a_record_that_cites_many_only_the_document_asked_for_is_named() -> None:
    rule = next(entry for entry in provenance.table("rules").entries if entry.id == "CL111")
    text = lines("schuette-1994")
    assert f"[schuette-1994 and {len(rule.sources) - 1} others] unverified" in text
    assert "inagawa-2006" not in text
    assert "[fine-1991, schuette-1994]" in text


def test_a_document_that_was_not_read_says_so() -> None:
    assert "! unverified: it was not read" in lines("density-assumption")


def test_a_claim_says_which_of_its_documents_was_not_read() -> None:
    (record,) = told("A1")["records"]
    assert record["table"] == "evidence"
    assert record["how"] == [provenance.NONE_FOUND]
    assert "! A1: unsupported:" in lines("A1")
    unread = next(e for e in provenance.table("evidence").entries if "not verified" in e.how)
    key = unread.sources[unread.how.index("not verified")]
    assert f"{key} (not verified)" in lines(unread.id)


def test_other_words_find_the_records_in_which_all_of_them_stand() -> None:
    found = told("magnesium", "oxide")["records"]
    assert {"substances", "families"} <= {record["table"] for record in found}
    assert all("oxide" in f"{r['id']} {r['says']}".lower() for r in found)


def test_an_id_finds_its_record_alone() -> None:
    assert [record["id"] for record in told("Mg")["records"]] == ["Mg"]


def test_of_words_it_says_that_they_state_nothing_and_what_they_are_held_to() -> None:
    assert "They state nothing, and so cite nothing." in lines("wording")
    assert "cfr-101-54" in lines("statement-words")


def test_what_is_said_of_a_statement_cites_what_the_claim_of_the_register_cites() -> None:
    found = {entry.id: entry for entry in provenance.table("statement-words").entries}
    reviewed = resources.toml("statements.toml")["reviewed"]
    assert {f"reviewed/{key}" for key in reviewed} <= found.keys()
    for key, each in reviewed.items():
        entry, claim = found[f"reviewed/{key}"], evidence.claim(key)
        assert each.get("about", evidence.VERDICTS[claim.verdict]) in entry.says
        assert entry.sources == claim.references
    peptide = found["reviewed/T06"]
    assert not {"schuette-1994", "slutsky-2010"} & set(peptide.sources)
    assert "They state nothing" not in lines("statement-words")


def test_a_threshold_of_a_content_word_is_a_record_with_its_law() -> None:
    text = lines("statement-words")
    assert "at least 20 % of the Daily Value in a serving (US), 30 % of the NRV" in text
    assert "[cfr-101-54, reg-1924-2006] unverified" in text
    assert "the disclaimer holds “not been evaluated by the food and drug administration”" in text
    assert "authorised claims on glycine: none" in text


def test_the_documents_are_listed_with_how_many_cite_each() -> None:
    count = len(provenance.citing("cfr-101-36"))
    text = lines("references")
    assert f"(cited by {count})" in text.partition("cfr-101-36: ")[2][:400]


def test_what_matches_nothing_names_the_nearest() -> None:
    assert 'matches "colagen"; near to it: collagen' in lines("colagen")
    for words in ("xqzv", "10.1000/112", "doi:10.1000/112"):
        assert "near to it" not in lines(words)


def test_json_names_the_tables_with_their_files() -> None:
    tables = {table["id"]: table for table in told()["tables"]}
    assert tables["atomic-weights"]["edition"] == EDITION
    assert tables["capsules"]["files"] == ["capsules.csv"]
    assert tables["wording"]["unverified"] is None
    assert told()["records"] == []
