"""Public sets: one module each, with an adapter to a `Problem` and the set's own scorer."""
