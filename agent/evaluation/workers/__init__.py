"""Handing pieces of work, text in and text out, to processes of this machine or to a cluster."""
