"""CL: words for the amount of a nutrient, beside the thresholds of the law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chelate import catalogue
from chelate.catalogue import ReferenceValue, names
from chelate.composition import Declared
from chelate.figures import number, percent
from chelate.findings import Certainty, Severity
from chelate.intervals import total
from chelate.rules.daily_value import CURRENT_US, EU
from chelate.rules.excuses import excused
from chelate.rules.lexicon import data, joining, lexicon, nutrient_names, suffixes
from chelate.rules.rule import Case, Hit, Rule, Skip, rule
from chelate.rules.said import (
    Sentence,
    Span,
    Word,
    alone,
    found,
    hit,
    longest,
    nutrient_at,
    nutrients,
    sentences,
)

_LEAST = 0.02  # of the Daily Value, below which a nutrient does not count
_ITEM = re.compile(r"\s*[,&+/]\s*")


@rule(
    "CL103",
    "content-claim-below-threshold",
    Severity.ERROR,
    Certainty.LIKELY,
    "“{words}” asks for {asked}; {declared}",
    "cfr-101-54",
    "reg-1924-2006",
    "cfr-101-9",
    "reg-1169-2011",
)
def below_threshold(case: Case) -> Iterator[Hit | Skip]:
    """A word for the amount of a nutrient asks for more than the panel declares.

    In the United States "high", "rich in" and "excellent source" ask for 20 % of the Daily
    Value in a serving, "good source" for 10 % (42 mg of magnesium), "high potency" for all
    of it; of a product of several it asks that of two thirds of the vitamins and minerals that
    are there at 2 % or more. In the European Union "source of" asks for 15 % of the NRV in a
    day's portion, "high" for 30 %. "Loaded with" asks for as much as "high". A percent printed
    at the threshold settles it.

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
            whole = not nutrient and _is_of_the_whole(sentence, span)
            if nutrient := nutrient or (next(iter(alone(case)), None) if whole else None):
                yield from _held_to(case, sentence, span, share, nutrient)
            elif whole:
                yield from _two_thirds(case, sentence, span)


def content_words(sentence: Sentence, market: str) -> Iterator[tuple[Span, float, str | None]]:
    """Words for the amount of a nutrient, with the share that they ask for, and the nutrient."""
    key = {"US": "us_share", "EU": "eu_share"}.get(market, "")
    levels = {name: row for name, row in data()["content"].items() if key in row}
    spans = {span: row[key] for name, row in levels.items()
             for span in found(sentence, "content", name)}  # fmt: skip
    for span, share in spans.items():
        inside = any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in spans)
        if not inside and not _of_another(sentence, span[0]):
            named = _listed_after(sentence, span)
            if _fills(sentence, (span[0], named[-1][0][1] if named else span[1])):
                continue
            if not _names_or_eaten(sentence, named[-1][0][1] - 1 if named else span[1] - 1):
                yield from ((span, share, nutrient) for _, nutrient in named)
                yield from [(span, share, None)] * (not named)
    for span, nutrient, level in (*_joined(sentence), *placed_after(sentence)):
        if level in levels:
            yield span, levels[level][key], nutrient


def _fills(sentence: Sentence, said: Span) -> bool:
    """Whether a pack is full of pieces of what is named, and no serving: "of magnesium tablets"."""
    words, (start, end) = sentence.words, said
    if longest(words, start, lexicon("filling", "words")) == start:
        return False
    close = end + (end < len(words) and not words[end].after_mark)
    kinds = (("dosage",), ("filling", "filled"))
    return any(longest(words, at, lexicon(*k)) > at for at in range(start, close) for k in kinds)


def _listed_after(sentence: Sentence, span: Span) -> list[tuple[Span, str]]:
    """The nutrients that a content word is of, with their places: all of a list of them.

    "High" alone is of the very next word.
    """
    reach = 1 if span[1] - span[0] == 1 else 3
    following = sentence.words[span[1] : span[1] + reach]
    marked = next((i for i, word in enumerate(following) if word.after_mark), reach)
    at = next((at for at, _ in nutrients(sentence, span[1]) if at < span[1] + marked), None)
    return [*_listed(sentence, at)] if at is not None else []


def _listed(sentence: Sentence, at: int | None) -> Iterator[tuple[Span, str]]:
    """The nutrients of a list that begins at a word: "calcium, fibre and magnesium"."""
    while at is not None:
        if named := nutrient_at(sentence, at):
            yield (at, named[0]), named[1]
        at = _next_item(sentence, named[0] if named else at + 1)


def _next_item(sentence: Sentence, end: int) -> int | None:
    """Where the next item of a list begins, past a comma, an "and" and an article, if one does."""
    words, at = sentence.words, end
    between = sentence.text[words[at - 1].end : words[at].start] if at < len(words) else ""
    joined = bool(_ITEM.fullmatch(between))
    while at < len(words) and (after := _past_joining(words, at)) > at:
        at, joined = after, True
    while at < len(words) and words[at].said in lexicon("listing", "articles").heads:
        at += 1
    return at if joined and at < len(words) else None


def _past_joining(words: tuple[Word, ...], at: int) -> int:
    """Where a word that joins the items of a list ends: "and", "as well as"; `at` for none."""
    end = longest(words, at, lexicon("listing", "joins"))
    return max(end, at + 1) if words[at].said in joining() else end


