"""The kinds of gatherings beside the conference: one module writes one event folder."""
