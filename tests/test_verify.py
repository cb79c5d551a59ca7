"""`chelate verify`: what was not tampered with verifies, and what was does not, with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from chelate.checker import check as check_label
from chelate.cli import main
from chelate.readers import read_labels
from chelate.report.document import bounds_document, document
from chelate.verify import WrongError, check
from conftest import ROOT
from recipes import draw

LABEL = """\
product: Bellwether Glycinate
facts:
  - name: Magnesium (from 1,000 mg magnesium bisglycinate chelate)
    amount: 180 mg
"""
CLAIM = ("labels", 0, "claims", 0)
CONTRADICTION = (*CLAIM, "certificates", 0)
LEAST = (*CLAIM, "certificates", 1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with an impossible label and the results of check and bounds."""
    monkeypatch.chdir(tmp_path)
    Path("label.yaml").write_text(LABEL, "utf-8")
    for command in ("check", "bounds"):
        result = CliRunner().invoke(main, [command, "label.yaml", "--format", "json"])
        Path(f"{command}.json").write_text(result.stdout, "utf-8")
    return tmp_path


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, ["verify", *arguments], input=given)


def tampered(change: Callable[[Any], None], command: str = "check") -> Result:
    """What verify says of a result with a change made to it."""
    found = json.loads(Path(f"{command}.json").read_text("utf-8"))
    change(found)
    return run("-", given=json.dumps(found))


