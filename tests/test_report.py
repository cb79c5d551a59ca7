"""`chelate report`: what the page says, and how it is written."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from chelate import catalogue, evidence, gate, sentences
from chelate.absorption import graded
from chelate.bounds.ends import ELSEWHERE_SHARE
from chelate.bounds.proof import arithmetic
from chelate.bounds.ranges import readings
from chelate.catalogue.names import spoken
from chelate.checker import check
from chelate.cli import main
from chelate.figures import assay, bounds_percent
from chelate.files.write import write_whole
from chelate.findings import InputError
from chelate.models import Label
from chelate.readers import read_labels
from chelate.report import SECTIONS, html, register
from chelate.report.absorbed import absorbed as absorbed_of
from chelate.report.formats.markdown import markdown
from chelate.report.fractions import derivations
from chelate.report.inert import visible
from chelate.report.recipes import recipes
from chelate.report.summary import summary_rows
from chelate.rules import RULES
from conftest import ROOT

VOID = {"meta", "link", "br", "col", "img", "input", "hr", "wbr"}


class Page(HTMLParser):
    """The page as a browser reads it: tags and attributes, ids, links, rows of tables."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.headings: list[int] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")
        if tag == "div" and {"td", "th"} & set(self.open):
            self.tables[-1][-1][-1] += " "

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"style", "script"} & set(self.open):
            return
        data = data.replace("\u00a0", " ")
        self.text += data
        if {"td", "th"} & set(self.open):
            self.tables[-1][-1][-1] += data

    @property
    def side_by_side(self) -> list[list[list[str]]]:
        """The table of the comparison, not its sheets for paper; none where there is none."""
        found = [t for t in self.tables if t[0][0] == "Product" and t[0][1] != "Verdict"]
        return found[:1]

    @property
    def rows(self) -> list[list[str]]:
        """Every row of every table."""
        return [row for table in self.tables for row in table]

    def row(self, header: str, number: int = 0) -> list[str]:
        """The cells of a row of the comparison that begins with this header, by product."""
        cells = []
        for table in self.side_by_side:
            rows = [[" ".join(cell.split()) for cell in row] for row in table]
            found = [row[1:] for row in rows if row[0].startswith(header)]
            cells += found[number] if number < len(found) else [""] * (len(table[0]) - 1)
        return cells

    def constants(self, header: str) -> list[str]:
        """The cells of the row of a table of constants that begins with this header."""
        return next(row[1:] for row in self.rows if row[0].startswith(header))

    def values(self, attribute: str) -> list[str]:
        """Every value of an attribute."""
        return [value for _, attrs in self.tags if (value := attrs.get(attribute))]


def label(product: str, name: str, amount: str, **more: object) -> Label:
    return Label.model_validate(
        {"product": product, "facts": [{"name": name, "amount": amount}], **more}
    )


IMPOSSIBLE = label(
    "Bellwether", "Magnesium (from 1,112 mg magnesium bisglycinate chelate)", "200 mg"
)
CONSISTENT = label("Plain Oar", "Magnesium (from 1,420 mg magnesium bisglycinate)", "200 mg")
CANNOT_TELL = label("Everyday", "Magnesium (as magnesium glycinate)", "200 mg")
DECLARED = label(
    "Harbour", "Magnesium (as magnesium bisglycinate and magnesium oxide)", "300 mg",
    serving={"size": "2 capsules", "per_day": "2"},
)  # fmt: skip
NO_CLAIM = label("Bare", "Magnesium", "250 mg", market="EU", language="en")
OXIDE = label("Rock", "Magnesium (from 420 mg magnesium oxide)", "253 mg")
ZINC = label("Galvan", "Zinc (from 49 mg zinc bisglycinate)", "15 mg")
AQUAMIN = Label.model_validate(
    {
        "product": "North",
        "serving": {"size": "2 tablets"},
        "facts": [
            {
                "name": "Magnesium",
                "amount": "200 mg",
                "sources": [
                    {"name": "magnesium bisglycinate", "amount": "1,000 mg"},
                    {"name": "Aquamin Glow"},
                ],
            },
        ],
    }
)
ALL = (IMPOSSIBLE, CONSISTENT, CANNOT_TELL, DECLARED, NO_CLAIM, OXIDE, ZINC)


def report(*labels: Label) -> Page:
    return Page(html([check(one) for one in labels]))


@pytest.fixture(scope="module")
def page() -> Page:
    return report(*ALL)


def test_products_stand_side_by_side_in_the_order_given(page: Page) -> None:
    assert page.row("Product") == [one.product for one in ALL]


def test_each_product_has_its_verdict_in_words(page: Page) -> None:
    assert page.row("Verdict") == [
        "impossible",
        "consistent",
        "cannot tell",
        "declared blend",
        "no claim",
        "consistent",
        "consistent",
    ]


def test_elemental_magnesium_is_as_printed_with_what_its_digits_stand_for(page: Page) -> None:
    cells = page.row("Elemental, per serving")
    assert cells[0] == "200 mg 199.5–200.5 mg"
    assert cells[3] == "300 mg 299.5–300.5 mg ▲ above the rest"
    assert cells[6] == "not declared"


def test_all_stand_in_one_table_and_on_paper_in_sheets_of_as_many_as_fit(page: Page) -> None:
    table, *sheets = [table for table in page.tables if table[0][0] == "Product"]
    assert len(table[0]) == 1 + len(ALL)
    assert [len(sheet[0]) - 1 for sheet in sheets] == [4, 3]
    assert "Labels 5–7 of 7" in page.text
    headers = [{row[0] for row in each} for each in (table, *sheets)]
    assert ["Zinc" in each for each in headers] == [True, False, True]
    assert "Labels 1" not in report(*ALL[:4]).text


def test_at_a_glance_the_products_stand_by_verdict_the_gravest_first(page: Page) -> None:
    glance = page.text.split("At a glance")[2].partition("Side by side")[0]
    products = ["Bellwether", "Harbour", "Everyday", "Plain Oar", "Rock", "Galvan", "Bare"]
    places = [glance.index(name) for name in products]
    assert places == sorted(places)
    for one in ALL:
        assert sentences.carrying_sentence(check(one)) in glance


