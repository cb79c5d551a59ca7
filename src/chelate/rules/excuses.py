"""What takes words back: a denial, a warning, another product, a condition that asks for care.

An excuse takes back its own clause, and a denial what `denials` says that it reaches; `asides` has
what names a disease and speaks of something else. Where a statement comes from takes nothing back:
a patent, a study, a customer's words and a pharmacist's praise are the pack's own claims. A
condition takes back what stands in it unless the rest of the sentence offers something: "take two
if you have insomnia" claims, "if you have diabetes, mind the sugar" does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from chelate.rules.asides import no_claim
from chelate.rules.denials import denials, reaches
from chelate.rules.lexicon import joining, lexicon
from chelate.rules.said import Sentence, Span, Word, found, gap, longest, nutrient_at
from chelate.rules.victories import overcomes

_TAKING = 4  # words between a denial and the taking that it forbids
_ASKED = 6  # words between a professional and the product to be asked for


def excused(sentence: Sentence, at: int, *, over: Span | None = None) -> bool:
    """Whether what stands at a word is denied, said of something else, or part of a warning.

    `over` is the disease that a denial may boast to have ended: "no more migraines" denies none.
    """
    return (
        sentence.is_denied
        or answered(sentence)
        or warned(sentence, at)
        or _of_another_matter(sentence, at)
        or denied(sentence, at, over=over)
        or of_others(sentence, at)
        or cared_for(sentence, at)
        or no_claim(sentence, at)
    )


def answered(sentence: Sentence) -> bool:
    """Whether a question is answered by no in the sentence after it: "No, it does not.".

    >>> from chelate.rules.said import sentences_of
    >>> for text in ("Does it cure gout? No, it does not.", "Gout? No problem, it cures gout."):
    ...     print(answered(sentences_of("", text)[0]))
    True
    False
    """
    if (then := sentence.then) is None or then.text[then.stop : then.stop + 1] == "?":
        return False
    return bool(then.words) and longest(then.words, 0, lexicon("answers")) == len(then.words)


def warned(sentence: Sentence, at: int) -> bool:
    """Whether a warning, or words that send to a professional, take back what stands at a word.

    They take back their sentence, and the question before it, but for a clause of its own that
    says that something is done: "treats asthma, consult a physician before use".
    """
    cautions = [*_cautions(sentence)]
    asked_before = sentence.then is not None and any(_cautions(sentence.then))
    if not cautions or asked_before:
        return asked_before
    if any(_to_be_asked_for(sentence, span, at) for span in cautions):
        return False
    clause = _clause(sentence, at)
    own = any(clause[0] <= span[0] < clause[1] for span in cautions)
    return own or _is_aside(sentence, clause) or not _says_done(sentence, clause)


def _to_be_asked_for(sentence: Sentence, caution: Span, at: int) -> bool:
    """Whether a professional is to be asked for the product: "about our magnesium for migraine"."""
    words = sentence.words[: at + 1]
    between = range(caution[1], min(caution[1] + _ASKED, at))
    if any(word.after_mark for word in words[caution[0] + 1 :]):
        return False
    said = (longest(words, i, lexicon(t)) > i for i in between for t in ("taking", "beforehand"))
    own = lexicon("own").heads.keys()
    product = any(words[i].said in own or nutrient_at(sentence, i) for i in between)
    purposes = lexicon("towards").heads.keys() | lexicon("asserting", "against").heads.keys() | own
    near = {word.said for word in words[max(caution[1], at - 2) : at]}
    return product and not any(said) and not near.isdisjoint(purposes)


def _is_aside(sentence: Sentence, clause: Span) -> bool:
    """Whether a clause only says when a warning holds: "in case of treatment against"."""
    tables = ("indications", "beforehand")
    return any(span[0] == clause[0] for table in tables for span in found(sentence, table))


def _cautions(sentence: Sentence) -> Iterator[Span]:
    """Words that warn, but for a professional who only recommends: "praised by a doctor"."""
    for span in found(sentence, "cautions"):
        before = [word.said for word in sentence.words[max(0, span[0] - 1) : span[0]]]
        praised = not lexicon("praising").heads.keys().isdisjoint(before)
        if not praised and not _keeps_to_himself(sentence, span):
            yield span


def _keeps_to_himself(sentence: Sentence, professional: Span) -> bool:
    """Whether a professional does not tell what follows: "ce que votre médecin ne vous dit pas"."""
    words, after = sentence.words, range(professional[1], professional[1] + _ASKED)
    said = [i for i in after if i < len(words)]
    denied_then = any(start in said[:2] for start, _ in found(sentence, "denials"))
    return denied_then and any(longest(words, i, lexicon("asserting", "telling")) > i for i in said)


def _clause(sentence: Sentence, at: int) -> Span:
    """From the mark before a word, or the "but", to the next."""
    words = sentence.words
    start = at
    while start and not _opens_clause(words, start):
        start -= 1
    end = at + 1
    while end < len(words) and not _opens_clause(words, end):
        end += 1
    return start, end


def _opens_clause(words: tuple[Word, ...], at: int) -> bool:
    return words[at].after_mark or longest(words, at, lexicon("contrasts")) > at


def _says_done(sentence: Sentence, within: Span) -> bool:
    """Whether words say that something is done to a disease, a sign of it or the body."""
    said = (span for table in ("fighting", "effects") for span in found(sentence, table))
    return any(within[0] <= span[0] < within[1] for span in said)


def _of_another_matter(sentence: Sentence, at: int) -> bool:
    """Whether a clause is about where money goes, or a word about what research is on.

    Of the words of `elsewhere` what follows is excused until something is said to be done.
    """
    clause = _clause(sentence, at)
    if any(clause[0] <= span[0] < clause[1] for span in found(sentence, "giving")):
        return True
    return any(
        clause[0] <= span[0] < clause[1]
        and (at < span[1] or not _says_done(sentence, (span[1], at)))
        for span in found(sentence, "elsewhere")
    )


def denied(sentence: Sentence, at: int, *, aside: Span = (0, 0), over: Span | None = None) -> bool:
    """Whether words before a word deny it, those of a span aside, or "free" after it.

    >>> from chelate.rules.said import sentences_of
    >>> (sentence,) = sentences_of("", "Not intended to diagnose, treat, cure or prevent gout")
    >>> denied(sentence, len(sentence.words) - 1)
    True
    >>> (sentence,) = sentences_of("", "Contains no magnesium oxide, treats insomnia")
    >>> denied(sentence, len(sentence.words) - 1)
    False
    """
    words = sentence.words
    if over is None and any(w.said in lexicon("freed").heads for w in words[at + 1 : at + 2]):
        return True
    return any(
        span[0] < at < end
        and not aside[0] <= span[0] < aside[1]
        and not (over and overcomes(sentence, span, over))
        for span, end in reaches(sentence)
    )


def of_others(sentence: Sentence, at: int) -> bool:
    """Whether a word is said of what is sold elsewhere.

    >>> from chelate.rules.said import sentences_of
    >>> (sentence,) = sentences_of("", "Unlike oxide, which is 4 % absorbed, ours is a chelate")
    >>> [of_others(sentence, at) for at in (5, 7)]
    [True, False]
    """
    words = sentence.words
    starts = [start for start, _ in _others(sentence) if start < at]
    return bool(starts) and not any(_comes_back(words[i]) for i in range(starts[-1] + 1, at + 1))


def _others(sentence: Sentence) -> Iterator[Span]:
    """Words for what is sold elsewhere, without "than 600" and those who praise this product."""
    aside = {start for start, _ in found(sentence, "contrasts")}
    for start, end in found(sentence, "others"):
        if start in aside or start - 1 in aside or _is_denied_ordinary(sentence, start):
            continue
        after = [word.said for word in sentence.words[end : end + 2]]
        counts = after[:1] and after[0][0].isdigit()
        if not counts and lexicon("witnesses").heads.keys().isdisjoint(after):
            yield start, end


def _is_denied_ordinary(sentence: Sentence, at: int) -> bool:
    """Whether a word for what is ordinary is denied: "not your typical magnesium"."""
    ordinary = longest(sentence.words, at, lexicon("asserting", "ordinary")) > at
    return ordinary and any(0 <= at - end <= 1 for _, end in found(sentence, "denials"))


def _comes_back(word: Word) -> bool:
    heads = lexicon("relatives").heads
    return word.said in lexicon("own").heads or (word.after_mark and word.said not in heads)


def cared_for(sentence: Sentence, at: int) -> bool:
    """Whether a word stands in a condition beside which the sentence asks for care.

    >>> from chelate.rules.said import sentences_of
    >>> (sentence,) = sentences_of("", "Take two capsules if you have insomnia")
    >>> cared_for(sentence, len(sentence.words) - 1)
    False
    >>> (sentence,) = sentences_of("", "If you have diabetes, mind the sugar")
    >>> cared_for(sentence, 3)
    True
    """
    clause = _condition(sentence, at)
    if clause:
        return _restricts(sentence, clause) or not _offers(sentence, clause)
    used = [start for start, end in found(sentence, "indications") if start <= at < end + 3]
    return bool(used) and _restricts(sentence, (used[0], at + 1))


def in_one_clause(sentence: Sentence, one: Span, other: Span) -> bool:
    """Whether no condition begins or ends between two spans: "reduce intake if pressure drops"."""
    return _condition(sentence, one[0]) == _condition(sentence, other[0])


def _condition(sentence: Sentence, at: int) -> Span | None:
    """The clause of a condition that a word stands in, from "if" to the mark that ends it."""
    for start, end in found(sentence, "conditions"):
        stop = _clause_end(sentence, end)
        if start <= at < stop:
            return start, stop
    return None


def _clause_end(sentence: Sentence, at: int) -> int:
    """The first mark after which no further disease is listed: "if you have gout, or asthma"."""
    words = sentence.words
    listed = {start for start, _ in found(sentence, "diseases")}
    for mark in range(at, len(words)):
        if words[mark].after_mark and mark not in listed and words[mark].said not in joining():
            return mark
    return len(words)


def _offers(sentence: Sentence, clause: Span) -> bool:
    """Whether a sentence offers something outside a clause: a benefit, a taking, a dose."""
    said = [span for table in ("effects", "benefits", "taking") for span in found(sentence, table)]
    said += [span for span in found(sentence, "dosage") if _counted(sentence, span[0])]
    return any(_outside(span, clause) for span in said)


def _restricts(sentence: Sentence, clause: Span) -> bool:
    """Whether a sentence limits or forbids the taking outside a clause."""
    if any(_outside(span, clause) for span in found(sentence, "restrictions")):
        return True
    taken = [span for span in found(sentence, "taking") if _outside(span, clause)]
    denying = [span for span in denials(sentence) if _outside(span, clause)]
    return any(gap(denial, span) <= _TAKING for denial in denying for span in taken)


def _outside(span: Span, clause: Span) -> bool:
    return not clause[0] <= span[0] < clause[1]


def _counted(sentence: Sentence, at: int) -> bool:
    """Whether a number stands before a word: "two capsules"."""
    before = [word.said for word in sentence.words[max(0, at - 1) : at]]
    return any(said[0].isdigit() or said in lexicon("counts").heads for said in before)
