"""Assessments for people: a table of many accounts, one account in full, the law, the registry."""

from detector.explain.account import account_page
from detector.explain.law_page import contents_table, law_page
from detector.explain.registry_pages import diff_page, stats_page
from detector.explain.table import Shown, results_table
from detector.explain.visible import visible

__all__ = [
    "Shown", "account_page", "contents_table", "diff_page", "law_page", "results_table",
    "stats_page", "visible",
]  # fmt: skip
