"""Statements of packs, each with the codes that belong to it: written before the words."""

from __future__ import annotations

import itertools
import re
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from chelate import resources
from chelate.checker import check
from chelate.findings import Finding, Severity
from chelate.models import Label
from chelate.rules import addresses, by_code, contents, lexicon, said

WRITTEN = yaml.safe_load(
    Path(__file__).with_name("data").joinpath("statements.yaml").read_text("utf-8")
)
CASES = WRITTEN["statements"]
CODES = [code for code in by_code() if code.startswith("CL")]
LANGUAGES = {"en", "de", "fr", "es", "it"}
STATEMENTS = [case for case in CASES if "text" in case]
FIRING = [case for case in STATEMENTS if case["codes"]]


def label_of(case: dict[str, Any], **changed: Any) -> Label:
    """The label that a case stands on, with its statement as the first, or its product's name."""
    base = WRITTEN["labels"][case.get("label", "plain")]
    own: dict[str, Any] = {"language": case.get("language")}
    if "product" in case:
        own["product"] = case["product"]
    else:
        own["statements"] = [case["text"], *base.get("statements", ())]
    return Label(**(base | own | changed))


def said_of(label: Label, path: str) -> list[Finding]:
    return [f for f in check(label).findings if f.code.startswith("CL") and f.path == path]


def codes_of(case: dict[str, Any]) -> list[str]:
    return sorted(
        f.code for f in said_of(label_of(case), "product" if "product" in case else "statements[0]")
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.get("text") or case["product"])
def test_a_statement_gets_the_codes_that_were_written_beside_it(case: dict[str, Any]) -> None:
    assert codes_of(case) == sorted(case["codes"])


def test_every_code_and_every_language_has_statements_and_so_has_innocence() -> None:
    fired = Counter(code for case in CASES for code in case["codes"])
    assert set(fired) | {"CL105"} == set(CODES)
    languages = {case.get("language", "en") for case in CASES}
    innocent = {case.get("language", "en") for case in CASES if not case["codes"]}
    assert languages == innocent == LANGUAGES
    assert sum(not case["codes"] for case in CASES) > len(CASES) / 3


@given(st.sampled_from(FIRING), st.sampled_from(STATEMENTS))
def test_a_statement_is_judged_alike_whatever_other_statement_follows_it(
    case: dict[str, Any], other: dict[str, Any]
) -> None:
    if "evaluated" in other["text"] or "diagnose" in other["text"]:
        return
    label = label_of(case)
    more = label.model_copy(update={"statements": (*label.statements, other["text"])})
    if check(more).verdict is check(label).verdict:
        found = {(f.code, f.words) for f in said_of(more, "statements[0]")}
        assert found == {(f.code, f.words) for f in said_of(label, "statements[0]")}


@given(st.sampled_from(FIRING))
def test_the_words_of_a_finding_are_printed_in_its_statement(case: dict[str, Any]) -> None:
    for finding in said_of(label_of(case), "statements[0]"):
        assert finding.words
        assert finding.words in case["text"]
        assert f"“{finding.words}”" in finding.message


def test_leaving_out_the_sentences_that_no_rule_asks_after_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    labels = [label_of(case) for case in CASES]
    found = [check(label).findings for label in labels]
    every = frozenset(table for text in STATEMENTS for table in tables_in(text["text"]))
    monkeypatch.setattr(said, "openings", lambda: every)
    for cached in (said._sentences, said._read):
        cached.cache_clear()
    assert [check(label).findings for label in labels] == found
    for cached in (said._sentences, said._read):
        cached.cache_clear()


def tables_in(text: str) -> frozenset[lexicon.Table]:
    return frozenset().union(*map(lexicon.tables_of, lexicon.WORD.findall(text)))


@pytest.mark.parametrize("case", STATEMENTS, ids=lambda case: case["text"])
def test_accents_that_stand_apart_change_nothing(case: dict[str, Any]) -> None:
    apart = case | {"text": unicodedata.normalize("NFD", case["text"])}
    assert codes_of(apart) == codes_of(case)


@given(st.sampled_from(STATEMENTS), st.sampled_from("\u00ad\u200b\u2060"))
def test_marks_that_nobody_sees_change_nothing_of_what_is_claimed(
    case: dict[str, Any], unseen: str
) -> None:
    broken = re.sub(r"([^\W\d_]{2})(?=[^\W\d_]{2})", rf"\1{unseen}", case["text"])
    claimed = {"CL101", "CL102", "CL104"}
    assert claimed.intersection(codes_of(case | {"text": broken})) == claimed.intersection(
        codes_of(case)
    )
    for finding in said_of(label_of(case | {"text": broken}), "statements[0]"):
        assert finding.words in broken


