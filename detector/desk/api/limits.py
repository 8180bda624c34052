"""Rate limits: a bucket of accounts for every client, refilled steadily (GCRA, ITU-T I.371)."""

from __future__ import annotations

import math
import threading

from detector.desk.api.models import Client


class Limiter:
    """Counts in this process; each of `workers` processes grants its share of the rate."""

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers
        self._free_at: dict[int, float] = {}
        self._lock = threading.Lock()

    def wait(self, client: Client, accounts: int, now: float) -> int:
        """0 = go ahead; else the seconds after which it would be granted.

        now: seconds of a clock that never goes back. A call greater than the burst is granted when
        the bucket is full.
        """
        rate = client.rate / self._workers
        burst = client.burst / self._workers / rate
        cost = min(accounts, client.burst / self._workers) / rate
        with self._lock:
            at = max(self._free_at.get(client.pk, 0.0), now)
            late = at + cost - burst - now
            if late > 1e-9:
                return max(1, math.ceil(late))
            self._free_at[client.pk] = at + cost
        return 0
