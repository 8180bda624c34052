"""The regulation as code: text, our reading, rules, exceptions, worked cases, and the decision."""

from __future__ import annotations

from detector.law.decide import EXCEPTIONS, RULES, decide
from detector.law.provenance import digest

__all__ = ["EXCEPTIONS", "RULES", "decide", "digest"]
