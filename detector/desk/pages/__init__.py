"""What people see: queue, case, law, registry, ledger, people; server-rendered, keys first."""
