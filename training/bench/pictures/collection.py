"""What is measured, read from a folder of pictures: marks, second sources of them, strangers.

The folder is described by its own README; every part of it may be missing, and what is there is
measured. Nothing of it is part of the project.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from detector.image import canonical, hashes
from training.edits.canvas import Pixels

# Two files whose canonical forms differ in so few bits show one mark: rural credit unions share theirs
SAME = 30
# Marks taken of a folder at most, so that no folder outweighs the rest
MOST = {"media_cn": 60, "flags": 60, "news_icons_cn": 45}
# Codes of banks in bank_cn -> their names in the other folders
BANKS = {
    "ICBC": "工商银行", "BOC": "中国银行", "CCB": "建设银行 建行银行 建行企业银行", "ABC": "农业银行",
    "PSBC": "邮储银行 中国邮政", "SPABANK": "平安银行 平安口袋银行", "SHBANK": "上海银行",
    "SPDB": "浦发银行 浦东发展银行", "COMM": "交通银行", "GDB": "广发银行", "NBBANK": "宁波银行",
    "GCB": "广州银行", "CZBANK": "浙商银行", "CITIC": "中信银行 中信实业银行", "HXBANK": "华夏银行",
    "CMBC": "民生银行", "CMB": "招商银行", "CIB": "兴业银行", "BJBANK": "北京银行", "CEB": "光大银行",
    "SJBANK": "盛京银行", "JLBANK": "吉林银行", "DLB": "大连银行",
}  # fmt: skip
# What the emblems of emblems_wild are: their files' names are often wrong. Beginning of the name -> emblem
EMBLEMS = {
    "DISMALS": "guohui", "angel4400": "guohui", "glandon": "guohui", "happy8silence": "guohui",
    "hushuijun": "guohui", "mhxqwer": "guohui", "wanpisces": "guohui", "yaozehang": "guohui",
    "zhuiwang": "guohui", "GrayFriday": "danghui", "Jonathan9527": "danghui",
    "LCSluchaoshun": "danghui", "TruemenHale": "danghui", "VanPlanifolia": "danghui",
    "lolxy": "danghui", "mddyayaya": "danghui", "supenghui9527": "danghui",
    "cenjianyuan": "jinghui", "joycezjsha": "jinghui", "layaCoder": "jinghui",
    "mashuaisheng": "jinghui", "xumengxhxg": "jinghui", "yangningbo666": "tuanhui",
}  # fmt: skip
# The clearest file of each is the mark, where it is there
CLEAREST = ("angel4400", "mhxqwer", "Jonathan9527", "mddyayaya", "layaCoder", "xumengxhxg")


# Folders of pictures that show no registered mark and that no training has seen -> names begin with
STRANGERS = {
    "football_crests": "", "tv_world": "", "photos_imagenet_sample": "", "avatars_alohe": "",
    "app_icons_cn": "", "univ_glyph_mono": "", "univ_seals_color": "univ_robo",
    "emoji_openmoji_noto_fluent": "openmoji",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A picture of the folder. group: of the table's columns. body: whose mark it is, "" = nobody's."""

    path: Path
    group: str
    body: str = ""

    def read(self) -> Pixels:
        """[h, w, 4]."""
        return np.asarray(Image.open(self.path).convert("RGBA"))


@dataclass(frozen=True, slots=True)
class Collection:
    """marks: one each, none twice. second: the same marks from elsewhere. strangers: the rest."""

    marks: tuple[Item, ...]
    second: tuple[Item, ...]
    strangers: tuple[Item, ...]


def collect(images: Path, registries: Path) -> Collection:
    """Everything that a folder of pictures gives to measure with; names are read by our registries."""
    english = _english(registries)
    everything = list(_marks(images))
    marks = _without_doubles(everything)
    bodies = {mark.body for mark in marks}
    known = bodies | {item.body for item in everything}
    found = (*_second(images), *_second_seals(images, english))
    second = tuple(item for item in found if item.body in bodies)
    taken = {item.path for item in (*everything, *found) if item.body in known}
    strangers = tuple(
        Item(path, folder)
        for folder, beginning in STRANGERS.items()
        for path in _files(images, folder, beginning)
        if path not in taken and _stranger(path, folder, known, english)
    )
    return Collection(marks, second, strangers)


def _files(images: Path, folder: str, beginning: str = "") -> list[Path]:
    return sorted((images / folder).glob(f"{beginning}*.webp"))


def _spread(paths: list[Path], most: int) -> list[Path]:
    """At most so many, evenly from the whole list."""
    step = max(1.0, len(paths) / most)
    return [paths[int(i * step)] for i in range(min(most, len(paths)))]


def _marks(images: Path) -> Iterator[Item]:
    for path in _files(images, "univ_seals_color", "univ_seal__"):
        yield Item(path, "univ", path.stem.partition("__")[2])
    for path in _files(images, "univ_seals_color", "univ_soul_c__"):
        yield Item(path, "univ", path.stem.partition(" ")[2])
    for path in _files(images, "bank_cn", "bank_burn__"):
        yield Item(path, "bank", path.stem.partition("__")[2])
    media = [p for p in _files(images, "media_cn", "tv_fan__") if _paired(p, images)]
    for path in _spread(media or _files(images, "media_cn", "tv_fan__"), MOST["media_cn"]):
        yield Item(path, "media", f"media {path.stem.partition('__')[2]}")
    for path in _spread(_files(images, "flags", "flags__"), MOST["flags"]):
        yield Item(path, "flag", f"flag {path.stem.partition('__')[2]}")
    for path in _spread(_files(images, "news_icons_cn", "news_now__"), MOST["news_icons_cn"]):
        yield Item(path, "news", f"news {path.stem.partition('__')[2]}")
    for emblem in sorted(set(EMBLEMS.values())):
        for path in _emblems(images, emblem)[:1]:
            yield Item(path, "emblem", emblem)