def test_every_nutrient_claimed_has_its_rows(page: Page) -> None:
    assert page.row("Elemental, per serving", 1)[6] == "15 mg 14.5–15.5 mg"
    assert page.row("Of the Daily Value", 1)[6] == "136.4 %"


def test_compound_masses_are_as_printed(page: Page) -> None:
    cells = page.row("Compound mass printed")
    assert cells[0] == "1,112 mg 1,107–1,117 mg"
    assert cells[2] == "not printed"


def test_the_share_from_elsewhere_is_a_bound_whose_reading_is_named(page: Page) -> None:
    cells = page.row("Share from elsewhere")
    assert cells[0].startswith("at least 21.0 % 42 mg, in any case")
    assert "at least 24.5 % 48.9 mg, if “1,112 mg” is of the whole blend" in cells[0]
    within = "54.8 mg, if the rest is magnesium oxide within “1,112 mg”"
    assert f"at least 27.5 % {within}" in cells[0]
    documented = "is of the claimed compound alone, no leaner than documented"
    assert cells[0].endswith(f"21.0–45.2 % 42–90.5 mg, if “1,112 mg” {documented}")
    assert cells[1].startswith("0–100 % all of it may be as claimed")
    assert cells[1].endswith(f"at most 29.9 % 59.9 mg, if “1,420 mg” {documented}")
    assert cells[2] == "not known nothing printed tests it"
    assert cells[4] == "no source named"


def test_oxide_is_not_measured_against_a_blend_with_oxide(page: Page) -> None:
    assert "blend" not in page.row("Share from elsewhere")[5]


def test_glycine_is_the_free_acid_that_the_claimed_chelate_brings(page: Page) -> None:
    cells = page.row("Free acid delivered")
    said = "at most 1,239 mg in any case 1,232–1,239 mg if all of the magnesium is from it"
    assert cells[1].startswith(said)
    assert cells[2] == said
    assert cells[5].startswith("0 mg")


def test_of_impossible_numbers_glycine_is_only_the_most_that_fits(page: Page) -> None:
    cell = page.row("Free acid delivered")[0]
    assert cell.startswith("at most 972.7 mg the most that fits")
    alone = "if “1,112 mg” is of the claimed compound alone, no leaner than documented"
    assert cell.endswith(f"679.7–972.7 mg {alone}")


def test_the_row_of_a_summary_tells_of_the_mineral_that_gives_the_verdict_by_name() -> None:
    """Calcium from 500 mg of its carbonate, at most 200.5 mg: 99 of 299.5 mg are 33.0 %."""
    rows = [{"name": "Magnesium (from 1,420 mg magnesium bisglycinate)", "amount": "200 mg"},
            {"name": "Calcium (from 500 mg calcium carbonate)", "amount": "300 mg"}]  # fmt: skip
    (row,) = summary_rows([check(Label.model_validate({"product": "x", "facts": rows}))])
    first, more = row.elemental.lines
    assert (first.prefix, first.figure, more.figure) == ("calcium:", "300 mg", "and 1 more")
    assert (row.elsewhere.lines[0].prefix, row.elsewhere.lines[0].figure) == (
        "calcium:",
        "at least 33.0 %",
    )
    (alone,) = summary_rows([check(CONSISTENT)])
    assert alone.elemental.lines[0].prefix == alone.elsewhere.lines[0].prefix == ""


def test_the_comparison_adds_glycine_of_its_own_to_that_of_the_chelate() -> None:
    """1,232–1,239 mg with the magnesium, and "3 g", which may count it."""
    facts = [{"name": "Magnesium (as magnesium bisglycinate)", "amount": "200 mg"},
             {"name": "Glycine", "amount": "3 g"}]  # fmt: skip
    cell = report(Label.model_validate({"product": "x", "facts": facts})).row("Free acid")[0]
    assert cell.startswith("2,500–4,739 mg in all")


def test_of_named_shares_the_elsewhere_is_what_the_label_prints() -> None:
    sources = [{"name": "magnesium bisglycinate", "elemental": "100 mg"},
               {"name": "magnesium oxide", "elemental": "100 mg"}]  # fmt: skip
    facts = [{"name": "Magnesium", "amount": "200 mg", "sources": sources}]
    page = report(Label.model_validate({"product": "x", "facts": facts}))
    # At least 99.5 of 99.5 + 100.5 mg; as printed at most 100.5 of 199.5 mg and more.
    assert page.row("Share from")[0] == (
        "at least 49.7 % 99.5 mg, in any case 49.7–50.3 % as the label prints the shares"
    )
    said = "at most 620.8 mg in any case 614.6–620.8 mg from the share printed for it"
    assert page.row("Free acid")[0] == said


def test_of_a_declared_blend_glycine_is_only_an_upper_end(page: Page) -> None:
    assert page.row("Free acid delivered")[3].startswith("at most 1,857 mg")


def test_glycine_printed_on_its_own_is_shown_beside_it() -> None:
    facts = [{"name": "Magnesium (as magnesium oxide)", "amount": "100 mg"},
             {"name": "Glycine", "amount": "3 g"}]  # fmt: skip
    cells = report(Label.model_validate({"product": "x", "facts": facts})).row("Free acid")
    assert "3 g printed as an ingredient of its own" in cells[0]


def test_a_unit_in_words_stands_as_its_sign_with_the_words_beside_it() -> None:
    (cell,) = report(label("x", "Magnesium (as magnesium oxide)", "150 milligrams")).row(
        "Elemental"
    )
    assert cell == "150 mg “150 milligrams” as printed, 149.5–150.5 mg"


def test_only_claims_that_bring_glycine_are_listed_for_it() -> None:
    facts = [{"name": "Magnesium (as magnesium oxide)", "amount": "100 mg"},
             {"name": "Zinc (as zinc bisglycinate)", "amount": "15 mg"},
             {"name": "Calcium (as calcium carbonate)", "amount": "200 mg"}]  # fmt: skip
    cells = report(Label.model_validate({"product": "x", "facts": facts})).row("Free acid")
    said = "with zinc: at most 35.6 mg in any case 33.2–35.6 mg if all of the zinc is from it"
    assert cells == [said]


