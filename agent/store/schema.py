"""The tables. `sessions` sums up what `events` holds, so that listing sessions reads no log."""

from __future__ import annotations

import re

from sqlalchemy import Column, Double, ForeignKey, Integer, MetaData, Table, Text

KNOWN = ("0001",)
"""Every revision under migrations/versions, oldest first."""

HEAD = KNOWN[-1]
"""The revision that this version of Hotseat reads and writes."""

SESSION_ID = re.compile(r"(?!last\Z)[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""What a session may be called: printable, safe as a file name, and not the word that means the latest one."""

metadata = MetaData()

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("scenario", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("started_at", Double, nullable=False),
    Column("last_at", Double, nullable=False),
    Column("length", Integer, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("ended", Text),
    Column("overall", Double),
)

events = Table(
    "events",
    metadata,
    Column("session", Text, ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("data", Text, nullable=False),
)
