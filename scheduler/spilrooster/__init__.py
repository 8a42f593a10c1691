"""spilrooster."""
