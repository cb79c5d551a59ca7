"""Proofs: they end at the figure of their headline, and every line follows from printed figures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from html import unescape
from operator import add, mul, sub, truediv
from pathlib import Path

import pytest
from click.testing import CliRunner

from chelate import sentences
from chelate.bounds.proof import arithmetic
from chelate.checker import CheckResult, check
from chelate.cli import main
from chelate.findings import Verdict
from chelate.models import Label
from chelate.readers import read_labels
from chelate.report import html
from chelate.report.document import document
from chelate.rules import Judged
from conftest import ROOT
from recipes import draw

EXAMPLES = sorted((ROOT / "labels").iterdir())
SCOOP = ROOT / "labels" / "impossible-small-scoop.yaml"
HEADLINE = re.compile(r"As printed, at least ([\d.,]+ (?:mg|µg) \([\d.]+ %\)) of the ")
Proved = tuple[int, Judged, tuple[str, ...]]
Operation = Callable[[Fraction, Fraction], Fraction]
NUMBER = r"[\d,]+(?:\.\d+)?(?: (?:%|mg|µg))?"
TOKEN = re.compile(rf"\(1 − ({NUMBER})\)|({NUMBER})|([×÷+−])")
UNITS = {"": Fraction(1), "mg": Fraction(1), "µg": Fraction(1, 1000), "%": Fraction(1, 100)}
STRONG: dict[str, Operation] = {"×": mul, "÷": truediv}
WEAK: dict[str, Operation] = {"+": add, "−": sub}


@pytest.fixture(scope="module")
def drawn() -> list[Proved]:
    """The claims of random labels with their proofs, and the seed of each."""
    return [
        (seed, judged, arithmetic(result.composition, judged.index, judged.bounds))
        for seed in range(800)
        for result in [check(draw(seed).label)]
        for judged in result.judged
    ]


def examples() -> Iterator[tuple[Path, CheckResult]]:
    for path in EXAMPLES:
        yield from ((path, check(label)) for label in read_labels(path))


def headline(text: str) -> str:
    """How much must come from elsewhere as a sentence says it, "" where it says nothing of it."""
    found = HEADLINE.search(" ".join(text.split()))
    return found[1] if found else ""


# They end at the figure of the headline


def ending(figure: str) -> str:
    return f"= {figure} must come from elsewhere."


def test_a_proof_of_an_impossible_claim_ends_at_the_figure_of_its_headline(
    drawn: list[Proved],
) -> None:
    told = 0
    for seed, judged, proof in drawn:
        if judged.verdict is Verdict.IMPOSSIBLE:
            figure = headline(sentences.sentence(judged))
            assert bool(figure) == bool(judged.bounds.elsewhere_mg), seed
            ends = ending(figure) if figure else ("true.", "more.", "than fits.")
            assert proof[-1].endswith(ends), f"seed {seed}: {figure}: {proof[-1]}"
            told += bool(figure)
    assert told > 50


def impossible_blocks(text: str, begins: str) -> Iterator[tuple[str, str]]:
    """The headline of each impossible claim of a text, and the proof under it."""
    for block in text.split(begins)[1:]:
        if figure := headline(block):
            yield figure, " ".join(block.split("\n\n")[0].split())


def test_the_text_of_check_ends_each_proof_of_an_example_at_its_headline() -> None:
    text = CliRunner().invoke(main, ["check", *map(str, EXAMPLES)]).stdout
    blocks = list(impossible_blocks(text, ": impossible\n"))
    assert len(blocks) == sum(r.verdict is Verdict.IMPOSSIBLE for _, r in examples())
    for figure, proof in blocks:
        assert proof.endswith(ending(figure))


def test_the_text_of_bounds_ends_each_proof_of_an_example_at_its_headline() -> None:
    text = CliRunner().invoke(main, ["bounds", *map(str, EXAMPLES)]).stdout
    ended = 0
    for block in re.split(r"\n\n(?=  \w|\S)", text):
        if figure := headline(block):
            _, _, proof = block.partition("\n    Proof\n")
            assert " ".join(proof.split("\n\n")[0].split()).endswith(ending(figure)), figure
            ended += 1
    assert ended == sum(bool(j.bounds.elsewhere_mg) for _, r in examples() for j in r.judged) >= 8


@pytest.mark.parametrize("command", ["check", "bounds"])
def test_the_json_ends_each_proof_at_the_least_that_it_states(command: str) -> None:
    found = CliRunner().invoke(main, [command, *map(str, EXAMPLES), "--format", "json"]).stdout
    claims = [claim for label in json.loads(found)["labels"] for claim in label["claims"]]
    impossible = [claim for claim in claims if claim["verdict"] == "impossible"]
    assert len(impossible) >= 6
    for claim in impossible:
        ((least, share),) = re.findall(r"= ([\d.]+) mg \(([\d.]+) %\) must", claim["proof"][-1])
        # One is rounded, the other cut: a tenth of a mg or of a percent at most lies between.
        assert -1e-9 <= claim["least_from_elsewhere_mg"] - float(least) < 0.1 + 1e-9
        assert -1e-9 <= claim["least_from_elsewhere_share"] * 100 - float(share) < 0.1 + 1e-9


def test_the_page_ends_each_proof_of_an_example_at_its_headline() -> None:
    for path, result in examples():
        if result.verdict is Verdict.IMPOSSIBLE:
            page = html([result])
            figure = headline(unescape(re.sub(r"<[^>]*>", "", page)))
            (judged,) = (j for j in result.judged if j.verdict is Verdict.IMPOSSIBLE)
            assert page_proofs(page)[judged.index][-1].endswith(ending(figure)), path


def page_proofs(page: str) -> list[list[str]]:
    """The lines of each proof on a page, a figure and its unit held together by a plain space."""
    lists = re.findall(
        r'<ol class="proof">(.*?)</ol>', page.replace("\N{NO-BREAK SPACE}", " "), re.DOTALL
    )
    return [[unescape(line) for line in re.findall(r"<li>(.*?)</li>", each)] for each in lists]


def test_a_serving_too_small_is_proved_alike_in_text_json_and_page() -> None:
    proof = (
        "“200 mg” stands for at least 199.5 mg of magnesium.",
        "“1.2 g” (the mass of one serving) is at most 1,250 mg.",
        # 24.305 / 172.423 = 0.1409615
        "1,250 mg × 14.0961 % (magnesium bisglycinate, anhydrous) = 176.21 mg at most.",
        "199.5 mg − 176.21 mg = 23.29 mg (11.6 %) is more than fits.",
        (
            "What comes from elsewhere takes up room in “1.2 g” too: each mg of it leaves "
            "14.0961 % of a mg less as claimed."
        ),
        "23.29 mg ÷ (1 − 14.0961 %) = 27.1 mg (13.5 %) must come from elsewhere.",
    )
    result = check(*read_labels(SCOOP))
    assert document([result])["labels"][0]["claims"][0]["proof"] == list(proof)
    assert page_proofs(html([result])) == [list(proof)]
    for command in ("check", "bounds"):
        text = CliRunner().invoke(main, [command, str(SCOOP)]).stdout
        assert " ".join(proof) in " ".join(text.split())


def test_a_conflict_that_the_least_does_not_show_comes_before_it() -> None:
    # The bisglycinate alone leaves 199.5 − 100.5 × 24.305 / 172.423 = 185.3 mg to the oxide
    # that is named beside it, which 200.5 mg × 24.305 / 40.304 = 120.9 mg of it cannot be.
    name = "Magnesium (from 100 mg magnesium bisglycinate and 200 mg magnesium oxide)"
    result = check(Label(product="Two", facts=[{"name": name, "amount": "200 mg"}]))
    proof = arithmetic(result.composition, 0, result.judged[0].bounds)
    assert proof[-2].endswith(" is more than fits.")
    assert proof[-1] == "199.5 mg − 14.17 mg = 185.3 mg (92.8 %) must come from elsewhere."
    assert len(set(proof)) == len(proof)


def test_one_source_of_several_is_told_by_the_same_least_as_in_the_json() -> None:
    rows = [
        {"name": "Magnesium bisglycinate", "amount": "300 mg",
         "contains": [{"name": "Magnesium", "amount": "80 mg"}]},
        {"name": "Magnesium citrate", "amount": "400 mg",
         "contains": [{"name": "Magnesium", "amount": "50 mg"}]},
    ]  # fmt: skip
    result = check(Label(product="Two", facts=rows))
    (judged,) = result.judged
    said = sentences.sentence(judged)
    assert "not the 80 mg printed of it" in said
    proof = arithmetic(result.composition, 0, judged.bounds)
    assert proof[-1].endswith(ending(headline(said)))


def test_what_is_known_in_micrograms_is_proved_in_micrograms() -> None:
    name = "Chromium (from 20 mg chromium picolinate)"
    result = check(Label(product="Strong", facts=[{"name": name, "amount": "3000 mcg"}]))
    proof = arithmetic(result.composition, 0, result.judged[0].bounds)
    # Cr(C6H4NO2)3 is 51.996 g of chromium in 418.305 g: 0.124302.
    assert proof[1:] == (
        "“20 mg” (the compound's mass) is at most 20.5 mg.",
        "20.5 mg × 12.430 % (chromium picolinate) = 2.5482 mg = 2,548.2 µg at most.",
        "2,995 µg − 2,548.2 µg = 446.8 µg (14.9 %) must come from elsewhere.",
    )


# Every line follows from printed figures


def test_every_line_of_a_proof_holds_with_the_figures_printed_in_it(drawn: list[Proved]) -> None:
    reckoned = 0
    for seed, _, proof in drawn:
        for line in proof:
            if " = " in line:
                by_hand, told, last_digit = calculation(line)
                assert abs(by_hand - told) <= last_digit, f"seed {seed}: {line}"
                reckoned += 1
    assert reckoned > 1000


def calculation(line: str) -> tuple[Fraction, Fraction, Fraction]:
    """What a line comes to by hand, what it says that it does, and what its last digit counts."""
    bare = re.sub(
        r"“[^”]*”[^“]*takes up |\((?!1 − )[^)]*\)| g [\w-]+ beside each gram of it", "", line
    )
    left, right = bare.split(" = ", 1)
    told = re.findall(NUMBER, right)
    if " = " in right:
        assert value(told[0]) == value(told[1]), line
    digits = told[0].split(" ")[0].partition(".")[2]
    return by_hand(left), value(told[0]), value(f"1 {told[0].split()[1]}") / 10 ** len(digits)


def by_hand(text: str) -> Fraction:
    """A sum of products and quotients."""
    total, weak, term, strong = Fraction(0), "+", Fraction(1), "×"
    for less, plain, sign in TOKEN.findall(text):
        if sign in WEAK:
            total, weak, term, strong = WEAK[weak](total, term), sign, Fraction(1), "×"
        elif sign:
            strong = sign
        else:
            term = STRONG[strong](term, 1 - value(less) if less else value(plain))
    return WEAK[weak](total, term)


def value(text: str) -> Fraction:
    """A printed number, a mass in mg."""
    number, _, unit = text.partition(" ")
    return Fraction(number.replace(",", "")) * UNITS[unit]