def test_reference_values_are_of_a_serving_and_upper_levels_of_a_day(page: Page) -> None:
    assert page.row("Of the Daily Value, US 2016")[0] == "47.6 %"
    assert page.row("Of the NRV, EU 2011")[0] == "53.3 %"
    assert page.row("Of the Daily Value, US 2016")[3] == "71.4 % ▲ above the rest"
    assert page.row("Of the upper level of 350 mg")[3] == (
        "171.4 %, exceeds it 2 servings a day ▲ above the rest"
    )
    assert page.row("Of the upper level of 250 mg")[0] == "80.0 %"


def test_authorities_that_agree_share_a_row() -> None:
    headers = [" ".join(row[0].split()) for row in report(IMPOSSIBLE).tables[0]]
    levels = [header for header in headers if header.startswith("Of the upper level")]
    assert levels == [
        "Of the upper level of 250 mg SCF/EFSA, BfR; a day, supplements only, adults",
        "Of the upper level of 350 mg IOM, VKM; a day, supplements only, adults",
        "Of the upper level of 500 mg Health Canada; a day, supplements only, adults",
    ]


# Absorption: ranges with a grade


def absorbed(one: Label) -> str:
    return report(one).row("Absorbed, of one sitting")[0]


def test_what_is_absorbed_of_a_form_is_a_range_with_its_grade() -> None:
    for one in (CONSISTENT, CANNOT_TELL):
        assert absorbed(one) == "20–45 % grade: low; magnesium bisglycinate"
    assert absorbed(OXIDE) == "4–23 % grade: medium; magnesium oxide"


def test_of_a_form_without_adequate_studies_there_is_no_range() -> None:
    found = absorbed(label("x", "Magnesium (as magnesium lysinate glycinate)", "100 mg"))
    assert found == "no adequate human data grade: none; magnesium lysinate glycinate"


def test_of_a_blend_it_is_the_mixture_by_the_bounds_of_the_shares() -> None:
    """At least 21.08 % from oxide: 0.2108 × 23 % + 0.7892 × 45 % is 40.4 % at most."""
    found = absorbed(IMPOSSIBLE)
    assert found.startswith("4–41 % grade: low; magnesium bisglycinate with magnesium oxide as")
    # Nothing bounds the shares of two sources that are only named.
    assert absorbed(DECLARED).startswith("4–45 % grade: low; magnesium bisglycinate and")


def with_masses(first: str, first_mass: str, oxide_mass: str, amount: str) -> Label:
    sources = [{"name": first, "amount": first_mass},
               {"name": "magnesium oxide", "amount": oxide_mass}]  # fmt: skip
    facts = [{"name": "Magnesium", "amount": amount, "sources": sources}]
    return Label.model_validate({"product": "x", "facts": facts})


def test_of_printed_masses_it_is_the_mixture_by_what_each_of_them_can_hold() -> None:
    """1,005 mg citrate at 16.163 % hold 162.4 mg of at least 299.5, so oxide gives 45.8 %.

    300.5 mg oxide at 60.304 % hold 181.2 mg, 60.5 %: 0.605 × 4 % + 0.395 × 20 % is 10.3 %,
    and 0.458 × 23 % + 0.542 × 50 % is 37.6 %.
    """
    found = absorbed(with_masses("magnesium citrate", "1,000 mg", "300 mg", "300 mg"))
    assert found.startswith("10–38 % grade: medium; magnesium citrate and magnesium oxide")
    assert found.endswith("by their shares: 39.4–54.3 % and 45.7–60.6 %")


def test_the_shares_of_a_mixture_are_those_that_the_bounds_prove() -> None:
    """Of 199.5 mg 800.5 mg bisglycinate hold 112.8 mg and 150.5 mg oxide 90.8 mg.

    43.4–45.5 % from oxide: 0.455 × 4 % + 0.545 × 20 % is 12.7 % and 0.434 × 23 % +
    0.566 × 45 % is 35.5 %.
    """
    one = with_masses("magnesium bisglycinate", "800 mg", "150 mg", "200 mg")
    found = absorbed(one)
    assert found.startswith("12–36 % grade: low; magnesium bisglycinate and magnesium oxide")
    result = check(one)
    named = next(r for r in readings(result.composition, 0) if r.name == "named")
    told = bounds_percent(named.ranges[ELSEWHERE_SHARE].interval)
    assert found.endswith(f"and {told}")


def test_a_buffer_inside_the_printed_mass_is_bounded_by_it() -> None:
    """At least 27.5 % from oxide in 1,117 mg: 0.275 × 23 % + 0.725 × 45 % is 38.9 %."""
    (one,) = read_labels(ROOT / "labels" / "blend-buffered-in-words.yaml")
    assert absorbed(one).startswith("4–39 % grade: low; magnesium bisglycinate with magnesium")


# Wordings of a label, and what may stand behind each.
BEHIND = {
    "magnesium bisglycinate": ["magnesium-bisglycinate", "magnesium-bisglycinate-dihydrate"],
    "magnesium citrate": ["trimagnesium-dicitrate", "trimagnesium-dicitrate-nonahydrate"],
    "magnesium chloride": ["magnesium-chloride", "magnesium-chloride-hexahydrate"],
    "magnesium oxide": ["magnesium-oxide"],
}
materials = st.tuples(st.floats(15, 300), st.booleans(), st.sampled_from(range(2)), st.floats(0, 1))


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(sorted(BEHIND)), materials, min_size=2))
def test_a_mixture_holds_whatever_is_absorbed_of_the_true_shares(
    drawn: dict[str, tuple[float, bool, int, float]],
) -> None:
    sources, absorbed_mg = [], 0.0
    for name, (element_mg, weighed, which, at) in drawn.items():
        substance = catalogue.substance(BEHIND[name][which % len(BEHIND[name])])
        mass_mg = element_mg / catalogue.element_fraction(substance)
        sources.append({"name": name, **({"amount": f"{mass_mg:.0f} mg"} if weighed else {})})
        of = graded(substance.families[0]).range
        assert of is not None
        low, high = of.ends_percent
        absorbed_mg += element_mg * (low + at * (high - low)) / 100
    whole_mg = sum(element_mg for element_mg, *_ in drawn.values())
    facts = [{"name": "Magnesium", "amount": f"{whole_mg:.0f} mg", "sources": sources}]
    result = check(Label.model_validate({"product": "x", "facts": facts}))
    found = absorbed_of(result.judged[0], result)
    assert found is not None
    assert found.said.range is not None
    least, most = found.said.range.ends_percent
    assert least - 1e-6 <= 100 * absorbed_mg / whole_mg <= most + 1e-6


