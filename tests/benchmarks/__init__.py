"""The time budgets, measured as ratios in one run; never asserted in the test suite."""
