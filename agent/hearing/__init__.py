"""Whether the sentences of a library are heard as what they stand for, by the rules of the observer who hears the candidate."""

from agent.hearing.hearing import Hearing

__all__ = ["Hearing"]
