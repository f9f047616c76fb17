"""Runs of a suite: judges grade the same items, every grading is kept, and a report says how far they agree and what held."""
