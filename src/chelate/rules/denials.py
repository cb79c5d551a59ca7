"""How far a denial reaches, and which words that look like one deny nothing.

"Without" denies the noun phrase after it, "no" the one that it determines and what is said of it,
"not" and "never" their clause, over the commas of a list. A colon ends them all, and so do "but"
and "except". A denial of doubt, of the ordinary or of "only" asserts, and so does one of what
others keep to themselves; `victories` knows those that boast.
"""

from __future__ import annotations

from functools import lru_cache

from chelate.rules.languages import languages_of
from chelate.rules.lexicon import joining, lexicon, tables_of
from chelate.rules.said import Sentence, Span, Word, found, longest
from chelate.rules.victories import boasts

_NEAR = 3  # words between a denial and the "only" or the doubt that it takes back
_TOLD = 5  # words between a denial and what is not told, and between it and who does not tell
_ITEMS = 12  # words in which a list after a comma comes to its "or"


@lru_cache(maxsize=256)
def reaches(sentence: Sentence) -> tuple[tuple[Span, int], ...]:
    """The denials of a sentence, each with the first word that it denies no longer.

    >>> from chelate.rules.said import sentences_of
    >>> (sentence,) = sentences_of("", "Without sugar it cures insomnia")
    >>> reaches(sentence)
    (((0, 1), 2),)
    >>> (sentence,) = sentences_of("", "Not intended to treat, cure or prevent insomnia")
    >>> reaches(sentence)
    (((0, 1), 8),)
    """
    return tuple((span, _end(sentence, span)) for span in denials(sentence))


@lru_cache(maxsize=256)
def denials(sentence: Sentence) -> tuple[Span, ...]:
    """The words of a sentence that deny, no question, without what only begins so: "not only"."""
    words, known = sentence.words, found(sentence, "denials")
    if sentence.text[sentence.stop : sentence.stop + 1] == "?":
        return ()
    boast = next((span for span in known if boasts(sentence, span)), None)
    denying: list[Span] = []
    dropped = -len(words)
    for span in known:
        if span == boast or (boast and _is_particle(words, span)) or _asserts(words, span):
            dropped = span[0] if _is_particle(words, span) else dropped
        elif span[0] - dropped > _NEAR or not _is_second(words, span):
            denying.append(span)
    return tuple(denying)


def _is_particle(words: tuple[Word, ...], denial: Span) -> bool:
    """Whether a denial only goes with another: "aucun magnésium n'est mieux absorbé"."""
    return words[denial[0]].said in lexicon("restricting", "first").heads


def _is_second(words: tuple[Word, ...], denial: Span) -> bool:
    """Whether a denial is the second half of one: "ne … pas"."""
    return words[denial[0]].said in lexicon("restricting", "second").heads


def _asserts(words: tuple[Word, ...], denial: Span) -> bool:
    """Whether words that deny by themselves assert here: "not only", "without a doubt"."""
    if longest(words, denial[0], lexicon("affirmations")) > denial[0]:
        return True
    if words[denial[0]].said == "t" and not (denial[0] and words[denial[0] - 1].said[-1] == "n"):
        return True
    near = _beside(words, denial[1], _NEAR)
    kinds = ("only", "doubts")
    return (
        _restricts(words, denial)
        or any(_any_in(words, near, "asserting", kind) for kind in kinds)
        or _of_the_ordinary(words, denial[1])
        or _of_the_told(words, denial)
    )


def _restricts(words: tuple[Word, ...], denial: Span) -> bool:
    """Whether a denial only says "only": "n'est qu'un"."""
    said = {word.said for word in words[denial[0] : denial[0] + _TOLD]}
    then, second = (lexicon("restricting", key).heads.keys() for key in ("then", "second"))
    return _is_particle(words, denial) and not said.isdisjoint(then) and said.isdisjoint(second)


