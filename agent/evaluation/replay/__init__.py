"""Computing a run's figures again: from the gradings that it kept, and from gradings made anew without a network."""
