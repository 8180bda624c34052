"""The desk: reviewers clear the queue in a browser, platforms screen through an API.

The only package that knows Django. Its rooms: `ledger` (what happened, provably), `cases` (the queue
and what people decide), `people` (who may do what), `outbox` (decisions on their way to the
platform), `api` (what platforms call), `pages` (what people see).
"""