def _joined(sentence: Sentence) -> Iterator[tuple[Span, str, str]]:
    """Words that a nutrient and a suffix make: "Magnesiumquelle", "magnesiumreich"."""
    words = sentence.words
    for at, end in found(sentence, "joined"):
        level, name, behind = next(
            (level, name, behind) for level, suffix, behind in suffixes()
            if (name := nutrient_names().get((words[at].said.removesuffix(suffix),)))
        )  # fmt: skip
        start = at - _has_before(words, at, level) if behind else at
        if (behind and start == at) or excused(sentence, at) or _names_or_eaten(sentence, at):
            continue
        for nutrient in (name, *_suspended(sentence, at)):
            yield (start, end), nutrient, level


def _has_before(words: tuple[Word, ...], at: int, level: str) -> bool:
    """Whether a word before another makes a content word of it: "hoher" and "good"."""
    before = lexicon("content", level, "before").heads
    return at > 0 and words[at - 1].said in before


def placed_after(sentence: Sentence) -> Iterator[tuple[Span, str, str]]:
    """Content words that follow the name of their nutrient, or stand around it.

    "Magnesium-rich", "an excellent magnesium source", "magnesium: a good source".
    """
    for at, nutrient in nutrients(sentence):
        end = (nutrient_at(sentence, at) or (at + 1, ""))[0]
        for level in data()["content"]:
            for span in _around(sentence, (at, end), level):
                last = span[1] - 1
                if not _of_another(sentence, span[0]) and not _names_or_eaten(sentence, last):
                    yield span, nutrient, level


def _around(sentence: Sentence, named: Span, level: str) -> Iterator[Span]:
    """Where words of a level stand after a name, on both sides of it, or after it and a mark."""
    words, (at, end) = sentence.words, named
    if end == len(words):
        return
    if (stop := longest(words, end, lexicon("content", level, "behind"))) > end:
        yield at, stop
    if words[end].said in lexicon("content", level, "nouns").heads and _has_before(
        words, at, level
    ):
        yield at - 1, end + 1
    start = end + (words[end].said in lexicon("articles").heads)
    if words[end].after_mark and start < len(words) and _is_all_said(words, start, level):
        yield at, len(words)


def _is_all_said(words: tuple[Word, ...], start: int, level: str) -> bool:
    """Whether a wording such as "excellent source" is the rest of a sentence."""
    return longest(words, start, lexicon("content", level, "alone")) == len(words)


def _suspended(sentence: Sentence, at: int) -> Iterator[str]:
    """Nutrients before a joined word that share its ending: "Calcium- und Magnesiumquelle"."""
    for before, nutrient in nutrients(sentence):
        follows = sentence.text[sentence.words[before].end :][:2]
        if before < at and follows.startswith("-") and not follows[1:].isalnum():
            yield nutrient


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


def _is_of_the_whole(sentence: Sentence, span: Span) -> bool:
    """Whether a whole product is said to be of high potency."""
    after = sentence.words[span[1] : span[1] + 1]
    whole = not after or after[0].after_mark or after[0].said in lexicon("wholes").heads
    return next(iter(found(sentence, "content", "potency")), None) == span and whole


def _two_thirds(case: Case, sentence: Sentence, span: Span) -> Iterator[Hit]:
    """A product of several vitamins and minerals held to two thirds of them (101.54(f)(2))."""
    rows = [row for row in case.composition.declared if not row.compound]
    if len(rows) < len(case.label.facts) or any(row.amount is None for row in rows):
        return
    every = {nutrient: [r for r in rows if r.nutrient == nutrient] for nutrient in
             dict.fromkeys(row.nutrient for row in rows)}  # fmt: skip
    values = {name: catalogue.reference_value(name, CURRENT_US) for name in every}
    known = {n: v for n, v in values.items() if v and _reaches(every[n], case, _LEAST, v)}
    full = [n for n, v in known.items() if _reaches(every[n], case, 1.0, v)]
    if len(known) > 1 and 3 * len(full) < 2 * len(known):
        asked = "the whole US Daily Value of two thirds of the vitamins and minerals in a serving"
        declared = f"{number(len(full))} of {number(len(known))} reach it"
        yield hit(sentence, span, asked=asked, declared=declared)


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
        least = f"{number(share * reference.amount)} {reference.unit}"
        of = "the EU NRV" if european else "the US Daily Value"
        whole = f"{number(reference.amount)} {reference.unit}"
        portion = "day's portion" if european else "serving"
        asked = (
            f"at least {least} of {names.spoken(nutrient)} ({percent(share, decimals=0)} of {of}, "
            f"{whole}) in a {portion}"
        )
        declared = " and ".join(row.amount.text for row in rows if row.amount)
        yield hit(sentence, span, asked=asked, declared=f"{declared} is declared")


def _reaches(rows: list[Declared], case: Case, share: float, reference: ReferenceValue) -> bool:
    """Whether what is printed may be as much as the share asks for.

    A percent settles it, unless the mass beside it is more by any reading.
    """
    european = case.label.market == "EU"
    servings = case.composition.serving.servings_per_day if european else 1
    whole = total(row.amount.interval_mg for row in rows if row.amount)
    printed = [row.percent.interval.high / 100 for row in rows if row.percent]
    least = share - 1e-9
    if printed and max(printed) >= least:
        return True
    mass_mg = whole.low if printed else whole.high
    return mass_mg * servings / (reference.amount_mg or 1) >= least


RULES: tuple[Rule, ...] = (below_threshold,)
