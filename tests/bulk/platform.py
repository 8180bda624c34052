"""A small platform: made accounts around the bodies of the small registry, as Parquet parts."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from detector.bundle import Bundle, build
from detector.contract import COLUMNS
from detector.settings import Settings

DAY = "2026-11-23"
NAMES = (
    "人民日报", "人民曰报", "新华社记者站", "央视新闻", "第一财经日报社", "民政", "北京大学第一医院",
    "杭州市公安局", "平安北京", "朝阳区人民法院", "清华大学", "浦发银行客服", "蒙🐮乳业", "小米", "海省公安厅",
    "阳光灿烂", "奶茶不加冰", "爱喝茶的小王", "国家反诈调查总局", "昆山头条", "中国气象爱好者", "12306",
    "南京大学城奶茶", "renmin日报", "弓长家口市公安局", "南京新鲜事",
)  # fmt: skip
BIOS = (
    None,
    "",
    "爱生活，爱拍照",
    "人民日报社官方账号",
    "清华大学招生办，欢迎咨询",
    "曾供职于央视",
)
OWNERS = (
    None,
    "",
    "人民日报社",
    "清华大学",
    "杭州市公安局",
    "杭州小米科技有限公司",
    "某某商贸有限公司",
)

Rows = Sequence[Mapping[str, object]]


def bundle_of(registries: Path, target: Path, *, assume_unverified: bool = False) -> Bundle:
    """A bundle of the registries of a folder."""
    return build(target, Settings(registries=registries, assume_unverified=assume_unverified))


def made(count: int, seed: int = 1) -> list[dict[str, object]]:
    """Accounts drawn from the names, bios and owners above."""
    rng = random.Random(seed)
    return [
        {
            "account_id": f"u{seed}-{number}",
            "name": rng.choice(NAMES) + rng.choice(("", "", "的粉丝", "官方", "小站")),
            "bio": rng.choice(BIOS),
            "verified_name": rng.choice(OWNERS),
            "verified_kind": rng.choice((None, "enterprise", "government", "media")),
            "account_type": rng.choice((None, "personal", "organization")),
        }
        for number in range(count)
    ]


def write(path: Path, rows: Rows) -> Path:
    """Write rows to a Parquet file, its columns those of the first row."""
    names = list(rows[0]) if rows else list(COLUMNS)
    path.parent.mkdir(parents=True, exist_ok=True)
    found = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    pq.write_table(pa.table(found), path)
    return path


def fill(accounts: Path, parts: int, rows: int) -> None:
    """Write so many parts of so many made accounts."""
    for number in range(parts):
        write(accounts / f"part-{number:04}.parquet", made(rows, number + 1))


def files(folder: Path) -> dict[str, bytes]:
    """The bytes of every part of results below a folder, the report and the lock left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.parquet"))
        if not path.name.startswith(".")
    }
