"""Random registries and random changes of them, and accounts that live around their names."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.channels import bodies
from tests.registry import tree

Cells = dict[str, str]
KINDS = "media state_organ university enterprise bank hospital platform social_org closed".split()
LEVELS = ("central", "province", "city", "county", "")
WORDS = "星河 云麓 江海 青禾 日报 大学 银行 医院 公安局 发布 新华 人民 北京 南京 民政 朝阳 移动 科技 管理局".split()
CODES = ("91110000802100433B", "11100000000013338W")
COMPLETE: tuple[dict[str, str], ...] = (
    {"kind": "state_organ", "level": "central"}, {"kind": "media"}, {"kind": "police"},
)  # fmt: skip


@dataclass
class State:
    """A registry that can be changed and written: rows by source, patterns, exceptions, claims."""

    rows: dict[str, list[Cells]]
    patterns: list[Cells]
    exceptions: list[Cells] = field(default_factory=list)
    complete: list[dict[str, str]] = field(default_factory=list)

    def write(self, registries: Path) -> None:
        """Write the sources."""
        for name, rows in self.rows.items():
            claims = {"complete": self.complete} if name == "bodies" else {}
            tree.source(registries, name, sorted(rows, key=lambda row: row["id"]), **claims)
        folder = tree.source(registries, "derived_organs", [])
        (folder / "entities.csv").unlink()
        tree.table(folder / "patterns.csv", tree.PATTERN_COLUMNS, self.patterns)
        tree.table(folder / "exceptions.csv", tree.EXCEPTION_COLUMNS, self.exceptions)

    def names(self) -> list[str]:
        """Every name, those of derived organs among them."""
        listed = [name for rows in self.rows.values() for row in rows for name in names_of(row)]
        regions = self.rows["regions"]
        derived = [
            template.replace("{full}", region["name"])
            .replace("{short}", region.get("short_names") or region["name"])
            .replace("{city}", regions[0]["name"])
            for pattern in self.patterns
            for template in [pattern["name"], *_split(pattern, "short_names")]
            for region in regions
        ]
        return [*listed, *derived]


def _split(row: Cells, column: str) -> list[str]:
    return [name for name in row.get(column, "").split("|") if name]


def names_of(row: Cells) -> list[str]:
    """The names of a row."""
    return [row["name"], *_split(row, "short_names"), *_split(row, "brand_accounts")]


def shipped() -> State:
    """The small registry of the channels' tests."""
    regions = [
        {"id": f"region.{code}", "name": name, "short_names": short, "kind": "region",
         "level": level, "region": code, "sponsor": f"region.{parent}" if parent else ""}
        for code, name, short, level, parent in bodies.DIVISIONS
    ]  # fmt: skip
    others = [
        {"id": id_, "name": name, "short_names": short, "kind": kind, "level": level,
         "needs_cue": cue}
        for id_, name, short, kind, level, cue in bodies.BODIES
    ]  # fmt: skip
    return State({"regions": regions, "bodies": others}, [dict(p) for p in bodies.PATTERNS])


def invented(rng: random.Random) -> str:
    """A name of two or three words."""
    return "".join(rng.sample(WORDS, rng.choice((2, 2, 3))))


def add(state: State, rng: random.Random) -> None:
    """A body more, perhaps another's sponsor or unit, perhaps with a name that is known already."""
    rows = state.rows["bodies"]
    name = rng.choice((invented(rng), rng.choice(state.names())))
    rows.append({
        "id": f"new.n{rng.randrange(10**6)}", "name": name, "kind": rng.choice(KINDS),
        "level": rng.choice(LEVELS), "sponsor": rng.choice(("", rng.choice(rows)["id"])),
        "code": rng.choice(("", *CODES)), "short_names": rng.choice(("", invented(rng))),
        "needs_cue": rng.choice(("", "", name)),
    })  # fmt: skip
    _tidy(rows[-1])


def remove(state: State, rng: random.Random) -> None:
    """A body less."""
    rows = state.rows["bodies"]
    rows.remove(rng.choice(rows))


def rename(state: State, rng: random.Random) -> None:
    """Another official name, the old one perhaps kept."""
    row = rng.choice(state.rows["bodies"])
    if rng.random() < 0.4:
        row["short_names"] = "|".join([*_split(row, "short_names"), row["name"]])
    row["name"] = rng.choice((invented(rng), row["name"] + "总社"))
    _tidy(row)


def alter(state: State, rng: random.Random) -> None:
    """Another kind, level, code, sponsor or cue."""
    rows = state.rows["bodies"]
    row = rng.choice(rows)
    what: dict[str, Callable[[], str]] = {
        "kind": lambda: rng.choice(KINDS),
        "level": lambda: rng.choice(LEVELS),
        "code": lambda: rng.choice(CODES),
        "sponsor": lambda: rng.choice([*rows, *state.rows["regions"]])["id"],
        "needs_cue": lambda: "" if row.get("needs_cue") else rng.choice(names_of(row)),
        "short_names": lambda: rng.choice(("", invented(rng))),
    }
    column = rng.choice(list(what))
    row[column] = what[column]()
    if row.get("sponsor") == row["id"]:
        row["sponsor"] = ""
    _tidy(row)


