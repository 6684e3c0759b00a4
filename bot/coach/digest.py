"""What a team's weekly digest holds: lines that people chose to share, and sums that nobody can be found in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What one member did in a period, in numbers: no names, no clients.

    Promises are `due` where their day lies in the period and they are still open. Of `gives`, `gives_with_get` were
    given in return for something.
    """

    promises_kept: int = 0
    promises_late: int = 0
    promises_due: int = 0
    done: int = 0
    snoozed: int = 0
    skipped: int = 0
    gives: int = 0
    gives_with_get: int = 0
    gets: int = 0
    renewals: int = 0
    expansions: int = 0
    referrals: int = 0