SOURCED = {"name": "Magnesium (as TRAACS® magnesium bisglycinate chelate)", "amount": "100 mg"}


@pytest.mark.parametrize("said", ["Buffered.", "Gently buffered", "Gepuffert.", "Tamponné."])
def test_a_mark_in_the_panel_is_told_where_buffered_stands_alone_in_a_statement(said: str) -> None:
    label = Label(product="Sample", facts=[SOURCED], statements=[said])
    (found,) = [f for f in check(label).findings if f.code == "CL105"]
    assert (found.path.split(".")[0], found.words) == ("facts[0]", "TRAACS")
    assert f"says “{said.split()[-1].rstrip('.')}” of magnesium" in found.message
    plain = label.model_copy(update={"statements": ()})
    assert "CL105" not in {f.code for f in check(plain).findings}


def test_a_mark_in_the_panel_is_told_where_the_name_says_buffered() -> None:
    label = Label(product="Buffered Mag", facts=[SOURCED])
    assert "CL105" in {f.code for f in check(label).findings}


@given(st.integers(20, 900), st.integers(1, 6), st.sampled_from([0, 1, 2]))
def test_a_number_that_may_be_a_day_some_servings_or_a_part_of_one_is_not_faulted(
    declared_mg: int, count: int, way: int
) -> None:
    said_mg = [declared_mg * count, declared_mg / count, 30 * declared_mg][way]
    row = {"name": "Magnesium (as magnesium bisglycinate)", "amount": f"{declared_mg} mg"}
    serving = {"size": "1 capsule", "per_container": "30"}
    label = Label(product=f"Magnesium {said_mg:.4g} mg", facts=[row], serving=serving)
    assert [f for f in said_of(label, "product") if f.code == "CL107"] == []


def test_a_number_that_is_nothing_is_told_with_what_so_much_of_the_source_would_hold() -> None:
    label = label_of({"product": "Zinc 70 mg", "label": "zinc"})
    (found,) = said_of(label, "product")
    # 28.24 % of the monohydrate and 30.62 % of the anhydrous compound are zinc:
    # 69.5 mg hold 19.6 mg at least, and 70.5 mg 21.6 mg at most.
    told = (
        "stands nowhere in the panel, and so much zinc bisglycinate alone would hold 19.6–21.6 mg"
    )
    assert found.severity is Severity.WARNING
    assert told in found.message


def test_a_number_of_several_sources_is_told_as_what_they_may_weigh_together() -> None:
    # 500 mg of bisglycinate (at least 11.7 %) to 500 mg of oxide (60.3 %) hold 200 mg somewhere.
    (found,) = said_of(label_of({"product": "Magnesium 500 mg", "label": "blend"}), "product")
    assert "may be the mass of magnesium bisglycinate and magnesium oxide" in found.message


def test_high_potency_of_one_row_among_others_is_not_said_of_it() -> None:
    rows = [
        {"name": "Fish oil", "amount": "1,000 mg"},
        {"name": "Vitamin E (as d-alpha-tocopherol)", "amount": "3 mg"},
    ]
    label = Label(product="High Potency Formula", facts=rows)
    assert said_of(label, "product") == []


@given(st.lists(st.text(max_size=60), max_size=4), st.sampled_from(["US", "EU", "CA", "AU"]))
def test_no_text_is_too_odd_to_be_read(statements: list[str], market: str) -> None:
    case = {"text": "Supports sleep.", "codes": []}
    label = label_of(case, statements=statements, market=market)
    for index, text in enumerate(label.statements):
        assert all(f.words in text for f in said_of(label, f"statements[{index}]"))


@pytest.mark.parametrize(
    ("words", "market", "least_mg"),
    [
        ("A good source of magnesium.", "US", 0.10 * 420),
        ("High in magnesium.", "US", 0.20 * 420),
        ("High potency magnesium.", "US", 420),
        ("Source of magnesium.", "EU", 0.15 * 375),
        ("High in magnesium.", "EU", 0.30 * 375),
    ],
)
@given(amount=st.integers(100, 9999))
def test_a_word_for_the_amount_is_faulted_where_the_amount_is_below_its_share_and_only_there(
    words: str, market: str, least_mg: float, amount: int
) -> None:
    """Of "12.3 mg" the most that may be meant is 12.35 mg: half a unit of the last digit."""
    printed = amount / 10
    half = 0.05 if amount < 1000 else 0.5
    row = {"name": "Magnesium (as magnesium oxide)", "amount": f"{printed:.1f} mg"}
    label = Label(product="Sample", market=market, facts=[row], statements=[words])
    found = [f for f in check(label).findings if f.code == "CL103"]
    assert bool(found) == (printed + half < least_mg - 1e-9)
    assert all(f.severity is Severity.ERROR for f in found)


