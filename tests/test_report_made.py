"""The pages of a formulation and of a day: true to the other outputs, inert, readable anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from chelate import catalogue, files
from chelate.catalogue.names import as_called
from chelate.checker import check
from chelate.cli import main
from chelate.figures import mass, mg, money, number, open_range, percent, reckoned, stated_mass
from chelate.formulate.day import day_of
from chelate.intervals import Interval
from chelate.limits import SCOPES
from chelate.models import Label
from chelate.models.formulation import Formulation
from chelate.models.stack import Stack
from chelate.report.day import stack_html
from chelate.report.made import formulation_html
from chelate.report.made.bars import bar
from conftest import ROOT

FOLDER = ROOT / "formulations"
STACKS = sorted(file.name for file in FOLDER.glob("stack-*.yaml"))
MADE = sorted(
    file.name for file in FOLDER.glob("*.yaml") if not file.name.startswith(("stack-", "design-"))
)
EVERY = [*MADE, *STACKS]
HOSTILE = [
    "<script>document.title='ran'</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><h1>x",
    "{{ 7 * 7 }}{% raw %}",
    "gly\u202enic\u200b\u0000end",
    "]]>&amp;<!--",
    "javascript:alert(1)",
    "n" * 10_000,
]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def page_of(name: str) -> str:
    """The page of an example, by the name of its file."""
    document = files.parse((FOLDER / name).read_text("utf-8"), file=name)
    if name in STACKS:
        return stack_html(day_of(files.authored(document, Stack), folder=FOLDER))
    return formulation_html(files.authored(document, Formulation), file=name)


def words(page: str) -> str:
    """The text of a page, its white space as one space, without markup, style and data."""
    body = re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def section(page: str, anchor: str) -> str:
    """The text of a section of the page, up to the next section of its own level."""
    start = page.index(f'<section id="{anchor}"')
    end = page.find("\n<section id=", start + 1)
    while end >= 0 and page[end:].startswith('\n<section id="level-'):
        end = page.find("\n<section id=", end + 1)
    return words(page[start : end if end >= 0 else None])


def run(command: str, name: str) -> Any:
    """What a command tells programs of an example."""
    found = CliRunner().invoke(main, [command, str(FOLDER / name), "--format", "json"])
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def data_of(page: str) -> Any:
    """What a page holds for programs."""
    (text,) = re.findall(r'<script type="application/json" id="chelate-data">(.*?)</script>', page)
    return json.loads(text)


def ends(pair: list[float], of: str = "") -> str:
    return open_range(Interval(*pair), catalogue.mass_unit(of))


def mass_of(mass_mg: float, of: str) -> str:
    """A mass of an element or moiety, in its unit."""
    return mass(mass_mg, catalogue.mass_unit(of))


@pytest.mark.parametrize("name", MADE)
def test_the_page_holds_for_programs_what_yield_tells_them(name: str) -> None:
    data, told = data_of(page_of(name)), run("yield", name)
    ((held,), (result,)) = data["results"], told["results"]
    assert held == result | {"file": name}
    assert data["atomic_weights"] == told["atomic_weights"]
    assert data["title"] == result["product"]


@pytest.mark.parametrize("name", STACKS)
def test_the_page_holds_for_programs_what_stack_tells_them_with_files_by_name(name: str) -> None:
    data, told = data_of(page_of(name)), run("stack", name)
    for sitting in told["sittings"]:
        for item in sitting["items"]:
            item["file"] = item["file"] and Path(item["file"]).name
    for key in ("stack", "market", "sittings", "totals", "aims", "remarks"):
        assert data[key] == told[key], key
    assert data["title"] == told["stack"]
    assert data["atomic_weights"] == told["constants"]["atomic_weights"]


@pytest.mark.parametrize("name", EVERY)
def test_the_data_needs_no_leave_of_the_policy(name: str) -> None:
    assert "script-src" not in page_of(name)
    assert "default-src &#39;none&#39;" in page_of(name)


@pytest.mark.parametrize("name", MADE)
def test_what_is_weighed_and_delivered_is_what_yield_says(name: str) -> None:
    result, text = run("yield", name)["results"][0], section(page_of(name), "weighed")
    for each in result["formulation"]["weighed"]:
        assert f"{as_called(each['name'])} " in text
        assert mg(each["weighed_mg"]) in text
    for held in [*result["moieties"], *(result["formulation"]["at_end"] or [])]:
        for point, pair in (("mg", "range_mg"), ("ligand_mg", "ligand_range_mg")):
            if held[point] is not None:
                of = held["id"]
                row = " ".join(filter(None, (mass_of(held[point], of), ends(held[pair], of))))
                assert row in text, (of, row)
    for remark in result["remarks"]:
        assert " ".join(remark.split()) in text


@pytest.mark.parametrize("name", MADE)
def test_the_claims_and_the_capsule_and_the_cost_are_judged_as_yield_judges_them(
    name: str,
) -> None:
    made = run("yield", name)["results"][0]["formulation"]
    page = page_of(name)
    for claim in made["claims"]:
        text = section(page, "claims")
        assert claim["outcome"] in text
        claimed_mg, unit = claim["claimed_mg"], catalogue.mass_unit(claim["id"])
        delivered = reckoned(claim["delivered_mg"], share_of(claimed_mg), unit)
        assert f"delivered {delivered} {ends(claim['range_mg'], claim['id'])}".strip() in text
        assert claim["text"] in text
    if capsule := made["capsule"]:
        text = section(page, "capsule")
        assert capsule["outcome"] in text
        assert mg(capsule["fill_mg"]) in text
        for end in (*capsule["volume_ml"], *capsule["room_ml"], *capsule["needed_g_per_ml"]):
            assert number(end, digits=3) in text
    else:
        assert '<section id="capsule"' not in page
    if cost := made["cost"]:
        text = section(page, "cost")
        assert money(cost["per_serving"], cost["currency"]) in text
        for each in cost["per_delivered"]:
            near = (each["cost"] + off for off in (-5e-7, 0.0, 5e-7))  # data are to a millionth
            assert any(money(amount, cost["currency"]) in text for amount in near)
    else:
        assert '<section id="cost"' not in page


@pytest.mark.parametrize("name", MADE)
def test_a_day_of_a_product_stands_beside_every_value_that_yield_names(name: str) -> None:
    for held in run("yield", name)["results"][0]["moieties"]:
        for level in held["beside"]:
            text = section(page_of(name), "day")
            assert f"{mass_of(held['mg_per_day'], held['id'])} {held['name']} a day" in text
            assert beside_words(level, held["id"]) in text


def share_of(claimed_mg: float) -> Callable[[float], str]:
    return lambda mass_mg: percent(mass_mg / claimed_mg)


def beside_words(level: dict[str, Any], of: str = "") -> str:
    scope = SCOPES.get(level["scope"] or "", "")
    share = percent(level["fraction"], decimals=0)
    amount = stated_mass(level["amount_mg"], catalogue.mass_unit(of))
    parts = (level["name"], scope, amount, share)
    return " ".join(filter(None, parts))


@pytest.mark.parametrize("name", MADE)
def test_the_panel_on_the_page_is_that_of_chelate_panel_and_is_checked(name: str) -> None:
    page, laid_out = page_of(name), run("panel", name)["panel"]
    text = section(page, "panel")
    for line in (line for group in laid_out["groups"] for line in group):
        cells = (line["name"], line["amount"], line["percent"] or line["symbol"])
        assert " ".join(filter(None, cells)) in text
    checked = check(Label.model_validate(run("panel", name)["label"]))
    assert f"Checked as a label {checked.verdict.value.replace('-', ' ')} " in text
    for finding in checked.findings:
        assert f"{finding.severity.value} {finding.code}: {finding.message}" in text
    assert bool(checked.findings) != ("No rule finds anything on it." in text)


@pytest.mark.parametrize("name", STACKS)
def test_the_sittings_and_totals_of_a_day_are_those_of_chelate_stack(name: str) -> None:
    found, page = run("stack", name), page_of(name)
    day, totals = section(page, "sittings"), section(page, "totals")
    for sitting in found["sittings"]:
        assert sitting["when"] in day
        for item in sitting["items"]:
            assert item["product"] in day
    for total in found["totals"]:
        masses = [mg(each["mg"]) for each in total["sittings"] if each["mg"]]
        row = " ".join(filter(None, (*masses, mg(total["mg"]), ends(total["range_mg"]))))
        assert f"{total['name']} {row}" in totals
        for each in total["sittings"]:
            if each["mg"]:
                assert f"{total['name']} {mg(each['mg'])}" in day


@pytest.mark.parametrize("name", STACKS)
def test_the_levels_and_contributions_of_a_day_are_those_of_chelate_stack(name: str) -> None:
    found, page = run("stack", name), page_of(name)
    for total in found["totals"]:
        for level in total["beside"]:
            text = section(page, "levels")
            assert beside_words(level) in text
            assert level["over"] in text
        text = section(page, "contributions")
        for each in total["contributions"]:
            whole = len(total["contributions"]) == 1
            share = f" {percent(each['fraction'])} of the day" if not whole else ""
            assert re.search(
                rf"{re.escape(each['product'])}[^;]*? {re.escape(mg(each['mg']) + share)}", text
            )


@pytest.mark.parametrize("name", STACKS)
def test_every_way_to_close_a_gap_is_told_with_what_it_brings(name: str) -> None:
    found, page = run("stack", name), page_of(name)
    for aim in found["aims"]:
        text = section(page, "aims")
        assert f"at least {mg(aim['at_least_mg'])} {aim['found']['name']}" in text
        assert aim["outcome"] in text
        for closing in aim["closings"]:
            assert f"takes {mg(closing['dose_mg'])}" in text
            for change in closing["changes"]:
                before, more = mg(change["before_mg"]), mg(change["more_mg"])
                assert f"{before} + {more} = {mg(change['after_mg'])}" in text
                for level in change["beside"]:
                    assert beside_words(level) in text


@pytest.mark.parametrize("name", EVERY)
def test_cautions_and_working_and_references_stand_there_once(name: str) -> None:
    found, page = run("stack" if name in STACKS else "yield", name), page_of(name)
    text = words(page)
    for caution in found["cautions"]:
        assert text.count(" ".join(caution["text"].split())) == 1
    for reference in found["references"]:
        assert " ".join(reference["text"].split()) in text
    assert found["constants"]["atomic_weights"] in text
    for said in found.get("remarks", ()):
        assert text.count(" ".join(said.split())) == 1


@pytest.mark.parametrize("name", MADE)
def test_every_line_of_the_working_is_on_the_page(name: str) -> None:
    result, text = run("yield", name)["results"][0], section(page_of(name), "working")
    lines = [line for each in result["inputs"] for line in each["working"]]
    for line in [*lines, *result["formulation"]["working"]]:
        assert " ".join(line.split()) in text


def test_a_bar_says_what_its_range_is() -> None:
    drawn = bar(200.0, Interval(150.0, 300.0), 400.0, line=100.0)
    assert (drawn.low, drawn.low + drawn.open, drawn.figure, drawn.line) == (37.5, 75, 50, 25)


def test_the_same_formulation_gives_the_same_bytes() -> None:
    assert page_of.__wrapped__(MADE[0]) == page_of.__wrapped__(MADE[0])


def test_a_claim_that_is_missed_and_a_capsule_too_small_are_told_by_word_and_shape() -> None:
    short = Formulation.model_validate(
        {
            "product": "Short",
            "form": "capsule",
            "capsule_size": "4",
            "unit": "capsule",
            "inputs": [{"substance": "magnesium oxide", "amount": "500 mg"}],
            "claims": {"magnesium": "400 mg"},
        }
    )
    page = formulation_html(short, file="short.yaml")
    for outcome in ("short", "does not fit"):
        assert re.search(rf'v-impossible"><svg.*?</svg><span>{outcome}<', page)


def test_a_formulation_without_a_panel_still_has_its_page() -> None:
    made = Formulation.model_validate(
        {
            "product": "No panel",
            "inputs": [{"substance": "magnesium oxide", "amount": "500 mg"}],
            "claims": {"zinc": "5 mg"},
        }
    )
    text = section(formulation_html(made, file="a.yaml"), "panel")
    assert text.startswith("Panel, and its check No panel can be laid out: ")
    assert "zinc" in text


def hostile_formulation(text: str) -> str:
    return formulation_html(
        Formulation.model_validate(
            {
                "product": text,
                "brand": text,
                "form": "capsule",
                "capsule_size": "00",
                "capsule_material": text,
                "unit": text,
                "units_per_serving": 2,
                "shelf_life": text,
                "inputs": [
                    {
                        "substance": text,
                        "define": {"holds": {"magnesium": "10 %"}, "source": text},
                        "label_name": text,
                        "amount": "500 mg",
                        "overage": "5 %",
                        "overage_convention": "multiply",
                        "loss": "2 %",
                        "price": "5 USD/kg",
                    }
                ],
                "excipients": [{"name": f"{text} too"}],
                "claims": {"magnesium": "50 mg"},
                "statements": [text],
            }
        ),
        file=text,
        title=f"{text} title",
    )


def hostile_stack(text: str) -> str:
    item = {"substance": text, "define": {"holds": {"magnesium": "10 %"}}, "amount": "1 g"}
    stack = Stack.model_validate(
        {
            "stack": text,
            "sittings": [{"when": f"a {text}", "take": [item]}],
            "aims": [{"of": "magnesium", "at_least": "200 mg", "source": text}],
        }
    )
    return stack_html(day_of(stack), title=f"{text} title")


HOSTILE_PAGES = [
    pytest.param(make, text, id=f"{make.__name__}-{number}")
    for make in (hostile_formulation, hostile_stack)
    for number, text in enumerate(HOSTILE)
]


@pytest.mark.parametrize(("make", "text"), HOSTILE_PAGES)
def test_hostile_text_stays_within_the_data(make: Callable[[str], str], text: str) -> None:
    page = make(text)
    assert page.count("</script>") == 1
    data = data_of(page)
    assert data["title"] == f"{text} title"
    assert text in (data["stack"] if "stack" in data else data["results"][0]["product"])


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], str]:
    def write(page: str) -> str:
        file = tmp_path / "page.html"
        file.write_text(page, "utf-8")
        return file.as_uri()

    return write


class Listening:
    """Everything that a page asks for and says, with script allowed."""

    def __init__(self, page: Any) -> None:
        self.page, self.asked, self.said = page, list[str](), list[str]()
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", self._dismiss)

    def _dismiss(self, dialog: Any) -> None:
        self.said.append("dialog")
        dialog.dismiss()


@pytest.fixture
def listening(chromium: Any) -> Iterator[Listening]:
    context = chromium.new_context()
    yield Listening(context.new_page())
    context.close()


@pytest.mark.needs("browser")
@pytest.mark.parametrize(("make", "text"), HOSTILE_PAGES)
def test_hostile_text_stays_text(
    listening: Listening, written: Callable[[str], str], make: Callable[[str], str], text: str
) -> None:
    page, url = listening.page, written(make(text))
    page.goto(url, wait_until="networkidle")
    assert listening.asked == [url]
    assert listening.said == []
    assert page.locator("script, img, iframe, object, form").count() == 1
    assert json.loads(page.locator("#chelate-data").text_content())["title"] == f"{text} title"
    assert page.locator("h1").count() == 1
    shown = re.sub("[\u202e\u200b\u0000]", lambda m: f"[U+{ord(m[0]):04X}]", text)
    assert page.locator("h1").inner_text() == f"{shown} title"
    for width, media in ((360, "screen"), (1200, "screen"), (718, "print")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(media=media)
        assert page.evaluate(OVERFLOW) == 0, (width, media)


@pytest.mark.needs("browser")
@pytest.mark.parametrize("name", EVERY)
def test_a_page_asks_for_nothing_and_every_link_lands(
    listening: Listening, written: Callable[[str], str], name: str
) -> None:
    url = written(page_of(name))
    listening.page.goto(url, wait_until="networkidle")
    assert listening.asked == [url]
    assert listening.said == []
    lost = "as => as.filter(a => !document.querySelector(a.getAttribute('href'))).length"
    assert listening.page.locator('a[href^="#"]').evaluate_all(lost) == 0
    ids = listening.page.locator("[id]").evaluate_all("es => es.map(e => e.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.needs("browser")
@pytest.mark.parametrize("name", EVERY)
def test_nothing_overflows_a_telephone_or_paper(
    page: Any, written: Callable[[str], str], name: str
) -> None:
    page.goto(written(page_of(name)))
    for width, media in ((320, "screen"), (360, "screen"), (800, "screen"), (1280, "screen"),
                         (700, "print"), (740, "print")):  # fmt: skip
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(media=media)
        assert page.evaluate(OVERFLOW) == 0, (width, media)
        if media == "print":
            cut = "es => es.filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)"
            assert page.locator(".scroll").evaluate_all(cut) == []


@pytest.mark.needs("browser")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_nothing(
    chromium: Any, written: Callable[[str], str], scheme: str, width: int
) -> None:
    from browser import axe_violations, opened

    for name in ("bisglycinate-capsule.yaml", "zinc-selenium-tablet.yaml", "stack-protocol.yaml"):
        with opened(chromium, written(page_of(name)), width=width, color_scheme=scheme) as page:
            assert axe_violations(page) == []


@pytest.mark.needs("browser")
def test_the_drawing_of_a_capsule_is_to_scale(page: Any, written: Callable[[str], str]) -> None:
    page.set_viewport_size({"width": 800, "height": 800})
    page.goto(written(page_of("bisglycinate-capsule.yaml")))
    capsule = run("yield", "bisglycinate-capsule.yaml")["results"][0]["formulation"]["capsule"]
    size = "e => e.getBoundingClientRect().width"
    dense = page.locator(".room .sure").evaluate(size)
    loose = dense + page.locator(".room .open").evaluate(size)
    room = page.locator(".room .shell").evaluate("e => e.getBoundingClientRect().right")
    left = page.locator(".room .sure").evaluate("e => e.getBoundingClientRect().left")
    low, high = capsule["volume_ml"]
    assert dense / loose == pytest.approx(low / high, rel=0.01)
    assert loose / (room - left) == pytest.approx(high / capsule["room_ml"][1], rel=0.01)
