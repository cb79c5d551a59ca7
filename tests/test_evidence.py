"""The register of claims: its form, its figures against the chemistry, and how it is found."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from chelate import catalogue, evidence, figures, provenance
from chelate.catalogue import CatalogueError, element_fraction, moiety_fraction, substance
from chelate.catalogue.names import normalise
from chelate.cli import main
from chelate.evidence import NONE_FOUND, READ, SECONDARY, VERDICTS, Evidence
from chelate.findings import InputError
from chelate.formula import molar_mass
from chelate.gate import blocks
from chelate.stoichiometry import dose_for, yield_of

RECORDS = list(evidence.register().values())
every_claim = pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
BISGLYCINATE = substance("magnesium-bisglycinate")
LYSINATE = substance("magnesium-lysinate-glycinate")
RUN = 8
# The digests of all runs of eight words of the articles whose claims are in the register.
ARTICLES = Path(__file__).parent / "data" / "articles_eight_words.bin"


def prose(record: Evidence) -> str:
    return " ".join((record.said, record.reason, *record.figures))


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z0-9])", text)


# Form


def test_every_claim_of_the_articles_is_there() -> None:
    wanted = [f"A{n}" for n in range(1, 34)] + [f"B{n}" for n in range(1, 10)]
    assert [record.id for record in RECORDS if record.id[0] in "AB"] == wanted


def test_the_claims_of_the_trade_are_numbered_without_a_gap() -> None:
    ids = [record.id for record in RECORDS if record.id[0] == "T"]
    assert ids == [f"T{n:02}" for n in range(1, len(ids) + 1)]


@pytest.mark.parametrize(
    "words",
    [
        "best absorbed", "90 % absorbed", "laxative", "oxide 4 %", "true chelate mark",
        "peptide bond", "brain magnesium", "80 % deficient", "100 % pure",
        "front elemental compound", "chelated maximum absorption",
    ],
)  # fmt: skip
def test_what_the_trade_often_says_is_there(words: str) -> None:
    assert any(record.id[0] == "T" for record in evidence.search(words))


@every_claim
def test_a_reason_is_two_sentences_and_a_claim_is_one(record: Evidence) -> None:
    assert len(sentences(record.reason)) == 2
    assert len(sentences(record.said)) == 1
    for text in (record.said, record.reason):
        assert text.endswith(".")
        assert text == " ".join(text.split())


@every_claim
def test_a_figure_has_a_number_and_says_what_it_is(record: Evidence) -> None:
    for figure in record.figures:
        assert re.search(r"\d", figure)
        assert re.search(r"[a-z]{3,}.*[a-z]{3,}", figure)


@every_claim
def test_what_a_claim_concerns_is_in_the_catalogue(record: Evidence) -> None:
    assert all(evidence.about(identifier) for identifier in record.concerns)


@every_claim
def test_a_claim_it_points_to_is_in_the_register(record: Evidence) -> None:
    for identifier in re.findall(r"\b[ABT]\d+\b", record.reason):
        assert evidence.claim(identifier).id != record.id


def test_the_trials_of_threonate_that_are_counted_are_told_also_where_nothing_was_found() -> None:
    claim = evidence.claim("A31")
    trials = [figure for figure in claim.figures if re.match(r"\d+ (people|patients)", figure)]
    assert "five trials" in claim.reason
    assert len(trials) == 5 == len(set(claim.references) - {"slutsky-2010"})
    assert "one, of patients after surgery, found no difference" in claim.reason
    assert [trial for trial in trials if "not different" in trial] == trials[-1:]


# References


@every_claim
def test_a_reference_counts_as_read_where_the_catalogue_says_so(record: Evidence) -> None:
    for reference, how in record.cited:
        assert (how in (*READ, SECONDARY)) == reference.verified, reference.id
        assert how != "DOI resolved in a search" or reference.doi


@every_claim
def test_a_claim_cites_something_or_says_that_nothing_was_found(record: Evidence) -> None:
    assert bool(record.references) != (record.verified_by == (NONE_FOUND,))
    assert len(record.cited) == len(record.references) == len(set(record.references))


@every_claim
def test_every_reference_can_be_looked_up(record: Evidence) -> None:
    for reference, _ in record.cited:
        assert re.fullmatch(r"\S.{20,}\S", reference.text)
        assert reference.doi is None or re.fullmatch(r"10\.\d{4,9}/[^\s\"<>]+", reference.doi)
        assert reference.url is None or re.fullmatch(r"https?://[\w.-]+\.\w+/\S+", reference.url)


@pytest.mark.parametrize("identifier", ["A2", "A5"])
def test_a_number_of_people_that_an_abstract_does_not_give_is_marked_as_secondary(
    identifier: str,
) -> None:
    record = evidence.claim(identifier)
    how = {reference.id: how for reference, how in record.cited}
    assert {how[key] for key in ("inagawa-2006", "yamadera-2007", "bannai-2012")} == {SECONDARY}
    assert any("review" in figure or "secondary" in figure for figure in record.figures)
    output = " ".join(run(identifier).output.split())
    assert output.count(f"({SECONDARY})") == 3
    told = run_sources(identifier)
    assert f"! {identifier}: partly" in told
    assert f"inagawa-2006 ({SECONDARY})" in told


# Documents without an address: panels, monographs and pages that were seen and whose address
# was not kept, and what is the program's own.
WITHOUT_ADDRESS = {
    "aafco-metal-chelate", "collagen-residues", "dfh-label", "doctors-best-label",
    "formula-balance", "gmap-gelatin", "nge-mineral-activity", "scf-2001-magnesium",
    "tga-artg-363829", "usda-gelatin",
}  # fmt: skip
OF_THE_STUDIES = {
    "absorption-construction", "absorption-reconstruction", "absorption-synthesis", "sabatier-2003",
}  # fmt: skip
OF_THE_GATE = {
    "erreger-2007", "gate-construction", "neuroscience-textbook", "nmda-d-serine-as-glycine",
    "nmda-model-figure",
}  # fmt: skip


def test_every_document_of_the_register_the_studies_and_the_gate_has_an_address() -> None:
    tables = {
        "evidence": WITHOUT_ADDRESS, "absorption": OF_THE_STUDIES, "gate": OF_THE_GATE,
    }  # fmt: skip
    for name, without in tables.items():
        keys = {key for entry in provenance.table(name).entries for key in entry.sources}
        documents = (catalogue.references()[key] for key in keys)
        assert {each.id for each in documents if not (each.doi or each.url)} == without, name


def test_the_one_trial_of_bisglycinate_and_sleep_is_cited_in_full() -> None:
    trial = catalogue.references()["schuster-2025"]
    assert "Nat. Sci. Sleep 17 (2025) 2027" in trial.text
    assert trial.doi == "10.2147/NSS.S524348"


def test_a_verdict_of_supported_rests_on_something_read() -> None:
    for record in RECORDS:
        if record.verdict in ("supported", "partly", "contested"):
            assert any(reference.verified for reference, _ in record.cited), record.id


# Figures that the program can compute


def oxide_in(percent: float, chelate: str = "magnesium-bisglycinate") -> tuple[float, float]:
    """The oxide in a blend that reads so many percent: by weight, and of the magnesium."""
    low = element_fraction(substance(chelate))
    high = element_fraction(substance("magnesium-oxide"))
    weight = (percent / 100 - low) / (high - low)
    return weight, weight * high / (percent / 100)


def magnesium_with_mg(glycine_mg: float, name: str) -> float:
    return yield_of(name, dose_for(name, "glycine", glycine_mg).dose_mg).held("magnesium").mg


def glycine_with_mg(magnesium_mg: float, name: str) -> float:
    return yield_of(name, dose_for(name, "magnesium", magnesium_mg).dose_mg).held("glycine").mg


def computed() -> Iterator[tuple[str, str]]:
    """What stands in the figures of a claim, by the program's own arithmetic."""
    glycinate, lysinate = BISGLYCINATE.id, LYSINATE.id
    most = figures.percent(element_fraction(BISGLYCINATE))
    with_3_g_mg = magnesium_with_mg(3000, glycinate)
    yield from ((claim, f"{most}") for claim in ("A13", "A22", "T05", "T09"))
    yield "A13", f"{molar_mass(BISGLYCINATE.formula):.1f} g/mol"
    for percent in (18, 20):
        weight, share = oxide_in(percent)
        yield "A20", f"{figures.percent(weight)} oxide by weight"
        yield "A20", f"{figures.percent(share)} of the magnesium, at least, at {percent} %"
    for claim in ("A22", "T13"):
        yield claim, figures.percent(element_fraction(LYSINATE), decimals=2)
    for name in (glycinate, lysinate):
        yield "A22", figures.mg(glycine_with_mg(200, name))
    yield "A23", f"{figures.mg(with_3_g_mg)} of magnesium with 3 g of glycine from bisglycinate"
    yield "A23", f"{figures.mg(magnesium_with_mg(3000, lysinate))} of magnesium with 3 g"
    for limit_mg, glycine in ((350, "350 mg of magnesium"), (250, "250 mg")):
        yield "A23", f"{with_3_g_mg / limit_mg:.0%}".replace("%", " %")
        yield "A23", f"{figures.mg(glycine_with_mg(limit_mg, glycinate))} "
        yield "A23", glycine
    yield "A23", f"{figures.mg(glycine_with_mg(200, glycinate))} of glycine with 200 mg"
    scoop = yield_of("collagen peptides", 15_000).held("glycine")
    low_g, high_g = scoop.range_mg.low / 1000, scoop.range_mg.high / 1000
    yield "A30", f"{low_g:.1f}–{high_g:.1f} g of glycine in 15 g of collagen"
    yield "A30", f"usually {scoop.mg / 1000:.1f} g"
    collagen_mg = dose_for("collagen peptides", "glycine", 5000).dose_mg
    yield "A30", f"{collagen_mg / 1000:.1f} g of collagen for 5 g of glycine"
    yield "A26", f"{(138 - 22) / 138:.0%}".replace("%", " %")
    yield "A28", f"{0.16 * molar_mass('Mg'):.1f} mg"
    weight, share = oxide_in(14, "magnesium-bisglycinate-dihydrate")
    yield "T09", f"{figures.percent(weight)} oxide by weight, {figures.percent(share)}"
    yield "T10", f"{figures.mg(500 * element_fraction(BISGLYCINATE))} of magnesium in 500 mg"
    yield "T10", f"{500 * element_fraction(BISGLYCINATE) / 420:.0%}".replace("%", " %")
    yield "T13", f"{figures.mg(2000 * element_fraction(LYSINATE))} of magnesium in 2,000 mg"
    threonate = substance("magnesium-l-threonate-monohydrate")
    yield "T14", f"{figures.mg(1000 * element_fraction(threonate))} in 1 g"


