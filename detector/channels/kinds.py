"""Kinds of bodies that several channels treat alike."""

from __future__ import annotations

from detector.types import Kind

# What acts for Party, state or army; no company is one, whatever its name
ORGANS = frozenset(
    (Kind.PARTY_ORGAN, Kind.STATE_ORGAN, Kind.COURT, Kind.PROCURATORATE, Kind.POLICE, Kind.MILITARY)
)
