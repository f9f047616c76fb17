"""The part of the embedded judge that was fitted to labelled sentences and rated transcripts."""