OTHERWISE = {"A26", "A30"}  # by contents that documents print, without a formula
CONVERTED = re.compile(r"\bm(Eq|mol)\b.*\bmg\b")


def test_a_figure_computed_from_formulas_cites_the_atomic_weights_and_the_formulas() -> None:
    for claim in {claim for claim, _ in computed()} - OTHERWISE - {"A28"}:
        assert {"iupac-2021", "formula-balance"} <= set(evidence.claim(claim).references), claim


def test_a_figure_converted_to_mg_cites_the_atomic_weights() -> None:
    converted = [r for r in RECORDS if any(CONVERTED.search(figure) for figure in r.figures)]
    assert {"A19", "A28", "T01", "T04"} <= {record.id for record in converted}
    for record in converted:
        assert "iupac-2021" in record.references, record.id
    # 21 and 80 mEq are 10.5 and 40 mmol.
    weight = molar_mass("Mg")
    assert f"21 mEq ({10.5 * weight:.0f} mg)" in prose(evidence.claim("A19"))
    assert f"80 mEq ({40 * weight:.0f} mg)" in prose(evidence.claim("T01"))


@pytest.mark.parametrize(("claim", "said"), list(computed()))
def test_a_figure_that_can_be_computed_agrees(claim: str, said: str) -> None:
    assert any(said in figure for figure in evidence.claim(claim).figures), said


