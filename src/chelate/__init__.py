"""Supplement formulation and label checking: the public API.

Names are loaded when they are first used, so that a command starts with what it needs.

>>> import chelate
>>> print(chelate.molar_mass("Mg(C2H4NO2)2"))
172.423 g/mol
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chelate import absorption, evidence, gate
    from chelate.api import (
        Yields,
        check,
        compare,
        day,
        deliver,
        design,
        dose_for,
        load_label,
        molar_mass,
        panel,
        yields,
    )
    from chelate.checker import CheckResult
    from chelate.findings import Certainty, Finding, InputError, Severity, Verdict
    from chelate.models import Label
    from chelate.models.design import DesignSpec
    from chelate.models.formulation import Formulation
    from chelate.models.stack import Stack
    from chelate.readers import iter_labels, read_labels

__version__ = "0.1.0"

__all__ = [
    "Certainty",
    "CheckResult",
    "DesignSpec",
    "Finding",
    "Formulation",
    "InputError",
    "Label",
    "Severity",
    "Stack",
    "Verdict",
    "Yields",
    "__version__",
    "absorption",
    "check",
    "compare",
    "day",
    "deliver",
    "design",
    "dose_for",
    "evidence",
    "gate",
    "iter_labels",
    "load_label",
    "molar_mass",
    "panel",
    "read_labels",
    "yields",
]

_HOMES = {
    "chelate.api": (
        "Yields", "check", "compare", "day", "deliver", "design", "dose_for", "load_label",
        "molar_mass", "panel", "yields",
    ),
    "chelate.checker": ("CheckResult",),
    "chelate.findings": ("Certainty", "Finding", "InputError", "Severity", "Verdict"),
    "chelate.models": ("Label",),
    "chelate.models.design": ("DesignSpec",),
    "chelate.models.formulation": ("Formulation",),
    "chelate.models.stack": ("Stack",),
    "chelate.readers": ("iter_labels", "read_labels"),
}  # fmt: skip
_MODULES = ("absorption", "evidence", "gate")
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"chelate.{name}")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'chelate' has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
