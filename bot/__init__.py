"""Doors, the language they share, and the coach's judgement."""