def _of_the_ordinary(words: tuple[Word, ...], at: int) -> bool:
    """Whether "ordinary" begins at a word, an article or "your" aside: "not your average"."""
    small = lexicon("articles").heads.keys() | lexicon("asserting", "your").heads.keys()
    while at < len(words) and words[at].said in small:
        at += 1
    return at < len(words) and longest(words, at, lexicon("asserting", "ordinary")) > at


def _of_the_told(words: tuple[Word, ...], denial: Span) -> bool:
    """Whether others do not tell what is said: "what doctors won't tell you"."""
    before = {word.said for word in words[max(0, denial[0] - _NEAR) : denial[0]]}
    told = _any_in(words, _beside(words, denial[1], _TOLD), "asserting", "telling")
    return told and before.isdisjoint(lexicon("asserting", "ourselves").heads)


def _beside(words: tuple[Word, ...], start: int, reach: int) -> range:
    """The places of the words from one on that no mark parts from what precedes them."""
    end = start
    while end < min(start + reach, len(words)) and not words[end].after_mark:
        end += 1
    return range(start, end)


def _any_in(words: tuple[Word, ...], places: range, *table: str) -> bool:
    return any(longest(words, at, lexicon(*table)) > at for at in places)


def _end(sentence: Sentence, denial: Span) -> int:
    """The first word that a denial denies no longer."""
    words, start = sentence.words, denial[1]
    if start == len(words) or _is_prefix(words, denial):
        return min(start + 1, len(words))
    phrase = longest(words, denial[0], lexicon("denials", "prepositions")) > denial[0]
    clause = not phrase and not _is_determiner(words, denial)
    for at in range(start, len(words)):
        if _turns(words, at, start) or (not clause and _leaves(words, at, start)):
            return at
        if phrase and at > start and _is_clausal(words, denial, at):
            phrase = False
        if phrase and at > start and _begins_anew(words, at):
            return at
    return len(words)


def _is_prefix(words: tuple[Word, ...], denial: Span) -> bool:
    """Whether a denial is part of a word: "no-sugar", "non GMO", but not the Italian "non"."""
    if words[denial[1]].after_hyphen:
        return True
    if words[denial[0]].said != "non":
        return False
    return max(_votes(words, key) for key in ("en", "fr", "de")) > _votes(words, "it")


def _is_determiner(words: tuple[Word, ...], denial: Span) -> bool:
    """Whether a denial belongs to a noun: "no", but not the Spanish one."""
    said = words[denial[0]].said
    if said == "no" and _votes(words, "es") > _votes(words, "en"):
        return False
    return said in lexicon("denials", "determiners").heads


def _votes(words: tuple[Word, ...], language: str) -> int:
    """How many words of a sentence stand in the lists of a language."""
    return sum(language in languages_of(word.said) for word in words)


def _turns(words: tuple[Word, ...], at: int, start: int) -> bool:
    """Whether any denial ends with a word: at a contrast, a colon or a new assertion."""
    if longest(words, at, lexicon("contrasts")) > at:
        return True
    if words[at].after_colon and at > start and not _is_open(words, at - 1):
        return True
    joined = words[at].after_mark or words[at - 1].said in joining()
    if joined and longest(words, at, lexicon("breaks")) > at and not _resumes(words, at, start):
        return True
    if not words[at].after_mark or at == start:
        return False
    kinds = (("asserting", "subjects"), ("asserting", "only"), ("benefits",))
    return any(longest(words, at, lexicon(*kind)) > at for kind in kinds)


def _resumes(words: tuple[Word, ...], at: int, start: int) -> bool:
    """Whether a clause goes on after words between two commas: "that it, in people, treats"."""
    opened = [i for i in range(start, at) if _is_connective(words, i)]
    marks = [i for i in range(opened[0] + 1, at + 1) if words[i].after_mark] if opened else []
    return len(marks) == 2 and words[at].after_mark


