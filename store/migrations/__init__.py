"""How the tables came to be, step by step. A step is written by hand, and `store.schema.HEAD` names the last one.

A test compares what the steps make with what `store.tables` says, on both databases.
"""
