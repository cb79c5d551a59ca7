"""The panel of a formulation within its page, and the check of what that panel says."""

from __future__ import annotations

from dataclasses import dataclass

from chelate.checker import CheckResult, check
from chelate.findings import Finding, InputError, Verdict
from chelate.formulate import Delivery
from chelate.formulate.panel import label_of, panel
from chelate.report.panel_box import Pack, column_rules, pack_of
from chelate.sentences import VERDICTS, WORDS, carrying_sentence


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the panel found; `meaning` is empty where the sentence says it."""

    verdict: Verdict
    words: str
    sentence: str
    meaning: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class PanelView:
    """The printed box, or why none can be laid out; `style` is that of its columns."""

    pack: Pack | None
    missing: str
    style: str
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    checked: Checked | None


def panel_view(delivery: Delivery) -> PanelView:
    """The panel for the formulation's own market, checked as any label is."""
    try:
        laid_out = panel(delivery.formulation)
    except InputError as error:
        return PanelView(None, error.message, "", (), (), None)
    return PanelView(
        pack_of(laid_out),
        "",
        column_rules(laid_out),
        laid_out.notes,
        laid_out.sources,
        _checked(check(label_of(laid_out))),
    )


def _checked(result: CheckResult) -> Checked:
    sentence, meaning = carrying_sentence(result), VERDICTS[result.verdict]
    is_said = sentence.startswith(meaning.rstrip("."))
    return Checked(
        result.verdict,
        WORDS[result.verdict],
        sentence,
        "" if is_said else meaning,
        result.findings,
    )
