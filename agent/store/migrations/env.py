"""Alembic's entry point. The connection, with its transaction, comes from `agent.store.migrate`."""

from __future__ import annotations

from alembic import context

from agent.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
