"""What a sentence asserts: of diseases, of the body, of the amount of a nutrient, of absorption."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.rules.said import (
    Sentence,
    Span,
    data,
    denied,
    excused,
    found,
    has,
    joining,
    lexicon,
    nutrient_names,
    nutrients,
)

NEAR = 8  # words between what is done and what it is done to


def disease_in(sentence: Sentence, market: str) -> Span | None:
    """The first words that name a disease or a class of medicines, and are not taken back.

    In the United States, also words that say that a measure of the body is lowered.
    """
    spans = [span for key in ("diseases", "drugs") for span in found(sentence, key)]
    if market == "US":
        spans += _lowered(sentence)
    return next((s for s in spans if not _mild(sentence, s) and not excused(sentence, s[0])), None)


def _lowered(sentence: Sentence) -> Iterator[Span]:
    for span in found(sentence, "measures"):
        for verb in found(sentence, "lowering"):
            if verb < span and _gap(verb, span) <= 2:
                yield _joint(verb, span)


def _mild(sentence: Sentence, span: Span) -> bool:
    before = sentence.words[max(0, span[0] - 1) : span[0]]
    return any(word.said in lexicon("mild").heads for word in before)


def effects(sentence: Sentence) -> Iterator[tuple[Span, str]]:
    """What the sentence says that the product does for the body: its words and its topic."""
    does = [*found(sentence, "effects")]
    towards = [*found(sentence, "towards")]
    for topic in data()["topics"] if does or towards else ():
        for span in found(sentence, "topics", topic):
            near = [verb for verb in does if _gap(verb, span) <= NEAR]
            near += [word for word in towards if word[1] == span[0]]
            for said in near:
                if not excused(sentence, said[0]) and not excused(sentence, span[0]):
                    yield _joint(said, span), topic


def _gap(one: Span, other: Span) -> int:
    """How many words stand between two spans."""
    return max(one[0], other[0]) - min(one[1], other[1])


def _joint(one: Span, other: Span) -> Span:
    return min(one[0], other[0]), max(one[1], other[1])


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
    own = any(word in lexicon("own").heads for word in before)
    while before and before[-1] in lexicon("articles").heads:
        before.pop()
    other = before and (before[-1] in lexicon("copulas").heads or before[-1] in lexicon("eaten").heads)
    return excused(sentence, at) or bool(other and not own)


def absorption_in(sentence: Sentence) -> tuple[Span, str] | None:
    """Words that rank absorption highest or give it a figure, and the kind of claim they are."""
    for span in found(sentence, "absorption", "words"):
        for other, kind in (*_superlatives(sentence, span), *_figures(sentence, span)):
            whole = _joint(span, other)
            if not excused(sentence, whole[0]) and not denied(sentence, span[0]):
                chelated = kind == "superlative" and has(sentence, "chelates", "words")
                return whole, "chelated" if chelated else kind
    return None


def _superlatives(sentence: Sentence, span: Span) -> Iterator[tuple[Span, str]]:
    if has(sentence, "directions"):
        return
    for other in found(sentence, "absorption", "superlatives"):
        if _gap(other, span) <= (1 if other < span else 0):
            yield other, "superlative"


def _figures(sentence: Sentence, span: Span) -> Iterator[tuple[Span, str]]:
    """Percentages of absorption, and "six times better", near a word for absorption."""
    said = [word.said for word in sentence.words]
    for at in range(1, len(said)):
        number_before = said[at - 1][0].isdigit()
        other = (at - 1, at + 1)
        if said[at] == "%" and number_before and _beside(sentence, other, span):
            beside = {*said[max(0, at - 4) : at + 4]}
            if beside.isdisjoint(lexicon("absorption", "references").heads):
                yield other, "share"
        elif said[at] in lexicon("absorption", "times").heads and 0 <= span[0] - at <= 4:
            counted = number_before or said[at - 1] in lexicon("absorption", "numbers").heads
            yield from [(other, "superlative")] * counted


def _beside(sentence: Sentence, one: Span, other: Span) -> bool:
    """Whether two spans stand near each other, and nothing between them begins a new matter."""
    first, second = sorted((one, other))
    between = sentence.words[first[1] : second[0]]
    comma = "," in sentence.text[sentence.words[first[1] - 1].end : sentence.words[second[0]].start]
    return len(between) <= 3 and not comma and not any(w.said in joining() for w in between)
