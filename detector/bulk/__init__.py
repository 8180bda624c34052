"""Whole platforms: the one function over columns, and what runs it.

`screening` turns batches of accounts into batches of results, `part` does so for a file, `run` for
a folder on all cores, `spark` for a cluster; `difference` finds who must be judged again at all.
"""
