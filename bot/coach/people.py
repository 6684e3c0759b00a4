"""A person the coach works with: when and where they work."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Zone is an IANA name; hours are local; region is an ISO 3166 code such as "DE" or "US-CA"."""

    user: str
    name: str = ""
    email: str = ""
    zone: str = "UTC"
    starts: time = time(9)
    ends: time = time(17, 30)
    region: str = ""
