"""Label text made harmless to look at: characters that act instead of being seen are named.

Escaping of markup is jinja2's; this is for what escaping leaves: control characters, which
HTML forbids, and marks that turn or hide the text around them; and for data, which jinja2
cannot escape.
"""

from __future__ import annotations

import json
import re
from typing import Any

_ACTING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ud800-\udfff\U000e0000-\U000e0fff]"
    "|[\ufffe\uffff]"
)
_MARKUP = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def visible(text: str) -> str:
    r"""The text with every character that acts instead of being seen shown by its number.

    >>> visible("gly\u202enic\x00")
    'gly[U+202E]nic[U+0000]'
    """
    return _ACTING.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def embedded(document: Any) -> str:
    r"""A JSON document as text that no browser takes for markup, in ASCII.

    >>> print(embedded({"product": "</script>"}))
    {"product":"\u003c/script\u003e"}
    """
    text = json.dumps(document, separators=(",", ":"), allow_nan=False)
    return "".join(_MARKUP.get(character, character) for character in text)
