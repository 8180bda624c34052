"""How much waits in each lane."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from detector.desk.cases.models import Case
from detector.desk.cases.words import Lane, State


@dataclass(frozen=True, slots=True)
class LaneCount:
    """Open cases of a lane, and since when the oldest is open (None = there are none)."""

    lane: Lane
    open: int
    oldest: datetime | None


def lane_counts() -> list[LaneCount]:
    """Every lane, in order."""
    found = Case.objects.filter(state=State.OPEN).values_list("lane")
    rows = {
        lane: (n, oldest) for lane, n, oldest in found.annotate(n=Count("pk"), o=Min("opened_at"))
    }
    return [LaneCount(lane, *rows.get(str(lane), (0, None))) for lane in Lane]
