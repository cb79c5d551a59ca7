"""CL: words for the amount of a nutrient, beside the thresholds of the law."""

from __future__ import annotations

from collections.abc import Iterator

from chelate import catalogue
from chelate.catalogue import ReferenceValue, names
from chelate.composition import Declared
from chelate.figures import number, percent
from chelate.findings import Certainty, Severity
from chelate.intervals import total
from chelate.rules.daily_value import CURRENT_US, EU
from chelate.rules.lexicon import data, lexicon, nutrient_names
from chelate.rules.rule import Case, Hit, Rule, Skip, rule
from chelate.rules.said import Sentence, Span, alone, excused, found, hit, nutrients, sentences


@rule(
    "CL103",
    "content-claim-below-threshold",
    Severity.ERROR,
    Certainty.LIKELY,
    "“{words}” asks for at least {least} of {nutrient} ({share} of {reference}, {whole}) in a "
    "{portion}; {declared} is declared",
    "cfr-101-54",
    "reg-1924-2006",
)
def below_threshold(case: Case) -> Iterator[Hit | Skip]:
    """A word for the amount of a nutrient asks for more than the panel declares.

    In the United States "high", "rich in" and "excellent source" ask for 20 % of the Daily
    Value in a serving, "good source" for 10 % (42 mg of magnesium), "high potency" for all
    of it. In the European Union "source of" asks for 15 % of the NRV in a day's portion,
    "high" for 30 %. A percent printed at the threshold settles it.

    Fails:
        product: Thin Ice Magnesium
        facts:
          - {name: Magnesium (as magnesium citrate), amount: 30 mg, percent_dv: 7 %}
        statements: [A good source of magnesium.]

    Passes:
        product: Firm Ice Magnesium
        facts:
          - {name: Magnesium (as magnesium citrate), amount: 60 mg, percent_dv: 14 %}
        statements: [A good source of magnesium.]

    Remedy:
        Declare the amount in plain figures instead, or leave the word out.
    """
    for sentence in sentences(case.label):
        for span, share, nutrient in content_words(sentence, case.label.market):
            if nutrient := nutrient or _only_nutrient(case, sentence, span):
                yield from _held_to(case, sentence, span, share, nutrient)


def content_words(sentence: Sentence, market: str) -> Iterator[tuple[Span, float, str | None]]:
    """Words for the amount of a nutrient, with the share that they ask for, and the nutrient."""
    key = {"US": "us_share", "EU": "eu_share"}.get(market, "")
    levels = {name: row for name, row in data()["content"].items() if key in row}
    spans = {span: row[key] for name, row in levels.items()
             for span in found(sentence, "content", name)}  # fmt: skip
    for span, share in spans.items():
        inside = any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in spans)
        if not inside and not _of_another(sentence, span[0]):
            at, nutrient = _nutrient_after(sentence, span)
            if not _names_or_eaten(sentence, at):
                yield span, share, nutrient
    if "source" in levels:
        for span, nutrient in _joined(sentence):
            yield span, levels["source"][key], nutrient


def _nutrient_after(sentence: Sentence, span: Span) -> tuple[int, str | None]:
    """The nutrient that a content word is of, and its place; "high" is of the very next word."""
    reach = 1 if span[1] - span[0] == 1 else 3
    following = sentence.words[span[1] : span[1] + reach]
    marked = next((i for i, word in enumerate(following) if word.after_mark), reach)
    named = nutrients(sentence, span[1])
    return next(((at, n) for at, n in named if at < span[1] + marked), (span[1] - 1, None))


def _joined(sentence: Sentence) -> Iterator[tuple[Span, str]]:
    """Words that a nutrient and a suffix make: "Magnesiumquelle"."""
    for span in found(sentence, "joined"):
        said = sentence.words[span[0]].said
        suffixes = data()["content"]["source"]["joined"]
        name = next(n for s in suffixes if (n := nutrient_names().get((said.removesuffix(s),))))
        if not excused(sentence, span[0]) and not _names_or_eaten(sentence, span[0]):
            yield span, name


def _names_or_eaten(sentence: Sentence, at: int) -> bool:
    """Whether what follows a word is the name of its source, or what is eaten besides.

    "Source of magnesium: magnesium citrate" tells what it is made of; "high magnesium diet".
    """
    after = sentence.words[at + 1 : at + 2]
    eaten = bool(after) and after[0].said in lexicon("eaten").heads
    return eaten or sentence.text[sentence.words[at].end :].lstrip().startswith(":")


def _of_another(sentence: Sentence, at: int) -> bool:
    """Whether a content word is taken back, or said of what stands before "is" or "are"."""
    before = [word.said for word in sentence.words[:at]]
    ours = lexicon("own").heads.keys() | lexicon("portions").heads.keys()
    own = not ours.isdisjoint(before)
    while before and before[-1] in lexicon("articles").heads:
        before.pop()
    others = lexicon("copulas").heads.keys() | lexicon("eaten").heads.keys()
    other = bool(before) and before[-1] in others
    return excused(sentence, at) or (other and not own)


def _only_nutrient(case: Case, sentence: Sentence, span: Span) -> str | None:
    """The one nutrient of the panel, where a whole product is said to be of high potency."""
    after = sentence.words[span[1] : span[1] + 1]
    whole = not after or after[0].after_mark or after[0].said in lexicon("wholes").heads
    potent = next(found(sentence, "content", "potency"), None) == span
    return next(iter(alone(case)), None) if potent and whole else None


def _held_to(
    case: Case, sentence: Sentence, span: Span, share: float, nutrient: str
) -> Iterator[Hit | Skip]:
    """The declared amount of a nutrient held to the share that the words ask for."""
    european = case.label.market == "EU"
    reference = catalogue.reference_value(nutrient, EU if european else CURRENT_US)
    rows = [r for r in case.composition.declared if r.nutrient == nutrient and not r.compound]
    if reference is None or not reference.amount_mg or any(r.amount is None for r in rows):
        rows = []
    if not rows or reference is None:
        yield Skip(
            sentence.path, f"how much {names.spoken(nutrient)} there is is not readably printed"
        )
        return
    if not _reaches(rows, case, share, reference):
        yield hit(
            sentence, span, nutrient=names.spoken(nutrient), share=percent(share, decimals=0),
            least=f"{number(share * reference.amount)} {reference.unit}",
            whole=f"{number(reference.amount)} {reference.unit}",
            reference="the EU NRV" if european else "the US Daily Value",
            portion="day's portion" if european else "serving",
            declared=" and ".join(row.amount.text for row in rows if row.amount),
        )  # fmt: skip


def _reaches(rows: list[Declared], case: Case, share: float, reference: ReferenceValue) -> bool:
    """Whether what is printed may be as much as the share asks for, by mass or by percent."""
    european = case.label.market == "EU"
    servings = case.composition.serving.servings_per_day if european else 1
    whole = total(row.amount.interval_mg for row in rows if row.amount)
    printed = [row.percent.interval.high / 100 for row in rows if row.percent]
    by_mass = whole.high * servings / (reference.amount_mg or 1)
    return max([by_mass, *printed]) >= share - 1e-9


RULES: tuple[Rule, ...] = (below_threshold,)
