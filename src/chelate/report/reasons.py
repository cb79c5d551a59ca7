"""The arithmetic behind a verdict in sentences: readings, a recipe, what would settle it."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.bounds import Blend, Part, claimed_sources
from chelate.bounds.capacities import capacities
from chelate.catalogue.names import spoken
from chelate.checker import CheckResult
from chelate.composition import Source
from chelate.figures import at_least_mg, mg, percent, percent_range
from chelate.findings import Verdict
from chelate.report import delivered
from chelate.rules import Judged
from chelate.sentences import declared_text, unread_of


def settling(judged: Judged, result: CheckResult) -> Iterator[str]:
    """What more on the label would settle a claim that cannot be told."""
    if judged.verdict is not Verdict.CANNOT_TELL:
        return
    for problem in unread_of(judged, result):
        yield f"“{problem.text}” printed so that it can be read: {problem.expected}."
    claim = judged.claim
    if claim.declared is None:
        yield f"The elemental {claim.nutrient} of one serving, as one number and one unit."
    for source in claim.sources:
        if source.meaning.status != "known":
            yield _settling_name(source, claim.nutrient)
    if not judged.bounds.capacities:
        yield (
            "Any one of these: the mass of the compound, the total of the blend that holds it, "
            "the mass of one serving, or the capsule size with the number of capsules."
        )
        yield from _threshold(judged)


def _settling_name(source: Source, nutrient: str) -> str:
    near = source.meaning.suggestions
    hint = f" (near in spelling: {', '.join(near)})" if near else ""
    return (
        f"What “{source.text}” is, as a compound with a formula{hint}, or its assay: the percent "
        f"of {nutrient} that the maker states."
    )


def _threshold(judged: Judged) -> Iterator[str]:
    """The printed mass on which the answer turns."""
    claim, recipe = judged.claim, judged.bounds.witness
    if claim.declared is None or not recipe or recipe[0].element_mg <= 0:
        return
    fraction = recipe[0].element_mg / recipe[0].mass_mg
    least = claim.declared.interval_mg.low / fraction
    yield (
        f"The answer turns on {mg(least)}: {declared_text(claim)} of {claim.nutrient} takes at "
        f"least that much {spoken(recipe[0].substance)} ({percent(fraction, decimals=3)} "
        f"{claim.nutrient}). A smaller mass could not hold it; a larger one could."
    )


def whole_blend(judged: Judged) -> Blend | None:
    """The whole-blend reading, where the label leaves room for it.

    There is none where the stand-in is what the label claims, where each of several
    sources prints its own mass, or where no chelate is claimed and nothing is missing.
    """
    sources, blend = judged.claim.sources, judged.bounds.blend
    if not judged.is_chelate and not judged.bounds.elsewhere_mg:
        return None
    claimed = {i for s in sources for i in s.meaning.substances}
    weighed = len(sources) > 1 and all(s.mass for s in sources)
    return None if blend is None or weighed or blend.stand_in in claimed else blend


def blend_text(judged: Judged, result: CheckResult) -> str:
    """The printed mass that the whole-blend reading takes for the mass of the blend."""
    sources, serving = claimed_sources(judged.claim), result.composition.serving
    return capacities(judged.claim, sources, serving, buffer=False)[0].text


def elsewhere_words(judged: Judged, result: CheckResult) -> tuple[str, ...]:
    """The two readings of a printed mass, and what each asks to come from elsewhere."""
    blend, held, nutrient = whole_blend(judged), judged.bounds.tightest, judged.claim.nutrient
    if blend is None or held is None:
        return ()
    name = spoken(blend.stand_in)
    text = blend_text(judged, result)
    words = []
    both = held.holder == "compound" and held.text == text
    if both:
        share = percent(held.missing_mg / held.needed_mg)
        least = f"at least {at_least_mg(held.missing_mg)} ({share})" if held.missing_mg else "none"
        verb = "is" if held.missing_mg else "need be"
        words.append(
            f"If “{text}” is of the claimed compound alone and other sources come on top, {least} "
            f"of the {nutrient} {verb} from elsewhere."
        )
    words.append(
        f"If “{text}” is of a whole blend whose other part is {name}, {name} gives "
        f"{percent_range(blend.share)} of the {nutrient} and is "
        f"{percent_range(blend.mass_fraction)} of the mass: the lower ends for the densest "
        f"compound that the name may mean, the upper ends for the leanest that is documented."
    )
    if both and held.missing_mg:
        words.append("The smaller of the two lower ends holds in either reading.")
    return tuple(words)


def witness_words(judged: Judged) -> str:
    """A recipe that gives the element declared, in words; empty where none is known."""
    parts, nutrient = judged.bounds.witness, judged.claim.nutrient
    if not parts or _names_other_parts(judged):
        return ""
    listed = " with ".join(_part(part, nutrient) for part in parts)
    total = sum(part.element_mg for part in parts)
    return (
        f"One recipe that gives {mg(total)} of {nutrient}: {listed}. It is one of many; the "
        "arithmetic does not say which was used."
    )


def _names_other_parts(judged: Judged) -> bool:
    """Whether the label declares a blend of other things than the recipe has."""
    if judged.verdict is not Verdict.DECLARED_BLEND:
        return False
    stand_ins = {part.substance for part in judged.bounds.witness[1:]}
    named = {i for s in judged.denser for i in s.meaning.substances}
    return not stand_ins or bool(named - stand_ins)


def glycine_words(judged: Judged) -> str:
    """The arithmetic of the glycine that a claim can bring; empty where there is none."""
    found = delivered.glycine(judged)
    return f"Glycine as the free acid: {found.working}" if found.working else ""


def _part(part: Part, nutrient: str) -> str:
    if part.mass_mg <= 0:
        return f"no {spoken(part.substance)}"
    return f"{mg(part.mass_mg)} {spoken(part.substance)} ({mg(part.element_mg)} {nutrient})"
