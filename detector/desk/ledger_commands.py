"""What `detector ledger` does: verify, export, checkpoint."""

from __future__ import annotations

from pathlib import Path

from detector.desk.start import set_up


def verify(file: Path | None, checkpoints: Path | None, key: str | None) -> tuple[str, bool]:
    """What is told, and whether the ledger holds.

    A file is proved by itself. The desk's database is held against the checkpoints and the records
    that lie beside it, too. Raises LedgerError where a checkpoint's own signature does not hold.
    """
    config = set_up()
    from detector.desk.cases.models import Case
    from detector.desk.ledger.files import read_links
    from detector.desk.ledger.signing import CHECKPOINTS, public_key, read_checkpoints
    from detector.desk.ledger.verify import altered_records, stored_links
    from detector.desk.ledger.verify import verify as prove

    own = config.home / CHECKPOINTS
    if file is None and checkpoints is None and own.exists():
        checkpoints, key = own, public_key(config)
    signed = read_checkpoints(checkpoints, key or "") if checkpoints is not None else []
    proof = prove(read_links(file) if file is not None else stored_links(), signed)
    if proof.broken is not None:
        return f"broken at event {proof.broken.seq:,}: {proof.broken.reason}", False
    if file is None:
        rows = Case.objects.exclude(record="").values_list("pk", "record_digest")
        altered = altered_records(stored_links(), rows.iterator())
        if altered:
            return f"the record of case {altered[0]} is not the one that was ledgered", False
    told = f"{proof.events:,} events and {proof.checkpoints:,} checkpoints hold"
    return f"{told}; last {proof.last_digest}", True


def export(output: Path) -> int:
    """Write the whole ledger as JSON Lines; how many events. That it was taken out is the last of them."""
    set_up()
    from django.db import transaction
    from django.utils import timezone

    from detector.desk.ledger.append import Entry, Kind, append
    from detector.desk.ledger.files import lines
    from detector.desk.ledger.verify import stored_links

    with transaction.atomic():
        append([Entry(Kind.EXPORTED, "ledger", "system")], timezone.now())
    count = 0
    with output.open("w", encoding="utf-8") as file:
        for line in lines(stored_links()):
            file.write(line)
            count += 1
    return count


def checkpoint() -> str:
    """Sign the ledger's end; the line that was written, or that nothing has happened."""
    set_up()
    from django.utils import timezone

    from detector.desk.ledger.checkpoint import make_checkpoint

    made = make_checkpoint(timezone.now())
    return made.line if made is not None else "nothing has happened since the last checkpoint"