def test_the_magnesium_with_3_g_of_glycine_is_two_glycines_to_one_magnesium() -> None:
    by_hand = 3000 / (2 * molar_mass("C2H5NO2")) * molar_mass("Mg")
    assert figures.mg(by_hand) == "485.7 mg"
    assert "485.7 mg" in evidence.claim("A23").reason
    share = moiety_fraction(BISGLYCINATE, "glycine")
    assert by_hand == pytest.approx(3000 / share * element_fraction(BISGLYCINATE))


def test_the_open_share_of_the_channel_is_that_of_the_model() -> None:
    from math import exp

    known = blocks()["jahr-stevens-1990"]
    shares = [1 / (1 + mm / known.k_mmol_per_l * exp(70 * known.slope_per_mv)) for mm in (1, 0.8)]
    said = next(f for f in evidence.claim("A12").figures if "open share" in f)
    assert said.startswith(f"{shares[0]:.4f} against {shares[1]:.4f}")


# Wording


ADVICE = re.compile(
    r"\b(you|your|we|should|must not|ought|consult|ask an?|advis\w+|try|avoid|buy|choose|prefer|"
    r"look for|take (it|this|them|with)|recommend|recommends|better to|safe to)\b",
    re.IGNORECASE,
)
ACCUSATION = re.compile(
    r"\b(fraud\w*|fake\w*|mislabel\w*|scam\w*|lie[sd]?|cheat\w*)\b", re.IGNORECASE
)


