"""Feedback a person can use, from the transcript and the verdicts alone: no model is asked, and nothing is invented."""

from agent.judge.feedback.making import feedback

__all__ = ["feedback"]
