"""The one door to HiGHS: linear programs over named columns and rows.

Imported only where statements are truly coupled; every number that leaves here is checked
again in exact rationals before anything is said of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

_INFINITE = highspy.kHighsInf


@dataclass(frozen=True, slots=True)
class Row:
    """The sum of coefficients times columns is at least `bound`; columns are by position."""

    coefficients: Mapping[int, float]
    bound: float


@dataclass(frozen=True, slots=True)
class Optimum:
    """The least value of an objective, where it is reached, and what each row is worth."""

    value: float
    point: tuple[float, ...]
    duals: tuple[float, ...]


class Program:
    """Rows over columns that are never negative; solved again for each objective.

    Rows are scaled by their bounds, so that a trace element counts like a gram.
    """

    def __init__(self, columns: int, rows: Sequence[Row]) -> None:
        self._columns = columns
        self._scales = [1 / abs(row.bound) if row.bound else 1.0 for row in rows]
        self._bounds = [row.bound * scale for row, scale in zip(rows, self._scales, strict=True)]
        self._order = np.arange(columns, dtype=np.int32)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("output_flag", False)
        self._highs.passModel(self._model(rows))

    def _model(self, rows: Sequence[Row]) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self._columns, len(rows)
        model.col_cost_ = np.zeros(self._columns)
        model.col_lower_ = np.zeros(self._columns)
        model.col_upper_ = np.full(self._columns, _INFINITE)
        model.row_lower_ = np.array(self._bounds, dtype=float)
        model.row_upper_ = np.full(len(rows), _INFINITE)
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        starts, index, values = [0], [], []
        for row, scale in zip(rows, self._scales, strict=True):
            index += list(row.coefficients)
            values += [coefficient * scale for coefficient in row.coefficients.values()]
            starts.append(len(index))
        matrix.start_ = np.array(starts, dtype=np.int32)
        matrix.index_ = np.array(index, dtype=np.int32)
        matrix.value_ = np.array(values, dtype=float)
        return model

    def minimise(self, objective: Mapping[int, float]) -> Optimum | None:
        """The least of an objective; None where no point fulfils every row.

        Raises:
            ArithmeticError: the objective has no least value, or HiGHS found none.
        """
        costs = np.zeros(self._columns)
        for column, cost in objective.items():
            costs[column] = cost
        self._highs.changeColsCost(self._columns, self._order, costs)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"no least value: {self._highs.modelStatusToString(status)}")
        found = self._highs.getSolution()
        duals = (dual * scale for dual, scale in zip(found.row_dual, self._scales, strict=True))
        value = self._highs.getInfo().objective_function_value
        return Optimum(value, tuple(found.col_value), tuple(duals))

    def relax(self, row: int) -> None:
        """Leave a row out."""
        self._highs.changeRowBounds(row, -_INFINITE, _INFINITE)

    def restore(self, row: int) -> None:
        """Put a row that was left out back."""
        self._highs.changeRowBounds(row, self._bounds[row], _INFINITE)
