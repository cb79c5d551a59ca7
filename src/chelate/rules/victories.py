"""Denials that boast: "no more migraines", "never again", "nothing works better".

What is denied there is the disease, or that anything else does as well; the sentence claims the
more. "Does not treat", "not intended to" and "contains no" deny what the product does or holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from chelate.rules.lexicon import lexicon
from chelate.rules.said import Sentence, Span, found, joint, longest

_BORNE = 5  # words between a disease and the suffering from it
_BEFORE = 4  # words before a denial, that say of whom it holds
_REACH = 8  # words in which "again" follows "never"


def overcomes(sentence: Sentence, denial: Span, disease: Span) -> bool:
    """Whether a denial says that a disease is no more.

    >>> from chelate.rules.said import sentences_of
    >>> (sentence,) = sentences_of("", "No more migraines")
    >>> overcomes(sentence, (0, 1), (2, 3))
    True
    >>> (sentence,) = sentences_of("", "Does not treat migraines")
    >>> overcomes(sentence, (1, 2), (3, 4))
    False
    """
    if _ends(sentence, denial) or _is_suffered(sentence, denial, disease):
        return True
    return _is_absent(sentence, denial, disease) and not _suffered_anyway(sentence, disease)


def ended(sentence: Sentence, table: str) -> Iterator[Span]:
    """Wordings of a table that the words before them say are no more: "no more headaches"."""
    for span in found(sentence, table):
        for denial in found(sentence, "denials"):
            if 0 <= span[0] - denial[1] <= _REACH and _ends(sentence, denial):
                yield joint(denial, span)


def _is_unmatched(sentence: Sentence, denial: Span) -> bool:
    """Whether "no better" compares with nothing named: "no better remedy"."""
    after = sentence.words[denial[1] : denial[1] + _REACH]
    compared_with = lexicon("absorption", "than").heads.keys()
    absorbed = any(lexicon("absorption", "words").holds_part_of(w.said) for w in after)
    return compared_with.isdisjoint(word.said for word in after) and not absorbed


def _is_absent(sentence: Sentence, denial: Span, disease: Span) -> bool:
    """Whether a word for absence stands before a disease and nothing but small words between."""
    words = sentence.words
    between = {word.said for word in words[denial[1] : disease[0]]}
    small = lexicon("listing", "articles").heads.keys() | lexicon("victories", "between").heads
    before = {word.said for word in words[max(0, denial[0] - 1) : denial[0]]}
    return (
        longest(words, denial[0], lexicon("victories", "absence")) >= denial[1]
        and between <= small
        and before.isdisjoint(lexicon("victories", "people").heads)
    )


def _ends(sentence: Sentence, denial: Span) -> bool:
    """Whether a denial is of what was and returns no more: "never have … again"."""
    words = sentence.words
    if (end := longest(words, denial[0], lexicon("victories", "ended"))) >= denial[1]:
        counted = {word.said for word in words[end : end + 1]}
        return counted.isdisjoint(lexicon("victories", "counting").heads)
    never = longest(words, denial[0], lexicon("victories", "never")) >= denial[1]
    after = {word.said for word in words[denial[1] : denial[1] + _REACH]}
    return never and not after.isdisjoint(lexicon("victories", "again").heads)


def _is_suffered(sentence: Sentence, denial: Span, disease: Span) -> bool:
    """Whether what is denied is that a disease must be suffered: "no need to live with gout"."""
    words = sentence.words
    near = range(max(0, disease[0] - _BORNE), min(disease[1] + _BORNE, len(words)))
    if not any(longest(words, i, lexicon("victories", "suffering")) > i for i in near):
        return False
    between = range(max(0, denial[0] - _BEFORE), disease[0])
    limits = (lexicon("victories", "sufferers"), lexicon("conditions"))
    return not any(longest(words, i, limit) > i for i in between for limit in limits)


def _suffered_anyway(sentence: Sentence, disease: Span) -> bool:
    """Whether the disease is one that a product may bring, or part of a name of its cause."""
    told = {word.said for word in sentence.words[disease[1] : disease[1] + 1]}
    brought = any(span == disease for span in found(sentence, "victories", "brought"))
    return brought or not told.isdisjoint(lexicon("victories", "causes").heads)


def boasts(sentence: Sentence, denial: Span) -> bool:
    """Whether a denial says that nothing else does as well.

    >>> from chelate.rules.said import sentences_of
    >>> (sentence,) = sentences_of("", "Nothing works better against insomnia")
    >>> boasts(sentence, (0, 1))
    True
    """
    words = sentence.words
    nothing = longest(words, denial[0], lexicon("victories", "nothing")) >= denial[1]
    any_other = longest(words, denial[0], lexicon("victories", "none")) >= denial[1]
    after = words[denial[1] : denial[1] + _REACH]
    if after and after[0].said in lexicon("victories", "shown").heads:
        return False
    first = 0 if nothing or _is_unmatched(sentence, denial) else 1
    better = lexicon("victories", "better").heads
    return (nothing or any_other) and any(
        word.said in better and not any(w.after_mark for w in after[: i + 1])
        and after[i - 1].said not in lexicon("towards").heads
        for i, word in enumerate(after) if i >= first
    )  # fmt: skip