def at(found: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        found = found[step]
    return found


def put(*path: str | int, value: Any) -> Callable[[Any], None]:
    """Another value at a path."""

    def change(found: Any) -> None:
        at(found, path[:-1])[path[-1]] = value

    return change


def statement(found: Any, certificate: tuple[str | int, ...], kind: str) -> Any:
    return next(s for s in at(found, certificate)["statements"] if s["kind"] == kind)


@pytest.mark.parametrize("command", ["check", "bounds"])
def test_every_example_label_verifies(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names = [str(path) for path in sorted(Path("labels").iterdir())]
    result = CliRunner().invoke(main, [command, *names, "--format", "json"])
    told = run("-", given=result.stdout)
    assert told.exit_code == 0, told.output
    assert "fails" not in told.output
    assert "result" not in told.output
    assert told.output.splitlines()[-1].endswith(" certificates: all hold")


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_the_certificates_of_any_label_verify(seed: int) -> None:
    result = check_label(draw(seed).label)
    for k, claim in enumerate(document([result])["labels"][0]["claims"]):
        for certificate in claim["certificates"]:
            assert check(certificate, claim=k) > 0


def test_a_certificate_proves_the_exact_value(folder: Path) -> None:
    certificate = at(json.loads(Path("check.json").read_text("utf-8")), LEAST)
    # Mg(C2H4NO2)2 is 24.305 / 172.423 magnesium; 179.5 mg at least, of 1,005 mg at most.
    least = Fraction("179.5") - 1005 * Fraction("24.305") / Fraction("172.423")
    assert check(certificate) == check(certificate, claim=0) == least


def test_a_certificate_of_another_claim_is_none(folder: Path) -> None:
    certificate = at(json.loads(Path("check.json").read_text("utf-8")), LEAST)
    with pytest.raises(WrongError, match="a claim without sources"):
        check(certificate, claim=1)
    with pytest.raises(WrongError, match=r"this is no certificate: says: Field required"):
        check({})


def test_one_line_for_each_label_and_their_sum(folder: Path) -> None:
    result = run("check.json", "bounds.json")
    assert result.exit_code == 0
    one, two, constants, whole = result.output.splitlines()
    assert one == "ok: label.yaml: Bellwether Glycinate: 3 certificates, words as in the file"
    assert two.startswith("ok: label.yaml: Bellwether Glycinate: ")
    assert constants == "Atomic weights: IUPAC 2021, abridged."
    assert whole.startswith("2 labels, ")
    assert whole.endswith(" certificates: all hold")


def test_where_the_labels_file_is_not_there_that_is_said(folder: Path) -> None:
    Path("label.yaml").unlink()
    result = run("check.json")
    assert result.exit_code == 0
    assert "the label's file is not here, its words were taken from the result" in result.output


def test_what_has_no_certificate_is_not_called_verified(folder: Path) -> None:
    given = "product: Tea\nfacts: []\n"
    found = CliRunner().invoke(main, ["check", "-", "--format", "json"], input=given).stdout
    result = run("-", given=found)
    assert result.exit_code == 0
    assert result.output == (
        "nothing to verify: <stdin>: Tea: no certificate\n"
        "1 label: there is no certificate, so nothing was verified\n"
    )


def _less_of_a_multiplier(found: Any) -> None:
    statement(found, CONTRADICTION, "compound")["multiplier"] = "1/8"


def _another_constant(found: Any) -> None:
    for part in at(found, LEAST)["parts"].values():
        if part["substance"] == "magnesium-bisglycinate":
            part["formula"] = "MgO"


def _a_substance_less(found: Any) -> None:
    certificate = at(found, LEAST)
    gone = "1.1 magnesium-bisglycinate"
    del certificate["parts"][gone]
    for term in [
        *certificate["objective"],
        *(t for s in certificate["statements"] for t in s["terms"]),
    ]:
        term["of"] = [name for name in term["of"] if name != gone]


def _another_bound(found: Any) -> None:
    statement(found, LEAST, "compound")["bound_mg"] = "1004"


def _another_objective(found: Any) -> None:
    for term in at(found, LEAST)["objective"]:
        term["factor"] = "2"


def _another_value(found: Any) -> None:
    at(found, LEAST)["says"]["value"] = "40"


def _another_text(found: Any) -> None:
    statement(found, LEAST, "declared")["printed"][0]["text"] = "190 mg"


def _nothing_elsewhere(found: Any) -> None:
    certificate = at(found, LEAST)
    gone = {name for name, part in certificate["parts"].items() if part["slot"] == "elsewhere"}
    certificate["parts"] = {n: p for n, p in certificate["parts"].items() if n not in gone}
    certificate["objective"] = []
    for each in certificate["statements"]:
        for term in each["terms"]:
            term["of"] = [name for name in term["of"] if name not in gone]


def _no_contradiction(found: Any) -> None:
    del at(found, CLAIM)["certificates"][0]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_less_of_a_multiplier, "the statements count more of 1.1 magnesium-bisglycinate than"),
        (_another_constant, "magnesium-bisglycinate is Mg(C2H4NO2)2, not MgO"),
        (_a_substance_less, "“magnesium bisglycinate chelate” may mean magnesium-bisglycinate too"),
        (_another_bound, "“1,000 mg” is at most 1005 mg, not 1004"),
        (_another_objective, "the objective is not elsewhere"),
        (_another_value, "does not say elsewhere 40"),
        (_another_text, "“190 mg” is at least 379/2 mg, not 359/2"),
        (_nothing_elsewhere, "nothing may come from elsewhere"),
        (_no_contradiction, "no certificate that holds shows a contradiction"),
        (put(*LEAST, "bound", value="40"), "the bounds add up to "),
        (put(*CLAIM, "verdict", value="consistent"), "and the verdict is “consistent”"),
        (put("labels", 0, "verdict", value="consistent"), "of its claims it is “impossible”"),
        (put(*CLAIM, "least_from_elsewhere_mg", value=38.0), "least_from_elsewhere_mg is 38, and"),
        (put(*CLAIM, "least_from_elsewhere_mg", value=0), "least_from_elsewhere_mg is 0, and a"),
        (put(*CLAIM, "least_from_elsewhere_mg", value=None), "least_from_elsewhere_mg is null"),
        (put(*CLAIM, "least_from_elsewhere_share", value=0.2110), "least_from_elsewhere_share is"),
        (put(*CLAIM, "conflict", "gap_mg", value=40), "no contradiction is of 40 mg"),
        (put(*CLAIM, "conflict", value=None), "the verdict is “impossible” without a conflict"),
    ],
)  # fmt: skip
def test_what_is_tampered_with_fails_with_its_reason(
    folder: Path, change: Callable[[Any], None], reason: str
) -> None:
    result = tampered(change)
    assert result.exit_code == 1, result.output
    assert reason in result.output
    assert result.output.startswith("fails: label.yaml: Bellwether Glycinate: ")
    assert "1 not as certified" in result.output.splitlines()[-1]


def test_a_range_is_what_a_certificate_proves(folder: Path) -> None:
    path = (*CLAIM, "readings", 0, "ranges", "glycine", "most", "value")
    result = tampered(put(*path, value=870.0), "bounds")
    assert result.exit_code == 1
    assert "reading “any”: the most of glycine is 870, and no certificate that" in result.output


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("180 mg", "190 mg", "facts[0].amount is “190 mg” in the label's file, not “180 mg”"),
        ("1,000 mg", "1,400 mg", "in the label's file, not “1,000 mg”"),
        ("bisglycinate", "citrate", "in the label's file, not “magnesium bisglycinate chelate”"),
        ("chelate)", "chelate, magnesium oxide)", "the label names “magnesium oxide” too"),
        (
            "1,000 mg",
            "11,000 mg",
            "facts[0].name: the label's file does not say “1,000 mg” of this",
        ),
        ("Glycinate\n", "Buffered Glycinate\n", "the label declares a buffer: “"),
        ("product: Bellwether Glycinate", "brand: Bellwether", "its file cannot be read: "),
    ],
)
def test_a_label_that_was_changed_no_longer_bears_its_result(
    folder: Path, old: str, new: str, reason: str
) -> None:
    Path("label.yaml").write_text(LABEL.replace(old, new), "utf-8")
    result = run("check.json")
    assert result.exit_code == 1, result.output
    assert reason in result.output


