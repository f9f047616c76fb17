"""The session store: logs of events in SQLite or PostgreSQL, and their export as JSONL."""