def test_the_arithmetic_of_a_content_word_stands_in_the_message() -> None:
    (finding,) = said_of(label_of({"text": "A good source of magnesium.", "label": "little"}),
                         "statements[0]")  # fmt: skip
    for figure in ("42 mg", "10 %", "420 mg", "30 mg"):
        assert figure in finding.message


def test_in_the_eu_a_content_word_is_held_to_the_whole_day() -> None:
    row = {"name": "Magnesium (as magnesium citrate)", "amount": "30 mg"}
    label = Label(product="Sample", market="EU", facts=[row], statements=["Source of magnesium."],
                  serving={"size": "1 capsule", "per_day": "2"})  # fmt: skip
    assert said_of(label, "statements[0]") == []


def test_what_cannot_be_judged_is_skipped_and_not_passed() -> None:
    cases = [
        ("Treats insomnia.", "ca", "CL101"),
        ("Calcium may reduce the risk of osteoporosis.", "disclaimed", "CL101"),
        ("A good source of magnesium.", "unweighed", "CL103"),
        ("Zinc contributes to normal fertility.", "eu-two", "CL108"),
    ]
    for text, name, code in cases:
        skipped = check(label_of({"text": text, "label": name})).skipped
        assert [s.path for found, s in skipped if found == code] == ["statements[0]"]


def test_both_sentences_of_the_disclaimer_count_wherever_they_stand() -> None:
    apart = [
        "Supports sleep.*",
        "*This statement has not been evaluated by the Food & Drug Administration.",
        "*This product is not intended to diagnose, treat, cure or prevent any disease.",
    ]
    for statements, carried in ((apart, None), (apart[:1], "neither of"), (apart[::2], "one of")):
        found = said_of(label_of({"text": ""}, statements=statements), "statements[0]")
        assert [f.code for f in found] == (["CL102"] if carried else [])
        assert all(carried and carried in f.message for f in found)


def pointers() -> set[str]:
    """Every entry of the register of claims that a statement's finding may point to."""
    data = resources.toml("statements.toml")
    more = (key for entry in data["reviewed"].values() for key in entry.get("rather_than", ()))
    return {*data["evidence"].values(), *data["reviewed"], *more}


def test_every_pointer_leads_to_an_entry_of_the_register() -> None:
    known = {claim["id"] for claim in resources.toml("evidence.toml")["claim"]}
    assert pointers()
    assert pointers() <= known


REGISTER = {claim["id"]: claim for claim in resources.toml("evidence.toml")["claim"]}


def records_for(text: str) -> set[str]:
    """The records of the register that a label is sent to for a statement."""
    found = said_of(label_of({"text": text, "label": "disclaimed"}), "statements[0]")
    return {key for f in found for key in re.findall(r"evidence ([ABT]\d+)", f.message)}


@pytest.mark.parametrize("key", REGISTER)
def test_each_claim_of_the_register_leads_to_its_record_and_to_no_other(key: str) -> None:
    """Or to the one whose reason sends there: A19 is T04 as an article says it."""
    (found,) = records_for(REGISTER[key]["said"])
    assert found == key or f"see {key}" in REGISTER[found]["reason"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1 g Magtein gives 144 mg magnesium.", "T14"),
        ("The soil has been stripped of magnesium.", "A24"),
        ("Kaffee und Stress rauben Magnesium.", "A28"),
        ("10 g of collagen supplies 3 g of glycine.", "A30"),
        ("Buffered is oxide with a pinch of glycine.", "A20"),
        ("Threonate: the best form for the brain.", "A31"),
        ("Fully reacted magnesium bisglycinate.", "T09"),
        ("Un vrai chélate.", "T12"),
    ],
)
def test_a_paraphrase_leads_to_the_record_of_its_claim(text: str, key: str) -> None:
    assert records_for(text) == {key}


def test_every_topic_of_an_authorised_claim_is_a_topic() -> None:
    data = resources.toml("statements.toml")
    authorised = {topic for topics in data["authorised"].values() for topic in topics}
    assert authorised | set(data["unjudged"]["topics"]) <= set(data["topics"])
    assert set(data["authorised"]) - {"magnesium"} <= set(data["substances"])