def change_region(state: State, rng: random.Random) -> None:
    """A division more, less, renamed, under another parent, or with another short name."""
    rows = state.rows["regions"]
    row = rng.choice(rows)
    way = rng.randrange(5)
    if way == 0:
        code = f"{rng.randrange(330200, 339900)}"
        name = rng.choice(("江海市", "云麓县", "人民区", "朝阳区", "北京西市"))
        rows.append({"id": f"region.{code}", "name": name, "kind": "region", "short_names": name[:-1],
                     "level": rng.choice(("city", "county")), "region": code,
                     "sponsor": rng.choice(("", row["id"]))})  # fmt: skip
    elif way == 1 and len(rows) > 5:
        rows.remove(row)
    elif way == 2:
        row["name"] = rng.choice(("江海市", "青禾省", row["name"][:-1] + "新区"))
    elif way == 3:
        row["sponsor"] = rng.choice(rows)["id"]
    else:
        row["short_names"] = rng.choice(("", "江海", row["name"][:2]))
    _tidy(row)


def change_pattern(state: State, rng: random.Random) -> None:
    """A pattern more, less or changed, or an organ that departs from one."""
    way = rng.randrange(4)
    pattern = rng.choice(state.patterns)
    if way == 0:
        new = {"id": f"organ.new{rng.randrange(999)}", "kind": "state_organ", "name": "{full}科技局",
               "applies_to": "city|district|province", "short_names": "{short}发布",
               "example": "杭州市科技局"}  # fmt: skip
        state.patterns.append(new)
    elif way == 1 and len(state.patterns) > 1:
        state.patterns.remove(pattern)
    elif way == 2:
        pattern["brand_accounts"] = rng.choice(("", "{short}日报", "最美{short}"))
    else:
        region = rng.choice(state.rows["regions"])
        state.exceptions = [{
            "region": region["region"], "pattern_id": pattern["id"], "name": invented(rng),
        }]  # fmt: skip


def claim(state: State, rng: random.Random) -> None:
    """Other claims of completeness."""
    state.complete = rng.sample(list(COMPLETE), rng.randrange(len(COMPLETE) + 1))


def _tidy(row: Cells) -> None:
    """A row that loads: each name once, needs_cue one of them."""
    shorts = dict.fromkeys(n for n in _split(row, "short_names") if n != row["name"])
    row["short_names"] = "|".join(shorts)
    if row.get("needs_cue") not in (None, "", *names_of(row)):
        row["needs_cue"] = ""


CHANGES = (add, add, remove, rename, alter, alter, change_region, change_pattern, claim)


def changed(state: State, rng: random.Random) -> State:
    """A copy with one to three changes."""
    found = copy.deepcopy(state)
    for _ in range(rng.randrange(1, 4)):
        rng.choice(CHANGES)(found, rng)
    return found


_LIKE = {
    "日": "曰",
    "人": "入",
    "大": "太",
    "公": "工",
    "河": "何",
    "民": "明",
    "北": "呗",
    "京": "惊",
}


def disguised(name: str, rng: random.Random) -> str:
    """The name, plainly or in some disguise, perhaps among other words."""
    at = rng.randrange(len(name))
    ways = (
        name, name, name, "".join(_LIKE.get(c, c) for c in name), name[:at] + name[at + 1 :],
        name[:at] + "小" + name[at:], name[:at] + "·" + name[at:], name[:at] + name[at] + name[at:],
        name[1:] + name[0], re.sub("人民", "renmin", name),
    )  # fmt: skip
    before, after = (
        rng.choice(("", "", "爱", "我的")),
        rng.choice(("", "", "官方", "客服", "粉丝", "招聘")),
    )
    return before + rng.choice(ways) + after


def accounts(one: State, other: State, rng: random.Random, count: int) -> list[dict[str, object]]:
    """Accounts whose names, claims and owners turn around the names of both registries."""
    known = [*one.names(), *other.names()]
    moved = sorted(set(one.names()) ^ set(other.names())) or known

    def name_of() -> str:
        return rng.choice(rng.choice((known, moved)))

    def owner() -> str | None:
        name = name_of()
        return rng.choice((None, "", name, name + "宣传处", f"北京{name}有限公司"))

    return [
        {
            "account_id": str(number),
            "name": rng.choice((disguised(name_of(), rng), invented(rng), "奶茶不加冰")),
            "bio": rng.choice((None, None, f"{disguised(name_of(), rng)}官方账号")),
            "verified_name": owner(),
            "verified_code": rng.choice((None, None, *CODES)),
            "verified_kind": rng.choice((None, "government", "enterprise", "media")),
            "account_type": rng.choice((None, "personal", "organization")),
            "authorised_by": rng.choice((None, None, name_of())),
        }
        for number in range(count)
    ]
