"""What is known of how much magnesium people absorb: studies, ranges with grades, a curve.

A form has a range and a grade, or the words that there are no adequate human data; never one
figure. A range cannot be multiplied, halved or sorted, so that no product is ranked by it.
"""

from chelate.absorption.curve import Band, by_dose, points, reconstructed_mg
from chelate.absorption.grades import Form, Graded, form_of, graded, mixed, overview, studies
from chelate.absorption.ranges import Range
from chelate.absorption.records import (
    Curve,
    Grade,
    Grading,
    Limit,
    Record,
    Study,
    all_studies,
    curve,
    gradings,
    limits,
    records,
)

__all__ = [
    "Band",
    "Curve",
    "Form",
    "Grade",
    "Graded",
    "Grading",
    "Limit",
    "Range",
    "Record",
    "Study",
    "all_studies",
    "by_dose",
    "curve",
    "form_of",
    "graded",
    "gradings",
    "limits",
    "mixed",
    "overview",
    "points",
    "reconstructed_mg",
    "records",
    "studies",
]
