"""Fairness: how evenly people got what they wished for, and what is proven of it.

`shares` counts what people have, `envy` who would rather have somebody else's day. `here` proves
what no other attendances of the same runs can better, `anywhere` what no programme can.
`sharing` makes programmes fairer where the rule `share_fairly` asks for it, and `certificate` puts
all of it into the result.
"""

from spilrooster.fairness.certificate import certificate, reserve
from spilrooster.fairness.sharing import Shared, share_fairly
from spilrooster.fairness.sharing import reserve as reserve_sharing

__all__ = ["Shared", "certificate", "reserve", "reserve_sharing", "share_fairly"]
