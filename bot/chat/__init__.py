"""The language of every door: events in, cards out. No platform word appears here."""
