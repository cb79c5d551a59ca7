"""What every page has in common: how a template is filled in, and what a page may load."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from chelate import resources
from chelate.report.naming import LONGEST, short

if TYPE_CHECKING:
    from jinja2 import Environment

_ID = re.compile(r'\sid="([^"]+)"')
_QUOTED = re.compile(f"“([^”]{{{LONGEST},}})”")
_WORD = re.compile(rf"[^\s“”]{{{LONGEST + 1},}}")
_UNBROKEN = re.compile(r"([^\s-]{25,})")
_PIECE = 12
_APART = re.compile(
    r"(?<=[0-9]) (?=(?:%|(?:[mkµ]|mc)?g|mL|g/mL|g/mol|USD|EUR|[A-Z]{3}/kg)(?![A-Za-z]))"
)
_STRAIGHT = re.compile(r'"([^"]+)"')
_LEFTWARDS = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_INNER = re.compile(
    r'<a (?P<before>[^>]*?)href="#(?P<to>[^"]+)"[^>]*>(?P<words>.*?)</a>', re.DOTALL
)


@cache
def environment() -> Environment:
    """Every printed text is escaped, and shows the characters that nobody could see."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from chelate.report.inert import visible

    found = Environment(
        loader=FileSystemLoader(resources.locate("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(clip=clip, curled=curled, own=own, short=short, soft=soft)
    found.filters.update(kept=kept, runs_left=runs_left)
    return found


def clip(text: str) -> str:
    """A text whose quoted words are cut where nobody would read on: the label has them whole.

    >>> clip(f"“{'oxide ' * 40}” names no source.")[-26:]
    ' oxide …” names no source.'
    """
    if len(text) <= LONGEST:
        return own(kept(text))
    cut = _QUOTED.sub(lambda found: f"“{short(found[1])}”", text)
    return own(kept(_WORD.sub(lambda found: short(found[0]), cut)))


def kept(text: str) -> str:
    r"""A text that never breaks between a figure and its unit.

    >>> kept("200 mg of 5 %") == "200\u00a0mg of 5\u00a0%"
    True
    """
    return _APART.sub("\u00a0", text)


def curled(text: str) -> str:
    """A text of the project's own with the quotation marks of print.

    >>> curled('Say "buffered".')
    'Say “buffered”.'
    """
    return _STRAIGHT.sub(r"“\1”", text)


def own(text: str) -> str:
    """A text of another's, its direction kept from what stands about it."""
    from markupsafe import Markup

    shown = soft(text)
    return Markup("<bdi>{}</bdi>").format(shown) if runs_left(text) else shown


def runs_left(text: str) -> bool:
    """Whether anything in a text is written from the right to the left.

    >>> runs_left("200 mg"), runs_left("200 מ״ג")
    (False, True)
    """
    return not text.isascii() and bool(_LEFTWARDS.search(text))


def soft(text: str) -> str:
    """A text whose longest words may break, where no line could hold them; all others stay whole.

    >>> soft("oxide " + 30 * "x")
    Markup('oxide xxxxxxxxxxxx<wbr>xxxxxxxxxxxx<wbr>xxxxxx')
    """
    from markupsafe import Markup

    from chelate.report.inert import visible

    shown = visible(text)
    if not _UNBROKEN.search(shown):
        return shown
    parts = (part for cut in _UNBROKEN.split(shown) for part in _softened(cut))
    return Markup("").join(parts)


def _softened(part: str) -> Iterator[str]:
    from markupsafe import Markup, escape

    pieces = [part[at : at + _PIECE] for at in range(0, len(part), _PIECE)]
    yield Markup("<wbr>").join(pieces) if _UNBROKEN.fullmatch(part) else escape(part)


@cache
def stylesheet(name: str) -> str:
    """One of the project's own stylesheets or scripts, as it stands in the page: not indented."""
    text = (resources.locate("templates") / name).read_text(encoding="utf-8")
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())


def styled(title: str, *more: str) -> str:
    """The style of a page: what all have in common, `more` of its own, and paper.

    Sheets after the first have the title at their head, each has its number at its foot.
    """
    style = "".join(map(stylesheet, ("style.css", *more, "paper.css")))
    return f"{style}@page {{ @top-left {{ content: {_string(short(title))} }} }}\n"


def _string(text: str) -> str:
    r"""A text as CSS writes one: what is no letter or digit by its number.

    >>> print(_string('</style>"'))
    "\3c \2f style\3e \22 "
    """
    safe = (each if each.isalnum() else f"\\{ord(each):x} " for each in text)
    return f'"{"".join(safe)}"'


def policy(style: str, *scripts: str) -> str:
    """A Content-Security-Policy that allows this one stylesheet, these scripts, nothing else."""
    allowed = f"script-src {' '.join(map(_hash, scripts))}; " if scripts else ""
    return (
        f"default-src 'none'; style-src {_hash(style)}; {allowed}img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def landing(page: str) -> str:
    """The page without links that lead to what it leaves out; their words stay, as plain text.

    >>> landing('<p id="a"><a href="#a">x</a> <a href="#b">y</a> <a id="c" href="#d">z</a></p>')
    '<p id="a"><a href="#a">x</a> y <span id="c">z</span></p>'
    """
    ids = set(_ID.findall(page))
    return _INNER.sub(lambda found: found[0] if found["to"] in ids else _plain(found), page)


def _plain(link: re.Match[str]) -> str:
    """The words of a link; what leads to it finds them still."""
    own = _ID.search(f" {link['before']}")
    return f'<span id="{own[1]}">{link["words"]}</span>' if own else link["words"]
