"""A scene built from a job post: what the post asks for decides what is asked, and every question says which sentence brought it."""

from agent.jobpost.building import Built, build, keep
from agent.jobpost.post import Post, parse_post, read_post

__all__ = ["Built", "Post", "build", "keep", "parse_post", "read_post"]
