"""Paired experiments on a judge: what happens to a grade when something changes that should, or should not, move it."""
