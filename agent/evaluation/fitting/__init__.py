"""Fits the embedded judge to labelled sentences and rated goldens."""
