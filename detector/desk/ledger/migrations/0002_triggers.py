"""Events are only ever added, and only at the end of the chain."""

from django.db import migrations

from detector.desk.ledger.triggers import Install, append_only, guarded

_NOT_NEXT = (
    "NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger_event) "
    "OR NEW.prev <> COALESCE((SELECT digest FROM ledger_event ORDER BY seq DESC LIMIT 1), "
    f"'{'0' * 64}')"
)


class Migration(migrations.Migration):
    """Triggers of both databases."""

    dependencies = (("ledger", "0001_initial"),)
    operations = (
        migrations.RunPython(
            Install(
                append_only("ledger_event"),
                append_only("ledger_checkpoint"),
                guarded("ledger_event", "INSERT", _NOT_NEXT, "not the next event of the ledger"),
            )
        ),
    )
