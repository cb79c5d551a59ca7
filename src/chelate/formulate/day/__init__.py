"""A day's stack: what every product brings at every sitting, beside limits and aims.

Only what the stack holds is counted, which is supplements: what is eaten comes on top.
"""

from chelate.formulate.day.aims import Aimed, Change, Closing, Outcome
from chelate.formulate.day.apart import BASIS
from chelate.formulate.day.products import Basis, Product
from chelate.formulate.day.sums import Contribution, Taken, Total
from chelate.formulate.day.whole import Day, day_of

__all__ = [
    "BASIS",
    "Aimed",
    "Basis",
    "Change",
    "Closing",
    "Contribution",
    "Day",
    "Outcome",
    "Product",
    "Taken",
    "Total",
    "day_of",
]
