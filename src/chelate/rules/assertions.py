"""What a sentence asserts of diseases and of the structure and function of the body."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.rules.excuses import excused, in_one_clause
from chelate.rules.lexicon import data, joining, lexicon
from chelate.rules.medicines import medicines_in
from chelate.rules.said import Sentence, Span, found, gap, has, joint
from chelate.rules.victories import ended

NEAR = 8  # words between what is done and what it is done to


def disease_in(sentence: Sentence, market: str) -> tuple[Span, str] | None:
    """The first words that imply an effect on a disease and are not taken back, and by what.

    The ways are those of 21 CFR 101.93(g)(2): a disease or its signs are named, the product is
    counted among medicines, put in the place of one or said to help one. In the United States,
    also words that say that a measure of the body is lowered.
    """
    idioms = found(sentence, "idioms")
    named = [
        (span, "") for span in found(sentence, "diseases")
        if not any(start <= span[0] < end for start, end in idioms)
        and not _says_whom_it_suits(sentence, span)
    ]  # fmt: skip
    if market == "US":
        named += [(span, "") for span in _lowered(sentence)]
    signs = [*_acted_on(sentence, "signs"), *ended(sentence, "signs")]
    named += [(span, ", by its signs") for span in signs]
    if not has(sentence, "eaten") and not has(sentence, "disclaiming"):
        named += [(span, "") for span in _acted_on(sentence, "illness")]
    if not has(sentence, "safe"):
        named += [(span, "") for span in _acted_on(sentence, "pathogens")]
    return next(
        (claim for claim in named if not _mild(sentence, claim[0]) and _stands(sentence, claim[0])),
        next(medicines_in(sentence), None),
    )


def _says_whom_it_suits(sentence: Sentence, disease: Span) -> bool:
    """Whether a disease says whom a product suits: "asthma and allergy friendly"."""
    after = [word.said for word in sentence.words[disease[1] : disease[1] + 3]]
    suiting = lexicon("suiting").heads.keys()
    listed = len(after) == 3 and after[0] in joining() and after[2] in suiting
    return listed or not suiting.isdisjoint(after[:1])


def _stands(sentence: Sentence, span: Span) -> bool:
    """Whether words are excused neither at the first nor at the last."""
    at_all = {span[0], span[1] - 1}
    return not any(excused(sentence, at, over=span) for at in at_all)


def _acted_on(sentence: Sentence, table: str) -> Iterator[Span]:
    """Signs of disease, or disease itself, with a word near that fights or eases them."""
    for span in found(sentence, table):
        for verb in found(sentence, "fighting"):
            if gap(verb, span) <= 3 and in_one_clause(sentence, verb, span):
                yield joint(verb, span)


def _lowered(sentence: Sentence) -> Iterator[Span]:
    for span in found(sentence, "measures"):
        for verb in found(sentence, "lowering"):
            if verb < span and gap(verb, span) <= 2 and in_one_clause(sentence, verb, span):
                yield joint(verb, span)


def _mild(sentence: Sentence, span: Span) -> bool:
    """Whether a word before the last, or before all, makes a state an everyday one."""
    before = sentence.words[max(0, span[0] - 1) : span[1] - 1]
    return any(word.said in lexicon("mild").heads for word in before)


def effects(sentence: Sentence) -> Iterator[tuple[Span, str]]:
    """What the sentence says that the product does for the body: its words and its topic."""
    does = found(sentence, "effects")
    towards = found(sentence, "towards")
    for topic in data()["topics"] if does or towards else ():
        for span in found(sentence, "topics", topic):
            near = [verb for verb in does if gap(verb, span) <= NEAR and not _is_bare(verb, span)]
            near += [word for word in towards if word[1] == span[0]]
            for said in near:
                taken_back = excused(sentence, said[0]) or excused(sentence, span[0])
                if in_one_clause(sentence, said, span) and not taken_back:
                    yield joint(said, span), topic


def _is_bare(verb: Span, topic: Span) -> bool:
    """Whether one word is the verb and the topic: "keep calm" says nothing of the product."""
    return verb == topic and verb[1] - verb[0] == 1
