"""The closed sets of the queue: lanes, states, actions, and the reasons that go with each action."""

from __future__ import annotations

from enum import StrEnum


class Lane(StrEnum):
    """Where a case waits."""

    CONFIRM = "confirm"  # a refusal that the law wants confirmed by a person
    STRICT = "strict"  # strict verification, Art. 10
    RESCREEN = "rescreen"  # accounts that exist, Art. 15
    SENIOR = "senior"  # escalated, to be closed by two, or reopened


class State(StrEnum):
    """What has become of a case."""

    OPEN = "open"
    WAITING = "waiting"  # the account was asked for proof
    DECIDED = "decided"
    SUPERSEDED = "superseded"  # the account was assessed again


class Action(StrEnum):
    """What a person can do with a case."""

    ALLOW = "allow"
    PROOF = "proof"
    REFUSE = "refuse"
    CLOSE = "close"
    ESCALATE = "escalate"
    UNDO = "undo"
    REOPEN = "reopen"


# What a reviewer chooses from; the first is what a lone key means
REASONS: dict[Action, tuple[str, ...]] = {
    Action.ALLOW: ("no_resemblance", "ordinary_words", "speaks_about", "proof_seen", "other"),
    Action.PROOF: ("ask_licence", "ask_authorisation", "ask_registration", "ask_trade_mark"),
    Action.REFUSE: ("poses_as_body", "imitates_body", "no_such_body", "news_without_licence",
                    "ties_to_place", "other"),
    Action.CLOSE: ("fraud", "repeated", "other"),
    Action.ESCALATE: ("unsure", "new_pattern", "sensitive_body"),
}  # fmt: skip
