"""The columns of bulk results: one row for every row that came in, in its order, bad ones too."""

from __future__ import annotations

import pyarrow as pa

# Of the columns themselves: results of another version are judged anew
VERSION = 1

_TEXTS = pa.list_(pa.string())

RESULTS = pa.schema(
    [
        # None only where the row has none that can be read
        ("account_id", pa.string()),
        # allow, strict or refuse; None: a bad row, see fault
        ("outcome", pa.string()),
        ("needs_person", pa.bool_()),
        # of the findings that hold, sorted, each once
        ("clauses", _TEXTS),
        # the arrays `findings` and `gaps` of the output contract, as JSON
        ("findings", pa.string()),
        ("gaps", pa.string()),
        # what is then done; "" for nothing
        ("measure", pa.string()),
        # 0..1, orders the queue; None without a ranking model, and where nothing needed a look
        ("risk", pa.float64()),
        # in which ways anything was found, finding or not: name, claim, grammar, news_word, ...; none
        # where the gate has shown that nothing can be held
        ("channels", _TEXTS),
        # why the row could not be read or judged; None where it could
        ("fault", pa.string()),
        # by whom and as of which day (YYYY-MM-DD) this row was judged: the hash of a bundle
        ("bundle", pa.string()),
        ("as_of", pa.string()),
    ]
)
