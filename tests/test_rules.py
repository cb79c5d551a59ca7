"""Every rule by its own documentation: its examples are run, its page is whole."""

from __future__ import annotations

import json
import re
from collections import Counter
from string import Formatter

import pytest
from click.testing import CliRunner

from chelate import catalogue
from chelate.checker import check
from chelate.cli import main
from chelate.findings import Finding
from chelate.readers import label_from_text
from chelate.rules import FAMILIES, RULES, Rule, by_code

ACCUSING = re.compile(r"fraud|fake|mislabel|counterfeit|deceptive|\bcheat", re.IGNORECASE)

BY_THE_REGISTER = "CL111"  # whose references are those of each claim

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def findings_of(rule: Rule, section: str) -> tuple[Finding, ...]:
    return check(label_from_text(rule.sections[section], file=f"{rule.code}.yaml")).findings


def page(rule: Rule) -> str:
    result = CliRunner().invoke(main, ["explain", rule.code])
    assert result.exit_code == 0, result.stderr
    return result.output


@every_rule
def test_the_failing_example_of_a_rule_yields_its_code(rule: Rule) -> None:
    found = [finding for finding in findings_of(rule, "Fails") if finding.code == rule.code]
    assert found
    for finding in found:
        assert finding.name == rule.name
        assert finding.severity is rule.severity
        assert finding.certainty is rule.certainty


@every_rule
def test_the_passing_example_of_a_rule_does_not(rule: Rule) -> None:
    assert rule.code not in {finding.code for finding in findings_of(rule, "Passes")}


@every_rule
def test_a_finding_has_a_place_and_its_words_stand_in_the_example(rule: Rule) -> None:
    for finding in findings_of(rule, "Fails"):
        assert finding.place
        line = rule.sections["Fails"].splitlines()[finding.place.line - 1]
        assert finding.words
        assert finding.words in line


@every_rule
def test_a_message_leaves_no_field_open_and_ends_without_a_full_stop(rule: Rule) -> None:
    fields = [name for _, name, _, _ in Formatter().parse(rule.message) if name]
    assert fields
    for finding in findings_of(rule, "Fails"):
        assert "{" not in finding.message
        assert "}" not in finding.message
        assert not finding.message.endswith(".")
        assert "None" not in finding.message


@every_rule
def test_a_rule_says_everything_about_itself(rule: Rule) -> None:
    assert list(rule.sections) == ["Title", "Why", "Fails", "Passes", "Remedy"]
    assert all(text.strip() for text in rule.sections.values())
    assert "\n" not in rule.sections["Title"]
    assert rule.sections["Title"].endswith(".")


@every_rule
def test_a_rule_cites_what_the_catalogue_knows(rule: Rule) -> None:
    assert rule.references or rule.code == BY_THE_REGISTER
    assert set(rule.references) <= catalogue.references().keys()


@every_rule
def test_no_page_and_no_message_accuses(rule: Rule) -> None:
    said = [page(rule), *(f"{f.message} {f.remedy}" for f in findings_of(rule, "Fails"))]
    assert not [text for text in said if ACCUSING.search(text)]


def test_codes_are_two_letters_of_a_family_and_three_digits_and_none_stands_twice() -> None:
    codes = [rule.code for rule in RULES]
    assert all(re.fullmatch(r"[A-Z]{2}\d{3}", code) for code in codes)
    assert {code[:2] for code in codes} == set(FAMILIES)
    assert max(Counter(codes).values()) == 1
    assert max(Counter(rule.name for rule in RULES).values()) == 1
    assert list(by_code()) == codes


@every_rule
def test_a_name_is_lower_case_words_with_hyphens(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)


@every_rule
def test_the_page_of_a_rule_holds_all_of_it(rule: Rule) -> None:
    text = page(rule)
    words = " ".join(text.split())
    assert text.startswith(f"{rule.code} {rule.name}\n")
    assert f"severity {rule.severity}, certainty {rule.certainty}" in text
    for section in ("Title", "Why", "Fails", "Passes", "Remedy"):
        assert " ".join(rule.sections[section].split()) in words
    for key in rule.references:
        reference = catalogue.references()[key]
        assert " ".join(reference.text.split()) in words
        assert ("(verified)" if reference.verified else "(unverified") in words


@pytest.mark.parametrize("spelling", ["mb101", "MB101", "More-Element-Than-Compound-Holds"])
def test_a_rule_is_known_by_its_code_and_its_name_in_any_case(spelling: str) -> None:
    result = CliRunner().invoke(main, ["explain", spelling])
    assert result.output == page(by_code()["MB101"])


@pytest.mark.parametrize(
    ("code", "near"),
    [("MB1O1", "MB101"), ("buffered-chelates", "buffered-chelate"), ("", "`chelate rules`")],
)
def test_an_unknown_code_names_the_nearest_and_exits_with_2(code: str, near: str) -> None:
    result = CliRunner().invoke(main, ["explain", code])
    assert result.exit_code == 2
    assert result.stderr.startswith("error: there is no rule ")
    assert near in result.stderr


def test_the_list_of_rules_names_each_under_its_family() -> None:
    lines = CliRunner().invoke(main, ["rules"]).output.splitlines()
    family = ""
    listed = []
    for line in filter(None, lines):
        if line.startswith("  "):
            code, severity, certainty, name = line.split()
            assert code.startswith(family)
            listed.append((code, severity, certainty, name))
        else:
            family = line.split()[0]
            assert line == f"{family}  {FAMILIES[family]}"
    assert listed == [(r.code, r.severity, r.certainty, r.name) for r in RULES]


def test_the_list_of_rules_as_json() -> None:
    listed = json.loads(CliRunner().invoke(main, ["rules", "--format", "json"]).output)
    assert listed["version"] == 1
    assert [entry["code"] for entry in listed["rules"]] == [rule.code for rule in RULES]
    assert {entry["family"] for entry in listed["rules"]} == set(FAMILIES.values())
    assert all(entry["title"] for entry in listed["rules"])
    without = [entry["code"] for entry in listed["rules"] if not entry["references"]]
    assert without == [BY_THE_REGISTER]
