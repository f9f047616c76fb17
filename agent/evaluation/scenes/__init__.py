"""Simulated sessions as a suite: scenarios by candidates by seeds, what each session shows, and whether a scene separates."""
