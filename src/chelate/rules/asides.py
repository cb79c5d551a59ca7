"""What names a disease or ranks absorption and claims nothing, since it speaks of something else.

Those who have a disease are told to take care, a medicine is named by what it is for, a question
is said to be open, or words are quoted to speak of them as words.
"""

from __future__ import annotations

import re

from chelate.rules.denials import reaches
from chelate.rules.lexicon import lexicon
from chelate.rules.said import Sentence, found, has

_PERSONS = 4  # words between people and the disease that they have
_FORBIDDEN = 3  # words between "must" and "not"
_TREATED = 6  # words between a medicine and what it is for
_QUOTES = re.compile('["“”„«»]')


def no_claim(sentence: Sentence, at: int) -> bool:
    """Whether a word stands in a statement on something else than the product's effect.

    >>> from chelate.rules.said import sentences_of
    >>> (sentence,) = sentences_of("", "Interacts with medicines for osteoporosis")
    >>> no_claim(sentence, 4)
    True
    """
    return (
        _told_to_mind(sentence, at)
        or _of_a_medicine(sentence, at)
        or _uncertain(sentence, at)
        or _only_quoted(sentence, at)
    )


def _told_to_mind(sentence: Sentence, at: int) -> bool:
    """Whether those who have a disease are told to take care: "people with asthma should check"."""
    persons = any(0 <= at - end < _PERSONS for _, end in found(sentence, "persons"))
    duties = [end for start, end in found(sentence, "obliged") if start > at]
    if not persons or not duties:
        return False
    minded = any(start >= duties[0] for start, _ in found(sentence, "restrictions"))
    forbidden = (start - duties[0] for start, _ in found(sentence, "denials"))
    return minded or any(0 <= words < _FORBIDDEN for words in forbidden)


def _of_a_medicine(sentence: Sentence, at: int) -> bool:
    """Whether a disease is what a medicine is for that a product interacts with."""
    if not has(sentence, "interactions"):
        return False
    taken = [span for table in ("medicines", "therapies") for span in found(sentence, table)]
    before = (range(end, at + 1) for _, end in taken if 0 <= at - end < _TREATED)
    after = any(start == at + 1 for start, _ in taken)
    return after or any(not any(sentence.words[i].after_mark for i in way) for way in before)


def _uncertain(sentence: Sentence, at: int) -> bool:
    """Whether a word stands in what is not known: "studies disagree about which"."""
    asked = [start for start, _ in found(sentence, "asked") if start < at]
    return bool(asked) and any(
        end <= asked[-1]
        and not any(denial[0] < start < stop for denial, stop in reaches(sentence))
        and not any(word.after_colon for word in sentence.words[asked[-1] + 1 : at + 1])
        for start, end in found(sentence, "uncertain")
    )


def _only_quoted(sentence: Sentence, at: int) -> bool:
    """Whether a word stands in quotation marks, and the sentence speaks of the words there."""
    spans = found(sentence, "mentions")
    if not spans or not _is_quoted(sentence, at):
        return False
    own = lexicon("own").heads.keys()
    return any(
        not _is_quoted(sentence, start)
        and own.isdisjoint(word.said for word in sentence.words[max(0, start - 1) : start])
        for start, _ in spans
    )


def _is_quoted(sentence: Sentence, at: int) -> bool:
    """Whether a quotation mark stands open before a word, one before the sentence too."""
    first, start = max(0, sentence.start - 2), sentence.words[at].start
    return len(_QUOTES.findall(sentence.text, first, start)) % 2 == 1
