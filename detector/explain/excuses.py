"""What excuses a finding, in the sentences of the law layer."""

from __future__ import annotations

from detector.law import EXCEPTIONS

# exception -> the sentence that is true where it applies
SENTENCES = {exemption.name: exemption.sentence for exemption in EXCEPTIONS}


def excuses(rule: str) -> list[str]:
    """The sentences of the exceptions that lift a rule's findings."""
    return [exemption.sentence for exemption in EXCEPTIONS if rule in exemption.lifts]
