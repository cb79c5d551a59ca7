"""What people write down: labels, formulations, designs and stacks.

Labels stand here; `chelate.models.formulation`, `chelate.models.design` and
`chelate.models.stack` hold the others, so that checking a label loads nothing else.
"""

from chelate.models.label import Expectation, Label, Origin, Row, Serving, Source
from chelate.models.strict import Market, Strict

__all__ = ["Expectation", "Label", "Market", "Origin", "Row", "Serving", "Source", "Strict"]