@pytest.mark.parametrize(
    "text", ["You should take it at night.", "Look for this mark.", "It is safe to take more."]
)
def test_advice_is_known_where_it_is_met(text: str) -> None:
    assert ADVICE.search(text)


@every_claim
def test_nothing_advises_and_nothing_accuses(record: Evidence) -> None:
    for pattern in (ADVICE, ACCUSATION):
        assert not pattern.search(prose(record)), record.id


def digests(text: str) -> set[bytes]:
    words = re.findall(r"[^\W_]+", text.casefold())
    runs = (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
    return {blake2b(run.encode(), digest_size=5).digest() for run in runs}


def articles() -> set[bytes]:
    data = ARTICLES.read_bytes()
    return {data[i : i + 5] for i in range(0, len(data), 5)}


def test_eight_words_in_a_row_are_found_whatever_stands_between_them() -> None:
    own = digests("One ion, two ligands: the charges balance and nothing is left over.")
    assert digests("... two LIGANDS the charges balance; and nothing is") <= own
    assert not digests("two ligands and the charges balance so nothing is") & own
    assert len(articles()) > 4000


@every_claim
def test_no_eight_words_in_a_row_are_those_of_an_article(record: Evidence) -> None:
    for text in (record.said, record.reason, *record.figures):
        assert not digests(text) & articles(), text


# Loading


GOOD = """
[[claim]]
id = "A1"
said = "Oxide is magnesium."
verdict = "partly"
reason = "One. Two."
figures = ["60.3 % of it"]
references = ["iupac-2021"]
verified_by = ["text read"]
reviewed = "2026-11-21"
topics = ["oxide"]
concerns = ["magnesium-oxide"]
"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        path = tmp_path / "evidence.toml"
        path.write_text(text, encoding="utf-8")
        return evidence.read(path)

    return read


def test_a_good_record_is_read(read: Callable[[str], Any]) -> None:
    assert read(GOOD)["A1"].cited[0][0].id == "iupac-2021"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('verdict = "partly"', 'verdict = "maybe"', "'maybe' is none of supported, partly"),
        ('verdict = "partly"', "", "missing verdict"),
        ('verdict = "partly"', 'verdict = "partly"\nmood = "good"', "unknown key mood"),
        ('["iupac-2021"]', '["nobody-1900"]', "unknown reference nobody-1900"),
        ('["text read"]', "[]", "one for one"),
        ('["text read"]', '["heard of"]', "'heard of' is none of text read"),
        ('["iupac-2021"]', "[]", "'none found' and nothing else"),
        ("2026-11-21", "21 November", "'21 November' is not a date"),
        ('["oxide"]', "[]", "topics is empty"),
        ('"Oxide is magnesium."', '""', "said is empty"),
        ('"A1"', '"Z1"', "the id is not"),
        ('reviewed = "2026-11-21"', "reviewed = 7", "reviewed: 7 is not str"),
        ("[[claim]]", "[[claim", "evidence.toml"),
    ],
)
def test_a_malformed_record_is_refused_by_name(
    read: Callable[[str], Any], old: str, new: str, said: str
) -> None:
    assert old in GOOD
    with pytest.raises(CatalogueError, match=re.escape(said)) as caught:
        read(GOOD.replace(old, new))
    assert "evidence.toml" in str(caught.value)


# Finding


vocabulary = sorted(
    {word for r in RECORDS for topic in r.topics for word in normalise(topic).split()}
)
words = st.sampled_from(vocabulary)


@every_claim
def test_a_claim_is_found_by_each_of_its_topics_and_by_its_own_words(record: Evidence) -> None:
    for text in (*record.topics, record.said):
        assert record in evidence.search(text)


@given(words, words)
def test_another_word_never_finds_more(one: str, other: str) -> None:
    assert set(evidence.search(f"{one} {other}")) <= set(evidence.search(one))


@given(words, words)
def test_the_order_of_words_and_their_case_do_not_matter(one: str, other: str) -> None:
    assert evidence.search(f"{one} {other}") == evidence.search(f"  {other.upper()},{one}! ")


@given(words, st.integers(min_value=3))
def test_a_word_is_found_by_its_beginning(word: str, length: int) -> None:
    assert set(evidence.search(word)) <= set(evidence.search(word[:length]))


@given(st.text(max_size=40))
def test_any_text_can_be_searched_for(text: str) -> None:
    assert set(evidence.search(text)) <= set(RECORDS)


def test_a_search_finds_ids_first_and_nothing_by_no_word() -> None:
    found = [record.id for record in evidence.search("a19")]
    assert found[0] == "A19"
    assert "T04" in found
    assert evidence.search("") == evidence.search(" ?! ") == ()


def test_what_is_claimed_comes_before_what_a_reason_mentions() -> None:
    found = evidence.search("oxide")
    claimed = [any("oxide" in text for text in (r.said, *r.topics, *r.concerns)) for r in found]
    assert claimed == sorted(claimed, reverse=True)
    assert not all(claimed)


def test_an_id_is_found_in_any_spelling_and_a_missing_one_names_its_neighbours() -> None:
    assert evidence.claim("t3") == evidence.claim(" T03 ") == evidence.register()["T03"]
    with pytest.raises(InputError, match=r"there is no claim 'A91'.*such as"):
        evidence.claim("A91")


def test_a_hydrate_brings_the_claims_about_its_family() -> None:
    dihydrate = evidence.about("magnesium-bisglycinate-dihydrate")
    assert dihydrate == evidence.about("magnesium-bisglycinate")
    assert evidence.claim("A23") in dihydrate
    assert evidence.claim("A21") in evidence.about("traacs")
    assert evidence.about("magnesium-stearate") == ()


def test_an_id_that_the_catalogue_lacks_is_refused() -> None:
    with pytest.raises(InputError, match="magnesium-oxide"):
        evidence.about("magnesium-oxid")


def test_a_record_without_references_cites_none() -> None:
    bare = replace(RECORDS[0], references=(), verified_by=(NONE_FOUND,))
    assert bare.cited == ()


# The command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["evidence", *arguments])


def run_sources(*arguments: str) -> str:
    """The output of `chelate sources` as one line."""
    result = CliRunner().invoke(main, ["sources", *arguments])
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_without_words_every_claim_is_listed_with_its_verdict() -> None:
    result = run()
    assert result.exit_code == 0
    for record in RECORDS:
        assert f"  {record.id:<4}  {record.verdict:<12}{record.said[:40]}" in result.output
    assert "not medical advice" in result.output
    assert "Reviewed 2026-11-21" in result.output
    for meaning in VERDICTS.values():
        assert meaning in result.output


def test_an_id_shows_the_whole_of_the_claim() -> None:
    result = run("a19")
    assert result.exit_code == 0
    said = " ".join(result.output.split())
    record = evidence.claim("A19")
    for text in (record.verdict, record.said, record.reason, *record.figures, record.origin):
        assert text in said
    for reference, how in record.cited:
        assert " ".join(reference.text.split()) in said
        assert f"({how})" in said
    assert "doi:10.1177/0148607194018005430" in said
    assert "not medical advice" in said


def test_a_claim_without_references_says_so() -> None:
    assert "References\n  none found" in run("A1").output


def test_several_ids_show_several_claims_each_once() -> None:
    output = run("A1", "T3", "a1").output
    assert output.count("Reason\n") == 2
    assert "T03  partly" in output


def test_no_line_is_wider_than_a_page_but_for_an_address() -> None:
    for line in "\n".join((run().output, run(*evidence.register()).output)).splitlines():
        assert len(line) <= 88 or "http" in line


def test_words_list_the_claims_that_hold_them() -> None:
    output = run("collagen").output
    assert "A30" in output
    assert "A23" not in output


def test_an_unknown_id_ends_with_2_and_names_near_ones() -> None:
    result = run("A1", "A97")
    assert result.exit_code == 2
    assert "error: there is no claim 'A97'" in result.output
    assert "A9" in result.output.partition("such as")[2]


def test_a_search_without_a_match_says_so_and_names_what_is_near() -> None:
    result = run("colagen")
    assert result.exit_code == 0
    assert 'nothing in the register matches "colagen"; near to it: collagen' in result.output


@pytest.mark.parametrize("typed", ["a-19", "A 19", "#A19", "A19,", "a019", "(A19)"])
def test_an_id_is_found_however_it_is_typed(typed: str) -> None:
    assert run(typed).output == run("A19").output
    assert run(*typed.split()).output == run("A19").output


def test_a_question_shows_the_claims_that_hold_the_most_of_its_words() -> None:
    question = "is oxide badly absorbed?"
    assert not evidence.search(question)
    assert {"A19", "T04"} <= {record.id for record in evidence.nearest(question)}
    assert "T03" in {record.id for record in evidence.search("magnesium oxide")}
    assert "T03" not in {r.id for r in evidence.nearest("is magnesium oxide badly absorbed?")}
    output = run(question).output
    assert output.startswith('no claim holds every word of "is oxide badly absorbed?"')
    assert "  A19   contested" in output
    said = json.loads(run(question, "--format", "json").output)
    assert said["evidence"] == []
    assert said["nearest"] == [record.id for record in evidence.nearest(question)]


@given(st.lists(words, min_size=1, max_size=5))
def test_the_nearest_claims_hold_at_least_half_of_the_words(found: list[str]) -> None:
    text = " ".join(dict.fromkeys(found))
    for record in evidence.nearest(text):
        held = sum(record in evidence.search(word) for word in text.split())
        assert 2 * held >= len([w for w in text.split() if evidence.nearest(w)])


def test_what_the_register_does_not_speak_of_has_no_nearest_claim() -> None:
    assert evidence.nearest("colagen") == evidence.nearest("is it the") == ()
    assert evidence.nearest("") == ()


@pytest.mark.parametrize("arguments", [(), ("A19",), ("oxide",), ("colagen",)])
def test_programs_read_the_same(arguments: tuple[str, ...]) -> None:
    said = json.loads(run(*arguments, "--format", "json").output)
    assert said["version"] == 1
    assert said["verdicts"] == dict(VERDICTS)
    expected = {(): RECORDS, ("A19",): [evidence.claim("A19")], ("colagen",): []}.get(
        arguments, list(evidence.search("oxide"))
    )
    assert [record["id"] for record in said["evidence"]] == [record.id for record in expected]
    for found in said["evidence"]:
        record = evidence.claim(found["id"])
        assert found["reason"] == record.reason
        assert found["figures"] == list(record.figures)
        assert [r["id"] for r in found["references"]] == list(record.references)
        assert found["verified_by"] == list(record.verified_by)


def test_every_id_of_the_catalogue_can_be_asked_for() -> None:
    for identifier in (*catalogue.substances(), *catalogue.marks(), *catalogue.nutrients()):
        assert set(evidence.about(identifier)) <= set(RECORDS)