def _second_seals(images: Path, english: dict[str, str]) -> Iterator[Item]:
    for path in _files(images, "univ_seals_color", "univ_robo__"):
        name = english.get(_plain(path.stem.partition("__")[2]))
        if name is not None and "title" not in path.stem:
            yield Item(path, "x_univ_set2", name)


def _paired(path: Path, images: Path) -> bool:
    return (images / "media_cn" / path.name.replace("tv_fan__", "tv_qun__")).exists()


def _emblem(path: Path) -> str:
    return next((e for name, e in EMBLEMS.items() if path.name.startswith(name)), "")


def _second(images: Path) -> Iterator[Item]:
    for path in _files(images, "univ_glyph_mono"):
        yield Item(path, "x_univ_mono", path.stem)
    for path in _files(images, "univ_lockups"):
        yield Item(path, "x_univ_lockup", path.stem.partition(" ")[0])
    for path in _files(images, "flags", "flags11__"):
        yield Item(path, "x_flag_sq", f"flag {path.stem.partition('__')[2]}")
    for path in _files(images, "media_cn", "tv_qun__"):
        yield Item(path, "x_media_lockup", f"media {path.stem.partition('__')[2]}")
    for path in _files(images, "news_icons_cn", "news_daily__"):
        yield Item(path, "x_news_set2", f"news {path.stem.partition('__')[2]}")
    for path in _files(images, "bank_cn", "bank_cyb__"):
        yield Item(path, "x_bank_set2", path.stem.partition("__")[2].partition("@")[0])
    named = {name: code for code, names in BANKS.items() for name in names.split()}
    for path in _files(images, "bank_cn", "bank_z886__"):
        name = path.stem.rpartition("_")[2].partition("@")[0]
        code = next((c for n, c in named.items() if name.endswith(n)), "")
        if code and "旧版" not in path.stem and "72_" in path.stem:
            yield Item(path, "x_bank_set2", code)
    for path in _files(images, "app_icons_cn"):
        if path.stem in named:
            yield Item(path, "x_app_icon", named[path.stem])
    for emblem in sorted(set(EMBLEMS.values())):
        for path in _emblems(images, emblem)[1:]:
            yield Item(path, "x_emblem_wild", emblem)


def _emblems(images: Path, emblem: str) -> list[Path]:
    """The pictures of an emblem, the clearest first."""

    def rank(path: Path) -> tuple[int, str]:
        clear = [n for n, name in enumerate(CLEAREST) if path.name.startswith(name)]
        return (clear[0] if clear else len(CLEAREST), path.name)

    return sorted((p for p in _files(images, "emblems_wild") if _emblem(p) == emblem), key=rank)


def _stranger(path: Path, folder: str, bodies: set[str], english: dict[str, str]) -> bool:
    """Whether a picture surely shows no registered mark; what its name leaves open is not measured."""
    stem = path.stem.partition("__")[2] or path.stem
    if folder == "univ_seals_color":
        return english.get(_plain(stem), "") not in {"", *bodies}
    media = {body.partition(" ")[2].lower() for body in bodies if body[:5] in ("media", "news ")}
    words = {word for name in media for word in re.findall("[a-z]{3,}", name)}
    if any(part.startswith(word) or word.startswith(part) for word in words
           for part in re.findall("[a-z0-9]{3,}", stem.lower())):  # fmt: skip
        return False
    if folder == "app_icons_cn":
        return not re.search("银行|Bank|News|新闻|CCTV|IT之家|GitHub|央视", stem)
    named = any(stem in body or body in stem for body in bodies if len(body) > 3)
    return "flag" not in stem and not (named and not stem.isascii()) and stem not in bodies


def _english(registry: Path) -> dict[str, str]:
    """English names of universities -> their Chinese names, as our own registry has them."""
    with (registry / "universities" / "entities.csv").open(encoding="utf-8", newline="") as rows:
        return {
            _plain(english): row["name"]
            for row in csv.DictReader(rows)
            for english in row["english_names"].split("|")
            if english
        }


def _plain(name: str) -> str:
    """A name without what its spelling varies in: X_University__logo_red_800x800 is xuniversity."""
    return re.sub("[^a-z]", "", re.sub("__.*", "", name).lower().replace("&", "and"))


def _without_doubles(items: list[Item]) -> tuple[Item, ...]:
    """One item a mark: the first of those whose canonical forms hash alike."""
    kept: list[Item] = []
    seen = np.empty((0, 4), np.uint64)
    bodies: set[str] = set()
    for item in items:
        whole = canonical.canonical(item.read())
        hashed = hashes.dct(canonical.grey(whole, hashes.SIDE)[None])
        double = bool(len(seen)) and bool((hashes.distance(seen, hashed) <= SAME).any())
        if not double and item.body not in bodies:
            kept.append(item)
            bodies.add(item.body)
            seen = np.concatenate([seen, hashed])
    return tuple(kept)
