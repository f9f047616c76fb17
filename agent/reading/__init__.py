"""Reading a transcript from whatever file it lies in: our own exports, chat JSON, named lines, captions."""

from agent.reading.read import read_transcript, transcript_of_messages

__all__ = ["read_transcript", "transcript_of_messages"]