def test_of_printed_shares_it_is_the_mixture_by_those() -> None:
    """Each is 49.7–50.3 %: half of 20–45 % and half of 4–23 %, rounded outwards."""
    sources = [{"name": "magnesium bisglycinate", "elemental": "100 mg"},
               {"name": "magnesium oxide", "elemental": "100 mg"}]  # fmt: skip
    facts = [{"name": "Magnesium", "amount": "200 mg", "sources": sources}]
    assert absorbed(Label.model_validate({"product": "x", "facts": facts})).startswith("11–35 %")


def test_where_the_form_is_not_known_nothing_is_said_of_absorption(page: Page) -> None:
    assert page.row("Absorbed, of one sitting")[4] == "not known the form is not named"
    unknown = label("x", "Magnesium (as unobtainium)", "100 mg")
    assert absorbed(unknown).startswith("not known")


def test_absorption_is_told_of_magnesium_alone() -> None:
    assert report(ZINC).row("Absorbed") == [""]


def test_why_a_range_is_what_it_is_stands_once_in_the_appendix(page: Page) -> None:
    assert page.constants("Magnesium oxide")[0] == "MgO"
    forms = next(t for t in page.tables if "Magnesium absorbed" in t[0])
    assert [row[0] for row in forms[1:]] == ["Magnesium bisglycinate", "Magnesium oxide"]
    assert "Schuette 1994" in forms[1][-1]
    assert "absorbed" in page.values("id")


# Statements and the register of claims


def statements_of(one: Label) -> str:
    text = report(one).text.partition("Statements, and the evidence")[2]
    text = text.partition("Rules, claims, constants")[0]
    return " ".join(text.partition("What could not be checked")[0].split())


def test_a_statement_stands_with_its_finding_and_what_such_a_claim_is_worth() -> None:
    said = statements_of(CONSISTENT.model_copy(update={"statements": ("90 % absorbed.",)}))
    assert "CL104" in said
    assert "T02 unsupported: 90 % of it is absorbed." in said


def claims_listed(one: Label) -> list[str]:
    """The ids of the claims that a label's section sends its reader to in general."""
    source = html([check(one)]).partition("What is claimed of such sources")[2]
    return re.findall(r"#claim-([ABT]\d{1,2})", source.partition("</p>")[0])


def test_claims_are_those_about_the_sources_named() -> None:
    assert "T04" in claims_listed(OXIDE)
    assert "T04" not in claims_listed(CONSISTENT)
    assert "T14" in claims_listed(label("x", "Magnesium (as magnesium L-threonate)", "1 mg"))
    assert not claims_listed(NO_CLAIM)


def test_where_a_blend_is_declared_claims_on_blends_come_first_and_nowhere_else() -> None:
    assert claims_listed(DECLARED)[0] == "A20"
    assert "A20" not in {*claims_listed(IMPOSSIBLE), *claims_listed(CONSISTENT)}


def test_no_claim_on_purity_is_held_against_a_label_that_does_not_say_pure() -> None:
    for one in ALL:
        assert "T09" not in claims_listed(one)
        assert "unsupported" not in Page(html([check(one)], sections=["products"])).text
    pure = DECLARED.model_copy(update={"statements": ("100 % pure magnesium glycinate.",)})
    assert "T09 unsupported: It is 100 % pure magnesium glycinate." in statements_of(pure)


def test_a_label_without_statements_has_no_section_on_them() -> None:
    assert "Statements, and the evidence" not in report(IMPOSSIBLE).text
    assert claims_listed(IMPOSSIBLE)


def test_no_more_than_a_few_claims_are_listed_for_a_label() -> None:
    for one in ALL:
        assert len(claims_listed(one)) <= 3


def test_no_command_stands_in_the_page_where_the_page_has_the_evidence() -> None:
    said = ("100 % pure magnesium glycinate.", "90 % absorbed.", "A true chelate, guaranteed.")
    results = [check(DECLARED.model_copy(update={"statements": said}))]
    assert "chelate evidence" in " ".join(finding.message for finding in results[0].findings)
    for text in (html(results), markdown(results, title="x")):
        assert "chelate evidence" not in text
    assert 'href="#claim-T09"' in html(results, sections=SECTIONS)
    for rule in RULES:
        sent = rule.message.replace("{evidence}", "T09")
        assert "chelate evidence" not in register.without_evidence(sent)


def test_no_place_of_the_page_is_a_path_of_the_data_model() -> None:
    nameless = label("x", "Magnesium (as unobtainium)", "some")
    for one in (*ALL, nameless):
        assert not re.search(r"\w\[\d+\]", report(one).text)


