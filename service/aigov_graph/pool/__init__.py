"""Queries in expendable processes: each reads one published version, has no network, and dies without harm.

`manager` holds the pool, `engine` is the pool as threads see it, `child` is what runs in a process. Nothing is imported
here: a query process starts by importing this package, and should start quickly.
"""