def test_every_table_of_words_has_every_language_that_is_read() -> None:
    data = resources.toml("statements.toml")
    tables = ["breaks", "contrasts", "others", "own", "relatives", "cautions", "elsewhere", "mild",
              "giving", "praising", "witnesses",
              "diseases", "drugs", "effects", "towards", "copulas", "conditions", "indications",
              "benefits", "taking", "restrictions", "illness", "signs", "fighting", "medicines",
              "therapies", "substituting", "helping", "adverse", "interactions", "persons",
              "obliged", "beforehand", "uncertain", "asked", "mentions", "subordinate",
              "disclaiming"]  # fmt: skip
    for name in tables:
        assert set(data[name]) == LANGUAGES, name
    for name, topic in data["topics"].items():
        assert set(topic) == LANGUAGES, name


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Treats insomnia.", "a disease: "),
        ("Relieves painful joints.", "a disease, by its signs: "),
        ("A natural painkiller.", "a disease, by a class of medicines: "),
        ("Take it instead of your medication.", "a disease, in the place of a medicine: "),
        ("Makes chemotherapy more effective.", "a disease, beside a therapy for one: "),
    ],
)
def test_a_finding_says_by_what_criterion_a_disease_is_implied(text: str, by: str) -> None:
    (finding,) = said_of(label_of({"text": text, "label": "disclaimed"}), "statements[0]")
    assert f"may imply an effect on {by}" in finding.message


@pytest.mark.parametrize(
    "words",
    ["absorption", "90 % absorption", "no absorption", "not insomnia,", "if gout", "a@b.de",
     "no better absorption", "magnesium 100 mg", "4 % oxide absorbed", "deficient people %",
     "never again insomnia", "chelated magnesium oxide", "high magnesium", "Albion", "no",
     "without a", "not a, insomnia", "no a, insomnia,", "non sans", "unclear which best absorbed",
     "\"slogan\" insomnia", "in\u00ad\u0301som", "people with asthma should"],
)  # fmt: skip
def test_twice_the_statement_takes_no_more_than_twice_the_calls(words: str) -> None:
    said_of(label_of({"text": words}), "statements[0]")  # tables of words are read once
    once, twice = (calls_for(f"{words} " * many) for many in (500, 1_000))
    assert 500 < once < twice < 2.2 * once


def calls_for(text: str) -> int:
    """The calls that judging a statement takes: work, whatever else the machine does."""
    label, calls = label_of({"text": text}), itertools.count()
    sys.setprofile(lambda *_: next(calls))
    try:
        said_of(label, "statements[0]")
    finally:
        sys.setprofile(None)
    return next(calls)


JOINS = {"en": " and ", "de": " und ", "fr": " et ", "es": " y ", "it": " e "}
LISTED = {"en": "Rich in", "de": "Reich an", "fr": "Riche en", "es": "Rico en", "it": "Ricco di"}
SPOKEN = ["calcium", "magnesium", "zinc", "iron", "selenium", "vitamin D"]


@given(st.lists(st.sampled_from(SPOKEN), min_size=1, unique=True), st.sampled_from(sorted(JOINS)))
def test_a_word_for_the_amount_is_of_every_nutrient_of_the_list_after_it(
    named: list[str], language: str
) -> None:
    *first, last = named
    text = f"{LISTED[language]} {', '.join(first)}{JOINS[language] if first else ''}{last}."
    (sentence,) = said.sentences_of("", text)
    market = "US" if language == "en" else "EU"
    found = [nutrient for _, _, nutrient in contents.content_words(sentence, market)]
    assert found == [name.replace(" ", "-").lower() for name in named]


@given(st.sampled_from(FIRING))
def test_an_address_before_a_statement_changes_nothing(case: dict[str, Any]) -> None:
    label, address = label_of(case), "Good Bone Company LLC, 12 Heart Street, Salem, OR 97301\n"
    more = label_of(case, statements=[address + case["text"], *label.statements[1:]])
    assert [(f.code, f.words) for f in said_of(more, "statements[0]")] == [
        (f.code, f.words) for f in said_of(label, "statements[0]")
    ]


@pytest.mark.parametrize(
    "text", ["A " * 9_000, "12 " + "A." * 9_000, "a" * 9_000 + "@" + "b-" * 9_000,
             "a." * 9_000, "Calle de la " * 3_000, "Aa and " * 5_000, "12 Aa " * 5_000],
    ids=lambda text: text[:9],
)  # fmt: skip
def test_names_and_addresses_are_looked_for_in_linear_time(text: str) -> None:
    began = time.perf_counter()
    addresses.addresses(f"{text} 20095 X")
    assert time.perf_counter() - began < 2
