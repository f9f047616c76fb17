"""Figures of agreement and of calibration, each with its formula and source."""

from agent.evaluation.statistics.calibration import balanced_accuracy, brier, expected_calibration_error, risk_coverage
from agent.evaluation.statistics.pairs import quadratic_kappa

__all__ = ["balanced_accuracy", "brier", "expected_calibration_error", "quadratic_kappa", "risk_coverage"]