def _is_open(words: tuple[Word, ...], at: int) -> bool:
    """Whether a word still wants what a colon after it lists: "not for:", "the following:"."""
    kinds = (("asserting", "open"), ("fighting",), ("towards",), ("denials",))
    return any(longest(words, at, lexicon(*kind)) > at for kind in kinds)


def _leaves(words: tuple[Word, ...], at: int, start: int) -> bool:
    """Whether a mark before a word ends the noun phrase, and neither list nor clause goes on.

    So does the word that says that it is not needed.
    """
    if longest(words, at - 1, lexicon("asserting", "needed")) == at:
        return True
    if at == start or not words[at].after_mark:
        return False
    return not _is_relative(words, at) and not _lists_on(words, at)


def _is_relative(words: tuple[Word, ...], at: int) -> bool:
    """Whether a clause begins that belongs to the noun before: "ohne Stoffe, die …"."""
    if _is_connective(words, at):
        return True
    infinitive = any(words[i].said == "zu" for i in _beside(words, at + 1, _ITEMS))
    return infinitive and words[at].said != "um"


def _is_connective(words: tuple[Word, ...], at: int) -> bool:
    """Whether a word opens a clause that belongs to what stands before: not "die beste"."""
    known = ("relatives", "subordinate")
    if not any(words[at].said in lexicon(key).heads for key in known):
        return False
    return not _any_in(words, _beside(words, at + 1, 1), "absorption", "superlatives")


def _lists_on(words: tuple[Word, ...], at: int) -> bool:
    """Whether an item of a list begins: one word, or one before the "or" that ends the list."""
    if words[at].said in joining() | {"nor", "ni", "ne"}:
        return at + 1 < len(words) and not _says(words, at + 1)
    single = True
    for i in range(at, min(at + _ITEMS, len(words))):
        if i > at and words[i].said in _ORS | joining():
            return True
        if _says(words, i):
            return False
        single = single and (i == at or words[i].after_mark)
    return single


_ORS = frozenset({"nor", "ni", "ne", "e", "o", "noch"})


def _says(words: tuple[Word, ...], at: int) -> bool:
    """Whether a word asserts something: no item of a list does."""
    kinds = (
        ("fighting",), ("effects",), ("breaks",), ("towards",), ("denials",), ("benefits",),
        ("asserting", "subjects"), ("asserting", "only"), ("absorption", "superlatives"),
    )  # fmt: skip
    begun = tables_of(words[at].said)
    return not begun.isdisjoint(kinds) and any(
        longest(words, at, lexicon(*kind)) > at for kind in kinds
    )


def _is_clausal(words: tuple[Word, ...], denial: Span, at: int) -> bool:
    """Whether a noun phrase goes on as a clause: "without claiming that", "sans soigner"."""
    denying, first = words[denial[0]].said, words[denial[1]].said
    verbal = first.endswith(_INFINITIVES.get(denying, ())) and len(first) > _SHORT
    if verbal and first not in lexicon("asserting", "nouns").heads:
        return True
    return _is_connective(words, at)


_SHORT = 4  # letters of words that end like infinitives and are none: "fer"
_INFINITIVES = {
    "without": ("ing",), "sans": ("er", "ir", "re"), "sin": ("ar", "er", "ir"),
    "senza": ("are", "ere", "ire", "rre"),
}  # fmt: skip


def _begins_anew(words: tuple[Word, ...], at: int) -> bool:
    """Whether a word after a noun begins another phrase: an article, a verb, "against", "for"."""
    before = words[at - 1].said
    small = lexicon("asserting", "small").heads.keys() | lexicon("asserting", "your").heads.keys()
    if before in small or before in joining() or before in lexicon("articles").heads:
        return False
    kinds = (("breaks",), ("towards",), ("asserting", "against"), ("asserting", "subjects"),
             ("asserting", "small_articles"), ("own",))  # fmt: skip
    return any(longest(words, at, lexicon(*kind)) > at for kind in kinds)
