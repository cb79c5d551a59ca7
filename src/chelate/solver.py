"""The one door to HiGHS: programs over columns by position, some of them whole numbers.

Imported only where statements are truly coupled, and where a formulation is designed. What
leaves here is checked again before anything is said of it: bounds in exact rationals,
designs by what the formulation delivers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    """The least value of an objective, where it is reached, and what each row is worth.

    There are no duals where a column is a whole number.
    """

    value: float
    point: tuple[float, ...]
    duals: tuple[float, ...]


class Program:
    """Rows over columns that are never negative; solved again for each objective.

    Rows are scaled by their bounds, so that a trace element counts like a gram. The columns
    `whole` are whole numbers.
    """

    def __init__(self, columns: int, rows: Sequence[Row], *, whole: Iterable[int] = ()) -> None:
        self._columns = columns
        self._whole = frozenset(whole)
        self._scales = [1 / abs(row.bound) if row.bound else 1.0 for row in rows]
        self._bounds = [row.bound * scale for row, scale in zip(rows, self._scales, strict=True)]
        self._order = np.arange(columns, dtype=np.int32)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("mip_rel_gap", 0.0)
        self._highs.passModel(self._model(rows))

    def _model(self, rows: Sequence[Row]) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self._columns, len(rows)
        model.col_cost_ = np.zeros(self._columns)
        model.col_lower_ = np.zeros(self._columns)
        model.col_upper_ = np.full(self._columns, _INFINITE)
        if self._whole:
            model.integrality_ = [self._kind(column) for column in range(self._columns)]
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

    def _kind(self, column: int) -> highspy.HighsVarType:
        kinds = highspy.HighsVarType
        return kinds.kInteger if column in self._whole else kinds.kContinuous

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
        if status == highspy.HighsModelStatus.kInfeasible or (
            status == highspy.HighsModelStatus.kUnboundedOrInfeasible and not (costs < 0).any()
        ):
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"no least value: {self._highs.modelStatusToString(status)}")
        found = self._highs.getSolution()
        value = self._highs.getInfo().objective_function_value
        return Optimum(value, tuple(found.col_value), () if self._whole else self._duals(found))

    def _duals(self, found: highspy.HighsSolution) -> tuple[float, ...]:
        scaled = zip(found.row_dual, self._scales, strict=True)
        return tuple(dual * scale for dual, scale in scaled)

    def relax(self, row: int) -> None:
        """Leave a row out."""
        self._highs.changeRowBounds(row, -_INFINITE, _INFINITE)

    def restore(self, row: int) -> None:
        """Put a row that was left out back."""
        self._highs.changeRowBounds(row, self._bounds[row], _INFINITE)
