"""A file under repair: it is edited, run against its test in a sandbox, and compared with what it was.

This file stays empty, because `agent.workbench.inside` is imported in the sandbox, where every import costs time and memory.
"""
