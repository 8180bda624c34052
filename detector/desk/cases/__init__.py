"""The queue: cases in lanes, claims as leases, and what people decide."""