def test_citations_are_words_and_not_keys(page: Page) -> None:
    keys = {value.removeprefix("ref-") for value in page.values("id") if value.startswith("ref-")}
    assert keys
    words = set(re.findall(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+", page.text))
    assert not keys & words


def test_every_claim_that_a_label_refers_to_stands_once_whole_with_its_references(
    page: Page,
) -> None:
    ids = page.values("id")
    for key in ("T01", "T04", "A19"):
        record = evidence.register()[key]
        assert ids.count(f"claim-{key}") == 1
        assert page.text.count(record.reason.partition(".")[0]) == 1
        assert {f"ref-{reference}" for reference in record.references} <= set(ids)
    assert "claim-B5" not in ids


def test_a_reason_leads_to_the_claims_that_it_names(page: Page) -> None:
    mentioned = re.findall(r"\b[ABT]\d+\b", evidence.register()["T01"].reason)
    assert mentioned
    for key in mentioned:
        assert f"claim-{key}" in page.values("id")
        assert f"#claim-{key}" in page.values("href")


def test_a_label_without_a_finding_on_its_statements_says_so() -> None:
    plain = CONSISTENT.model_copy(update={"statements": ("Two capsules a day.",)})
    assert "No rule on statements has a finding on the one printed." in statements_of(plain)
    assert "No rule on statements" not in report(CONSISTENT).text


# The section on the gate


def test_the_gate_is_shown_only_where_it_is_asked_for() -> None:
    results = [check(CONSISTENT)]
    assert "gate" not in report(CONSISTENT).values("id")
    assert ".gate" not in html(results).partition("</style>")[0].replace(".gate-figure .gate", "")
    page = Page(html(results, sections=SECTIONS))
    assert "gate" in page.values("id")
    assert "#gate" in page.values("href")


def test_the_gate_stands_with_the_limits_of_the_model_and_its_sources() -> None:
    page = Page(html([check(CONSISTENT)], sections=SECTIONS))
    for limit in gate.limits():
        assert limit.text in page.text
        assert {f"ref-{key}" for key in limit.sources} <= set(page.values("id"))
    assert {"ref-erreger-2007", "ref-jahr-stevens-1990"} <= set(page.values("id"))
    assert page.headings.count(1) == 1


def gate_rows(page: Page) -> list[list[str]]:
    return [row for table in page.tables for row in table]


def test_each_parameter_of_the_gate_has_its_figure_and_says_if_it_is_unverified() -> None:
    page = Page(html([check(CONSISTENT)], sections=["gate"]))
    rows = {row[0]: row[-1] for row in gate_rows(page)}
    assert rows["glutamate EC50 3.3 µM"] == "Erreger 2007 unverified"
    assert rows["D-serine EC50 1.3 µM"] == "D-serine is given the potency of glycine unverified"
    block = rows["magnesium block k 3.57 mM, slope 0.062 per mV"]
    assert block == "ModelDB 150239, exp2synNMDA.mod; Jahr 1990"


def test_the_two_jobs_of_glycine_stand_beside_the_gate() -> None:
    rows = gate_rows(Page(html([check(CONSISTENT)], sections=["gate"])))
    for job in gate.jobs():
        (row,) = (row for row in rows if row[0] == job.property)
        assert row[1:3] == [job.coagonist, job.transmitter]
        assert ("unverified" in row[3]) != job.verified


@pytest.mark.parametrize("sections", [["gate"], ["gate", "products"], SECTIONS])
def test_what_the_gate_cites_stands_on_the_page_once(sections: list[str]) -> None:
    page = Page(html([check(CONSISTENT)], sections=sections))
    ids = page.values("id")
    keys = {key for record in (*gate.jobs(), *gate.limits(), *gate.gate_figure()[0].gate.parameters)
            for key in record.sources}  # fmt: skip
    for key in keys:
        assert ids.count(f"ref-{key}") == 1, key
        assert f"#ref-{key}" in page.values("href")
    assert "Erreger K. et al. Subunit-specific agonist activity" in page.text


@pytest.mark.parametrize("section", ["products", "gate", "comparison"])
def test_what_a_page_leaves_out_is_plain_text_and_no_dead_link(section: str) -> None:
    page = Page(html([check(one) for one in ALL], sections=[section]))
    links = [attributes for tag, attributes in page.tags if tag == "a"]
    assert links
    assert all(link.get("href") for link in links)


def test_nothing_of_a_label_reaches_the_gate() -> None:
    def section(*labels: Label) -> str:
        source = html([check(one) for one in labels], sections=SECTIONS)
        return source.partition('id="gate"')[2].partition("</main>")[0]

    assert section(IMPOSSIBLE) == section(OXIDE, ZINC) != ""


def test_a_section_that_there_is_not_is_refused() -> None:
    with pytest.raises(InputError, match="found the section 'brain', expected glance"):
        html([check(CONSISTENT)], sections=["brain"])


def test_the_command_takes_a_section(good: Path) -> None:
    assert 'id="gate"' in run(good, "-o", "-", "--section", "gate").stdout
    refused = run(good, "-o", "-", "--section", "brain")
    assert refused.exit_code == 2
    assert "expected glance, comparison, products, appendix, gate" in refused.stderr


def test_levels_are_of_all_that_a_label_declares_of_a_nutrient() -> None:
    facts = [{"name": "Magnesium (as magnesium bisglycinate)", "amount": "150 mg"},
             {"name": "Magnesium (as magnesium citrate)", "amount": "60 mg"}]  # fmt: skip
    page = report(Label.model_validate({"product": "x", "facts": facts}))
    assert page.row("Of the Daily Value") == ["50.0 % 2 rows, 210 mg in all"]
    assert page.row("Of the upper level of 350 mg") == ["60.0 % 2 rows, 210 mg in all"]


def test_the_mass_of_each_of_several_sources_says_of_which_it_is() -> None:
    sources = [{"name": "magnesium bisglycinate", "amount": "500 mg"},
               {"name": "magnesium citrate", "amount": "600 mg"}]  # fmt: skip
    facts = [{"name": "Magnesium", "amount": "130 mg", "sources": sources}]
    cells = report(Label.model_validate({"product": "x", "facts": facts})).row("Compound mass")
    assert "500 mg 499.5–500.5 mg, magnesium bisglycinate" in cells[0]
    assert "600 mg 599.5–600.5 mg, magnesium citrate" in cells[0]


def test_findings_stand_by_severity_with_the_words_they_speak_of(page: Page) -> None:
    results = [check(one) for one in ALL]
    for header, severity in (("Errors", "error"), ("Warnings", "warning"), ("Notes", "note")):
        for cell, result in zip(page.row(header), results, strict=True):
            codes = [f.code for f in result.findings if f.severity == severity]
            assert re.findall(r"\b[A-Z]{2}\d{3}\b", cell) == codes
            assert (cell == "none") == (not codes)
    assert page.row("Errors")[0] == "MB101 more element than compound holds: “1,112 mg”"


def test_a_message_ends_once_and_suggests_no_name_that_is_only_like_it_in_its_element() -> None:
    spelt = report(label("x", "Magnesium (as magnesium bisglycinatte)", "100 mg")).text
    assert "did you mean “magnesium bisglycinate”?" in spelt
    assert "?." not in spelt
    assert "did you mean" not in report(AQUAMIN).text


def test_a_message_begins_with_a_capital_but_never_changes_printed_words() -> None:
    text = report(label("x", "Magnesium (as magnesium bisglycinate chelate buffered)", "1 mg")).text
    assert "“magnesium bisglycinate chelate buffered” declares a chelate" in text
    assert "Nothing on the label declares a buffer;" in report(IMPOSSIBLE).text


def test_the_arithmetic_of_a_verdict_is_shown_line_by_line(page: Page) -> None:
    found = check(IMPOSSIBLE)
    for line in arithmetic(found.composition, 0, found.judged[0].bounds):
        assert line in page.text
    assert "199.5 mg − 157.5 mg = 42 mg (21.0 %) must come from elsewhere." in page.text
    assert "1,117 mg × 87.073 % glycine (magnesium bisglycinate, anhydrous) = 972.7 mg" in page.text


def test_the_ranges_of_every_reading_stand_in_one_table_what_holds_in_any_case_first() -> None:
    table = next(t for t in report(IMPOSSIBLE).tables if t[0][0] == "Per serving")
    header, *rows = [[" ".join(cell.split()) for cell in row] for row in table]
    claimed = "From “magnesium bisglycinate chelate”"
    assert header[1:] == [claimed, "From elsewhere any other source", "Glycine as the free acid"]
    alone = "if “1,112 mg” is of the claimed compound alone"
    oxide = "if the rest is magnesium oxide within “1,112 mg”"
    assert [row[0] for row in rows] == [
        f"in any case, and {alone}",
        "if “1,112 mg” is of the whole blend",
        oxide,
        f"{alone}, no leaner than documented",
    ]
    by_name = {row[0]: row[1:] for row in rows}
    assert by_name[f"in any case, and {alone}"] == [
        "0–157.5 mg 0–79.0 %",
        "42–200.5 mg 21.0–100 %",
        "0–972.7 mg",
    ]
    assert by_name[oxide][1] == "54.8–200.5 mg 27.5–100 %"
    assert rows[-1][3] == "679.7–972.7 mg"


def test_readings_that_leave_the_same_open_share_a_row_and_their_words_are_explained() -> None:
    """Magnesium bisglycinate is documented from the tetrahydrate, 24.305 ÷ 244.484 = 9.94 %."""
    for one in (IMPOSSIBLE, CONSISTENT, AQUAMIN):
        for table in (t for t in report(one).tables if t[0][0] == "Per serving"):
            assert len({tuple(row[1:]) for row in table}) == len(table)
    told = "No leaner than documented: of “magnesium bisglycinate chelate” at least 9.9 %"
    assert f"{told} is magnesium." in report(IMPOSSIBLE).text


def test_readings_that_say_no_more_than_what_holds_in_any_case_are_left_out() -> None:
    (table,) = (t for t in report(CONSISTENT).tables if t[0][0] == "Per serving")
    documented = "if “1,420 mg” is of the claimed compound alone, no leaner than documented"
    assert [row[0] for row in table[1:]] == ["in any case", documented]
    assert "Per serving" not in {t[0][0] for t in report(CANNOT_TELL).tables}


def test_a_recipe_that_fits_stands_with_its_least_from_elsewhere() -> None:
    text = report(IMPOSSIBLE).text
    assert (
        "A recipe that fits, with the least from elsewhere: 1,117 mg magnesium bisglycinate, "
        "anhydrous (157.5 mg magnesium) with 42.0 mg of magnesium from elsewhere." in text
    )
    assert text.count("the arithmetic does not say which was used") == 1
    assert "A recipe that fits, with none from elsewhere: 1,422 mg" in report(CONSISTENT).text
    assert "A recipe that fits" not in report(DECLARED).text


def test_a_recipe_gives_the_other_sources_named_their_magnesium_as_their_own_compounds() -> None:
    """At least 299.5 mg are those of the three forms that the label names, and of nothing else."""
    (three,) = read_labels(ROOT / "labels" / "blend-three-forms.yaml")
    result = check(three)
    least, most = recipes(result.judged[0], result)
    for recipe in (least, most):
        assert "from elsewhere:" not in recipe.partition(": ")[2]
        for name in ("L-threonate", "lysinate glycinate", "dimagnesium malate"):
            assert re.search(rf"[\d.]+ mg [a-z ]*magnesium? ?{name}|[\d.]+ mg {name}", recipe)
        given = re.findall(r"\(([\d.]+) mg magnesium\)", recipe)
        assert 299.4 <= sum(map(float, given)) <= 300.6
    assert least != most


def test_a_recipe_of_a_name_that_nobody_knows_gives_it_the_rest() -> None:
    result = check(AQUAMIN)
    least, _ = recipes(result.judged[0], result)
    assert "with 57.8 mg of magnesium as “Aquamin Glow”" in least


def test_a_recipe_has_no_rest_of_other_matter_that_is_only_rounding() -> None:
    row = {"name": "Magnesiumbisglycinat", "amount": "1.420,5 mg",
           "contains": [{"name": "davon Magnesium", "amount": "200 mg"}]}  # fmt: skip
    german = Label.model_validate(
        {"product": "x", "market": "EU", "language": "de", "facts": [row]}
    )
    page = report(german)
    assert "other matter" not in page.text
    assert "from the share printed" not in page.text
    assert page.row("Compound mass")[0] == "1.420,5 mg 1,415.5–1,425.5 mg"
    assert "1,416" not in page.text


@pytest.mark.parametrize(
    ("name", "amount"),
    [("Magnesium (as magnesium bisglycinate)", "0 mg"),
     ("Magnesium (as unobtainium chelate)", "180 mg")],
)  # fmt: skip
def test_where_no_compound_is_known_or_needed_there_is_no_recipe(name: str, amount: str) -> None:
    assert "A recipe" not in report(label("x", name, amount, serving={"size": "1 g"})).text


def test_the_total_of_a_blend_is_never_called_the_mass_of_the_compound() -> None:
    inner = {"name": "Magnesium (as magnesium bisglycinate)", "amount": "180 mg"}
    facts = [{"name": "Calm Blend", "amount": "1,000 mg", "contains": [inner]}]
    text = report(Label.model_validate({"product": "x", "facts": facts})).text
    assert "if what is from elsewhere is on top of “1,000 mg”" in text
    assert "if what is from elsewhere is within “1,000 mg”" in text
    assert "compound alone" not in text


def test_figures_that_cannot_all_be_true_say_what_change_of_each_would_mend_it() -> None:
    text = report(IMPOSSIBLE).text
    assert "Taken together, “200 mg” and “1,112 mg” miss by at least 42 mg of magnesium." in text
    assert "“200 mg” of magnesium would have to stand for 157.4 mg or less." in text
    assert "“1,112 mg” would have to stand for 1,416 mg or more." in text
    assert "would mend it" not in report(CONSISTENT).text


def test_a_hundred_products_stay_under_a_megabyte() -> None:
    files = sorted((ROOT / "labels").iterdir())
    results = [check(one) for file in files for one in read_labels(file)]
    hundred = [results[number % len(results)] for number in range(100)]
    assert len(html(hundred).encode()) < 1_000_000


def test_a_claim_without_arithmetic_says_why_there_is_none() -> None:
    words = "Nothing bounds how much of it can be as claimed: no mass of the compound"
    assert words in report(DECLARED).text
    assert words not in report(IMPOSSIBLE).text


def test_the_sentence_of_a_verdict_stands_at_a_glance_and_over_its_section_and_not_again() -> None:
    sentence = sentences.carrying_sentence(check(CONSISTENT))
    assert report(CONSISTENT).text.count(sentence) == 2
    rows = [*CONSISTENT.facts, *ZINC.facts]
    two = CONSISTENT.model_copy(update={"facts": tuple(rows)})
    assert report(two).text.count(sentence) == 2


def test_what_must_come_from_elsewhere_is_said_once_in_a_section_and_its_arithmetic_linked() -> (
    None
):
    """Of the verdict alone: findings that say the same lead to the arithmetic."""
    said = "must come from something other than"
    for one in (IMPOSSIBLE, AQUAMIN, *read_labels(ROOT / "labels" / "blend-three-forms.yaml")):
        source = html([check(one)], sections=["products"])
        assert Page(source).text.count(said) == 1
        assert '<a href="#p1-c1">the arithmetic</a>' in source or one is AQUAMIN


def test_each_mass_fraction_of_a_section_is_derived_once() -> None:
    text = report(IMPOSSIBLE).text
    assert text.count("24.305 ÷ 172.423 = 14.096 % magnesium") == 1
    assert text.count("2 × 75.067 ÷ 172.423 = 87.073 % glycine") == 1
    assert text.count("2 × 75.067 ÷ 24.305") == 0
    assert "× 6.177 g glycine per g (2 × 75.067 ÷ 24.305) = 1,239 mg" in report(CONSISTENT).text


def test_a_proof_of_several_minerals_derives_the_fraction_of_each() -> None:
    """1.2 g stands for at most 1,250 mg: calcium and magnesium do not fit it together."""
    rows = [{"name": "Calcium (as calcium carbonate)", "amount": "400 mg"},
            {"name": "Magnesium (as magnesium citrate)", "amount": "100 mg"}]  # fmt: skip
    crowded = Label.model_validate(
        {"product": "x", "serving": {"size": "1 scoop (1.2 g)"}, "facts": rows}
    )
    text = report(crowded).text
    assert text.count("40.078 ÷ 100.086 = 40.0436 % calcium") == 1
    assert text.count("3 × 24.305 ÷ 451.113 = 16.1634 % magnesium") == 1
    assert text.count("“1.2 g” (the mass of one serving) is at most 1,250 mg.") == 1
    assert "The arithmetic is that of Calcium, 400 mg." in text


@given(st.sampled_from(sorted(s.id for s in catalogue.substances().values() if s.nutrient)))
def test_a_derivation_gives_the_percentage_that_the_proof_uses(name: str) -> None:
    substance = catalogue.substance(name)
    share = assay(catalogue.element_fraction(substance, substance.nutrient or ""))
    found = derivations([f"1 mg × {share} ({spoken(name)}) = 1 mg"], substance.nutrient or "")
    worked = re.fullmatch(r".*: (?:(\d+) × )?([\d.]+) ÷ ([\d.]+) = ([\d.]+ %) .*", found[0])
    assert worked
    times, part, whole = (float(each or 1) for each in worked.groups()[:3])
    assert worked[4] == share == f"{100 * times * part / whole:.3f} %"


def test_a_claim_that_cannot_be_told_says_what_would_settle_it(page: Page) -> None:
    assert "What would settle it" in page.text
    assert "The answer turns on 1,415 mg" in page.text
    assert "What would settle it" not in report(CONSISTENT).text


def test_what_could_not_be_checked_is_said_with_its_reason() -> None:
    found = check(CANNOT_TELL)
    assert found.skipped
    text = report(CANNOT_TELL).text
    assert all(skip.reason in text for _, skip in found.skipped)


def test_words_that_a_finding_speaks_of_are_marked_and_linked_both_ways() -> None:
    source = html([check(IMPOSSIBLE)])
    assert '<mark>1,112 mg</mark><sup><a id="p1-m1" href="#label-bellwether--mb101"' in source
    assert 'href="#p1-m1"' in source


def test_rules_that_fired_explain_themselves_and_no_others(page: Page) -> None:
    fired = {f.code for one in ALL for f in check(one).findings}
    for rule in RULES:
        assert (f"rule-{rule.code}" in page.values("id")) == (rule.code in fired)
        assert (rule.sections["Title"] in page.text) == (rule.code in fired)


def test_constants_stand_with_edition_uncertainty_and_source(page: Page) -> None:
    assert page.constants("magnesium (Mg)")[0] == "24.305 ± 0.002"
    assert page.constants("Magnesium bisglycinate, anhydrous")[1:4] == [
        "172.423",
        "14.096 % magnesium",
        "87.073 %",
    ]
    assert "IUPAC 2021" in page.text
    assert ["Magnesium", "Daily Value, US 2016", "420 mg"] in [row[:3] for row in page.rows]


def test_every_link_lands(page: Page) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    inner = [link for link in page.values("href") if link.startswith("#")]
    assert inner
    assert {link[1:] for link in inner} <= set(ids)
    assert {target for v in page.values("aria-labelledby") for target in v.split()} <= set(ids)


def test_no_heading_skips_a_level(page: Page) -> None:
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps)


def test_the_page_never_accuses(page: Page) -> None:
    found = re.findall(r"fraud|fake|mislabel|adulterat|misleading|cheat", page.text, re.IGNORECASE)
    assert not found


def test_nothing_but_the_one_script_runs_and_nothing_asks_the_network(page: Page) -> None:
    names = {name for name, _ in page.tags}
    assert not names & {"iframe", "object", "embed", "img", "form", "base"}
    assert not [key for _, attrs in page.tags for key in attrs if key.startswith("on")]
    assert not page.values("src")
    assert not page.values("style")
    policy = next(v for v in page.values("content") if "default-src" in v)
    directives = [each.strip().split(" ") for each in policy.split(";")]
    assert directives[0] == ["default-src", "'none'"]
    assert [name for name, *_ in directives[1:3]] == ["style-src", "script-src"]
    assert all(value.startswith("'sha256-") for each in directives[1:3] for value in each[1:])


def test_the_same_input_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(DECLARED.model_dump_json(exclude_none=True))
    command = [sys.executable, "-m", "chelate", "report", str(file), "-o", "-"]
    pages = {
        subprocess.run(
            command, check=True, capture_output=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(pages) == 1


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{7*7}}{% raw %}${7*7}",
    "</mark></bdi></table></style><style>*{display:none}",
    "javascript:alert(1)",
    "gly\u202enic\u0000\u200b",
    "<!-- ",
    "]]>&lt;b&gt;&#60;i&#62;",
    "x" * 5000,
]


def _with_everywhere(text: str) -> Label:
    return Label.model_validate(
        {
            "product": text,
            "brand": text,
            "form": text,
            "capsule_size": text,
            "language": text,
            "serving": {"size": text, "weight": text, "per_container": text, "per_day": text},
            "facts": [
                {
                    "name": f"Magnesium (as {text})",
                    "amount": text,
                    "percent_dv": text,
                    "note": text,
                    "sources": [{"name": text, "amount": text, "elemental": text}],
                    "contains": [{"name": text, "amount": text}],
                },
                {"name": text, "amount": "5 mg"},
            ],
            "other_ingredients": [text],
            "statements": [text],
        }
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_label_text_in_every_field_stays_text(text: str) -> None:
    hostile = report(_with_everywhere(text))
    harmless = report(_with_everywhere("harmless"))
    assert visible(text) in hostile.text
    kinds = {name for name, _ in hostile.tags}
    assert kinds - {name for name, _ in harmless.tags} <= {"h5", "ul", "sup", "mark", "wbr"}
    assert not [key for _, attrs in hostile.tags for key in attrs if key.startswith("on")]
    assert all(link.startswith(("#", "https://", "http://", "data:,")) for link in
               hostile.values("href"))  # fmt: skip


@settings(max_examples=100)
@given(st.text(min_size=1, max_size=40))
def test_no_text_breaks_the_page_or_shows_a_character_that_acts(text: str) -> None:
    source = html([check(_with_everywhere(text))])
    assert Page(source).open == []
    assert visible(source) == source
    source.encode()


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.yaml"
    file.write_text("product: Good\nfacts: [{name: Magnesium (as magnesium oxide), amount: 1 mg}]")
    return file


def test_without_files_it_reports_on_the_examples(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    result = run("-o", out)
    assert result.exit_code == 0
    products = Page(out.read_text()).row("Product")
    assert result.stdout == f"{out}: {len(products)} labels\n"
    assert len(products) >= 8


def test_the_first_examples_side_by_side_show_a_verdict_each() -> None:
    page = Page(run("-o", "-").stdout)
    verdicts = page.row("Verdict")
    assert verdicts[:5] == ["impossible", "declared blend", "doubtful", "cannot tell", "consistent"]
    assert len(page.tables[0][0]) == 6


def test_files_given_stay_in_their_order(tmp_path: Path) -> None:
    products = {"Fits": "1,420 mg", "Cannot": "1,000 mg", "Fits too": "1,430 mg"}
    files = [tmp_path / f"{name}.yaml" for name in products]
    for file, (name, mass) in zip(files, products.items(), strict=True):
        panel = f'{{name: "Magnesium (from {mass} magnesium bisglycinate)", amount: 200 mg}}'
        file.write_text(f"product: {name}\nfacts: [{panel}]")
    page = Page(run(*files, "-o", "-").stdout)
    assert page.row("Product") == [*products]
    assert page.row("Verdict") == ["consistent", "impossible", "consistent"]


def test_it_says_where_the_report_lies(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "one.html"
    assert run(good, "-o", out).stdout == f"{out}: 1 label\n"


def test_title_is_text(good: Path) -> None:
    result = run(good, "-o", "-", "--title", "<i>Mine</i>")
    assert "<title>&lt;i&gt;Mine&lt;/i&gt;</title>" in result.stdout


def test_a_bad_file_is_named_and_the_others_are_reported_on(good: Path, tmp_path: Path) -> None:
    bad, out = tmp_path / "bad.yaml", tmp_path / "out.html"
    bad.write_text("product: [")
    result = run(bad, good, tmp_path / "missing.yaml", "-o", out)
    assert result.exit_code == 2
    assert "bad.yaml" in result.stderr
    assert "missing.yaml" in result.stderr
    assert Page(out.read_text()).row("Product") == ["Good"]


def test_where_no_file_can_be_read_the_old_report_stays(tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    out.write_text("old")
    assert run(tmp_path / "missing.yaml", "-o", out).exit_code == 2
    assert out.read_text() == "old"


def test_an_input_is_never_overwritten(good: Path) -> None:
    before = good.read_text()
    result = run(good, "-o", good)
    assert result.exit_code == 2
    assert "as input and as output" in result.stderr
    assert good.read_text() == before


@pytest.mark.parametrize("where", ["", "no/such/folder/x.html"])
def test_a_place_that_cannot_be_written_is_one_message(
    good: Path, tmp_path: Path, where: str
) -> None:
    result = run(good, "-o", tmp_path / where)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert result.stdout == ""


def test_a_crash_while_writing_leaves_the_old_report_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.html"
    out.write_text("old")

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(KeyboardInterrupt):
        write_whole(str(out), b"new")
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_written_report_keeps_its_mode_and_follows_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.html", tmp_path / "link.html"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_whole(str(link), b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_file_read_from_a_folder_is_named_without_it(good: Path) -> None:
    source = run(good, "-o", "-").stdout
    assert "Read from good.yaml." in source
    assert str(good.parent) not in source


def test_a_dsld_record_keeps_its_number(tmp_path: Path) -> None:
    record = {"id": 31415, "fullName": "Dsld Glycinate", "ingredientRows": [], "statements": []}
    file = tmp_path / "31415.json"
    file.write_text(json.dumps(record))
    result = run(file, "-o", "-")
    assert result.exit_code == 0
    assert "31415.json, record 31415" in result.stdout
