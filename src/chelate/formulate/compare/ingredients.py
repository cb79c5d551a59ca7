"""Dietary ingredients without a nutrient of their own, and proprietary blends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chelate import wording
from chelate.catalogue import names
from chelate.composition.ingredients import listed_ingredients
from chelate.composition.rows import Entry, names_blend
from chelate.figures import listed, mass
from chelate.formulate.compare.amounts import declared_moieties
from chelate.formulate.compare.holdings import called, names_input, without_qualifiers
from chelate.formulate.compare.order import Ranked, order
from chelate.formulate.compare.sides import Sides, rounded_down, span, touches
from chelate.formulate.compare.values import Difference, Follows, NotCompared, Outcome, Where
from chelate.formulate.delivery import Ingredient
from chelate.formulate.supplied import is_itself_declared, sources_in

# Rows of the panel that are found by analysis, or computed from what is.
_NUTRITION = frozenset(
    {
        "calories", "calories from fat", "energy", "sugars", "total sugars", "sugar alcohol",
        "includes added sugars", "trans fat", "polyunsaturated fat", "monounsaturated fat",
        "soluble fiber", "insoluble fiber", "salt", "fibre", "of which sugars",
        "of which saturates",
    }
)  # fmt: skip


def ingredients(sides: Sides) -> Iterator[Outcome]:
    """Rows that are ingredients, blends, and inputs that no row names."""
    declared = {moiety.path for moiety in declared_moieties(sides)}
    for entry in sides.entries:
        if entry.kind != "other":
            continue
        if is_blend(entry) and (entry.children or not _inputs_named(texts_of(entry), sides)):
            yield from _blend(entry, sides)
        elif f"{entry.path}.name" not in declared:
            yield from _row(entry, sides)
    yield from _blends_not_printed(sides)
    yield from _not_printed(sides)


def is_blend(entry: Entry) -> bool:
    """Whether a row is the heading of a blend."""
    return entry.kind == "other" and (bool(entry.children) or names_blend(_name(entry)))


def _name(entry: Entry) -> str:
    return entry.phrase.head.text


def _inputs_named(texts: Iterable[str], sides: Sides) -> list[Ingredient]:
    """The inputs that any of some printed names means."""
    spoken = [text for text in texts if text]
    return [
        each for each in sides.delivery.ingredients if any(names_input(t, each) for t in spoken)
    ]


def texts_of(entry: Entry) -> list[str]:
    """The names of a row: its own, and those of its clauses and sources."""
    items = [item.text for item in entry.phrase.items]
    return [_name(entry), *items, *(s.name for s in entry.row.sources), entry.row.name]


def _row(entry: Entry, sides: Sides) -> Iterator[Outcome]:
    """A row that names an ingredient, with its mass if it prints one."""
    name, path = _name(entry), f"{entry.path}.name"
    found = _inputs_named(texts_of(entry), sides)
    if not found and names.normalise(name) in _NUTRITION:
        reason = "the recipe does not say how much its materials hold"
        yield NotCompared(name, reason, Where(path, None, name))
        return
    if not found:
        if any(_same(name, each.name) for each in sides.delivery.excipients):
            return
        said = entry.amount.text if entry.amount else name
        message = f"The label declares “{name}”, which the recipe does not have."
        yield Difference("ingredient-not-in-recipe", message, said, "none", Where(path, None, name))
        return
    where = Where(path, found[0].path, name)
    if entry.amount is None:
        yield Follows(name, name, listed([called(i) for i in found]), where)
        return
    yield _mass(entry, found, sides)


def _mass(entry: Entry, found: list[Ingredient], sides: Sides) -> Outcome:
    """The printed mass of an ingredient or of a blend beside what is weighed.

    The weight of a blend is that of its dietary ingredients without those that are sources
    of what has a Daily Value (21 CFR 101.36(c)(3)); many labels count these too.
    """
    assert entry.amount
    sources = _sources(sides)
    others = [each for each in found if each.path not in sources]
    weighed, name = sides.weighed(found), _name(entry)
    recipe_path = found[0].path if len(found) == 1 else "inputs"
    where = Where(entry.amount.path, recipe_path, entry.amount.text)
    unit = found[0].unit if len(found) == 1 else "mg"
    working = (
        *(f"{each.weighed} {called(each)}" for each in found),
        f"together {span(weighed, unit)} per serving of the label",
        f"“{entry.amount.text}” stands for {span(entry.amount.interval_mg, unit)}",
    )
    ways = [weighed]
    if is_blend(entry) and others and len(others) < len(found):
        ways.append(sides.weighed(others))
    said = " or, without sources of nutrients, ".join(span(way, unit) for way in ways)
    outside = [each for each in found if not each.entry.blend]
    if not is_blend(entry) and outside and len(outside) < len(found):
        ways.append(sides.weighed(outside))
    if any(touches(rounded_down(entry.amount), way) for way in ways):
        return Follows(f"mass of {name}", entry.amount.text, said, where, working)
    message = f"The label prints {entry.amount.text} of “{name}”; the recipe weighs {said}."
    return Difference("mass-differs", message, entry.amount.text, said, where, working)


def _blend(entry: Entry, sides: Sides) -> Iterator[Outcome]:
    """A blend: its name, its total, its members and their order."""
    name, members = _name(entry), list(_members(entry))
    where = Where(f"{entry.path}.name", None, name)
    stated = _of_blend(entry, sides)
    found = stated or _inputs_named((t for m in members for t in texts_of(m)), sides)
    if not stated and (_blends(sides) or not found):
        message = f"The label has the blend “{name}”; the recipe has none of that name."
        blends = listed([f"“{blend}”" for blend in _blends(sides)] or ["none"])
        yield Difference("blend-not-in-recipe", message, name, blends, where)
        return
    if not stated:
        yield NotCompared(f"blend {name}", "the recipe names no blends", where)
    if entry.amount:
        yield _mass(entry, found, sides)
    else:
        yield NotCompared(f"mass of {name}", "not printed", where)
    if not members:
        yield NotCompared(f"members of {name}", "not printed", where)
    else:
        yield from _membership(entry, members, stated, sides)
        yield from _order(entry, members, sides)


def _membership(
    entry: Entry, members: list[Entry], stated: list[Ingredient], sides: Sides
) -> Iterator[Difference]:
    """Members that only one side has in the blend, though both have them."""
    name, kind = _name(entry), "blend-members-differ"
    label = listed([_name(member) for member in members])
    named = {member.path: _inputs_named(texts_of(member), sides) for member in members}
    sources = _sources(sides)
    for each in stated:
        if each.path not in sources and not any(each in inputs for inputs in named.values()):
            message = f"The recipe has {called(each)} in the blend “{name}”; the label does not."
            where = Where(f"{entry.path}.name", each.path, name)
            yield Difference(kind, message, label, called(each), where)
    for member in members if stated else ():
        inputs = named[member.path]
        if inputs and not any(each in stated for each in inputs):
            text = _name(member)
            message = f"The label has “{text}” in the blend “{name}”; the recipe has it outside."
            where = Where(f"{member.path}.name", inputs[0].path, text)
            recipe = listed([called(each) for each in stated])
            yield Difference(kind, message, label, recipe, where)


def _members(entry: Entry) -> Iterator[Entry]:
    """The rows nested in a blend that are ingredients, not amounts of an element."""
    return (child for child in entry.children if child.kind != "element")


def _order(entry: Entry, members: list[Entry], sides: Sides) -> Iterator[Outcome]:
    """Members in descending order of predominance by weight (21 CFR 101.36(c)(2))."""
    if sides.market != "US":
        return
    found = [(_name(m), _inputs_named(texts_of(m), sides)) for m in members]
    ranked = [
        Ranked(name, sides.weighed(inputs).high, frozenset(each.path for each in inputs))
        for name, inputs in found
        if inputs
    ]
    if len(members) > 1:
        where = Where(f"{entry.path}.name", "inputs", _name(entry))
        yield order(f"order in {_name(entry)}", "blend-order-differs", ranked, where)


def _blends(sides: Sides) -> list[str]:
    named = (each.entry.blend for each in sides.delivery.ingredients)
    return list(dict.fromkeys(blend for blend in named if blend))


def _of_blend(entry: Entry, sides: Sides) -> list[Ingredient]:
    """The inputs of a blend; it is known by its whole name, or else without the brackets."""
    inside = [each for each in sides.delivery.ingredients if each.entry.blend]
    whole = [i for i in inside if names.normalise(i.entry.blend or "") in _blend_names(entry)]
    alike = (i for i in inside if _bare(i.entry.blend or "") == names.normalise(_name(entry)))
    return whole or list(alike)


def _blend_names(entry: Entry) -> tuple[str, str]:
    """The names of a printed blend: as it stands, and without what is in its brackets."""
    return names.normalise(_name(entry)), names.normalise(entry.row.name)


def _bare(blend: str) -> str:
    return names.normalise(wording.parse(blend).head.text)


def _blends_not_printed(sides: Sides) -> Iterator[Difference]:
    """Blends of the recipe that a US panel does not have (21 CFR 101.36(c)).

    One of nothing but sources of nutrients need not be there: the nutrients have rows.
    """
    if sides.market != "US":
        return
    printed = {n for entry in sides.entries if is_blend(entry) for n in _blend_names(entry)}
    sources = _sources(sides)
    for blend in _blends(sides):
        inside = (i for i in sides.delivery.ingredients if i.entry.blend == blend)
        others = [i for i in inside if i.path not in sources]
        if others and printed.isdisjoint({names.normalise(blend), _bare(blend)}):
            message = f"The recipe has the blend “{blend}”; the label has none of that name."
            where = Where(None, f"{others[0].path}.blend")
            yield Difference("blend-not-printed", message, "", blend, where)


def _sources(sides: Sides) -> set[str]:
    """The paths of the inputs that are there as sources of a nutrient alone."""
    own = sources_in(sides.delivery)
    inputs = sides.delivery.ingredients
    return {each.path for each in inputs if not is_itself_declared(each, own[each.path])}


def _not_printed(sides: Sides) -> Iterator[Outcome]:
    """Inputs that are no source of a nutrient, and are named nowhere on the label."""
    printed = [text for entry in sides.entries for text in texts_of(entry)]
    printed += [t for each in listed_ingredients(sides.label) for t in (each.text, *each.inside)]
    sources = _sources(sides)
    for each in sides.delivery.ingredients:
        if each.path in sources or any(names_input(text, each) for text in printed):
            continue
        weighed = mass(each.weighed_mg * sides.scale.factor, each.unit)
        message = (
            f"The recipe has {weighed} {called(each)} per serving, which the label does not name."
        )
        where = Where(None, each.path)
        yield Difference("ingredient-not-printed", message, "", called(each), where)


def _same(text: str, other: str) -> bool:
    return without_qualifiers(text) == without_qualifiers(other)