def test_a_record_that_is_gone_is_named(folder: Path) -> None:
    found = json.loads(Path("check.json").read_text("utf-8"))
    found["labels"][0]["record"] = "9000001"
    result = run("-", given=json.dumps(found))
    assert result.exit_code == 1
    assert "its file has no record '9000001'" in result.output


def test_space_between_words_does_not_matter(folder: Path) -> None:
    Path("label.yaml").write_text(LABEL.replace("180 mg", "'180   mg'"), "utf-8")
    result = run("check.json")
    assert result.exit_code == 0, result.output


HOSTILE: list[tuple[tuple[str | int, ...], Any, str]] = [
    ((*LEAST, "bound"), "1/0", "nothing can be divided by 0"),
    ((*LEAST, "bound"), "9" * 5000, "expected a rational such as"),
    ((*LEAST, "bound"), 1.5, "expected a rational such as"),
    ((*LEAST, "bound"), "nan", "expected a rational such as"),
    ((*LEAST, "bound"), "1e999999999", "expected a rational such as"),
    ((*LEAST, "statements"), 5, "certificates[1].statements: "),
    ((*LEAST, "parts"), [], "certificates[1].parts: "),
    ((*LEAST, "objective", 0, "of"), ["nowhere"], "'nowhere' is none of its parts"),
    ((*LEAST, "says"), None, "certificates[1].says: "),
    ((*LEAST, "slots"), {"x": {"path": "", "text": "", "nutrient": ""}}, "'x' is no slot"),
    ((*CLAIM, "least_from_elsewhere_mg"), "1e999999999", "expected a number"),
    ((*CLAIM, "verdict"), "perfect", "claims[0].verdict: expected"),
    ((*CLAIM,), "x", "claims[0]: "),
    (("labels",), {}, "this is no result of `check` or `bounds`: labels: "),
    (("version",), 2, "this is no result of `check` or `bounds`: version: expected '1'"),
    (("atomic_weights",), "IUPAC 1871", "found atomic weights of “IUPAC 1871”, expected “"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "message"), HOSTILE)
def test_a_malformed_result_is_a_clear_error(
    folder: Path, path: tuple[str | int, ...], value: Any, message: str
) -> None:
    result = tampered(put(*path, value=value))
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("error: <stdin>: ")
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "broken JSON: "),
        ("product: x", "broken JSON: "),
        ("[]", "this is no result of `check` or `bounds`"),
        ("{}", "this is no result of `check` or `bounds`: version: Field required"),
        ("[" * 100_000, "values nest too deeply"),
        ('{"version": NaN}', "NaN is no number"),
    ],
)
def test_what_is_no_result_is_a_clear_error(text: str, message: str) -> None:
    result = run("-", given=text)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: <stdin>: ")
    assert message in result.stderr


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("parts", "1 elsewhere magnesium", "formula"), "Mg999", "neither an element nor other"),
        (("parts", "1.1 other matter", "substance"), "x", "'x' is not in the catalogue"),
        (("slots", "1.1", "nutrient"), "unobtainium", "'unobtainium' is no mineral"),
        (("says", "target"), "gold", "'gold' is nothing to look for"),
        (("objective", 0, "quantity"), "gold", "'gold' is nothing to count"),
        (("says", "value"), None, "it says no value"),
        (("statements", 0, "id"), "everything", "says not what it is of"),
        (("statements", 0, "multiplier"), "-1", "is below 0"),
        (("statements", 0, "terms", 0, "factor"), "2", "counts a part more or less than once"),
        (("statements", 0, "terms", 0, "quantity"), "Ca", "counts another thing"),
        (("statements", 0, "terms", 0, "of"), [], "does not count what it is printed for"),
        (("statements", 0, "printed", 0, "text"), "some", "“some” is no mass"),
    ],
)
def test_a_certificate_that_names_what_there_is_not_fails(
    folder: Path, path: tuple[str | int, ...], value: Any, reason: str
) -> None:
    certificate = deepcopy(at(json.loads(Path("check.json").read_text("utf-8")), LEAST))
    at(certificate, path[:-1])[path[-1]] = value
    with pytest.raises(WrongError) as caught:
        check(certificate, claim=0)
    assert reason in str(caught.value)


def test_a_missing_file_and_one_that_is_good(folder: Path) -> None:
    result = run("missing.json", "check.json")
    assert result.exit_code == 2
    assert result.stderr == "error: missing.json: there is no such file\n"
    assert "3 certificates: all hold" in result.stdout


def test_bounds_of_examples_certify_each_end_of_each_range() -> None:
    (label,) = read_labels(ROOT / "labels" / "blend-buffered-in-words.yaml")
    (claim,) = bounds_document([check_label(label)])["labels"][0]["claims"]
    ends = 2 * sum(len(reading["ranges"]) for reading in claim["readings"])
    assert len(claim["certificates"]) == ends + 2
