"""No case changes without its event of the ledger; no review is ever changed."""

from django.db import migrations

from detector.desk.ledger.triggers import Install, append_only, guarded

_NO_EVENT = (
    "NOT EXISTS (SELECT 1 FROM ledger_event e WHERE e.seq = NEW.last_event AND e.subject = NEW.id)"
)
_CHANGED = (
    "(NEW.state <> OLD.state OR NEW.final <> OLD.final OR NEW.lane <> OLD.lane "
    "OR NEW.last_event <> OLD.last_event)"
)
_REWRITTEN = (
    "(NEW.record <> OLD.record AND NEW.record <> '') OR NEW.record_digest <> OLD.record_digest "
    "OR NEW.outcome <> OLD.outcome"
)
_REVIEW_WITHOUT_EVENT = (
    "NOT EXISTS (SELECT 1 FROM ledger_event e WHERE e.seq = NEW.event AND e.subject = NEW.case_id)"
)


class Migration(migrations.Migration):
    """Triggers of both databases."""

    dependencies = (("cases", "0001_initial"), ("ledger", "0002_triggers"))
    operations = (
        migrations.RunPython(
            Install(
                append_only("cases_review"),
                guarded("cases_case", "INSERT", _NO_EVENT, "a case needs its event"),
                guarded(
                    "cases_case",
                    "UPDATE",
                    f"({_CHANGED} AND (NEW.last_event <= OLD.last_event OR {_NO_EVENT})) "
                    f"OR {_REWRITTEN}",
                    "a case changes with its event only",
                ),
                guarded(
                    "cases_review", "INSERT", _REVIEW_WITHOUT_EVENT, "a review needs its event"
                ),
            )
        ),
    )
