"""Fairness: how evenly people got what they wished for, and what is proven of it.

`shares` counts what people have, `envy` who would rather have somebody else's day. `here` proves
what no other attendances of the same runs can better, `anywhere` what no programme can.
`certificate` puts all of it into the result.
"""

from spilrooster.fairness.certificate import certificate, reserve

__all__ = ["certificate", "reserve"]
