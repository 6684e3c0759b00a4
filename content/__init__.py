"""The playbook: what the coach teaches, as data."""
