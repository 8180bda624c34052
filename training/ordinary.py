"""Ordinary nicknames: made by a described process, and drawn from a word model of everyday Chinese.

The process: a quality or a doing, a thing, and an ending, as people put their nicknames together. The
word model: words of jieba's dictionary, as often as they are used, in patterns of parts of speech.
No nickname of a real person is read or stored.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from random import Random

import jieba

from training.example import Example, personal

QUALITIES = (
    "爱笑的 慢热的 会飞的 熬夜的 迷路的 孤独的 快乐的 奔跑的 发呆的 温柔的 倔强的 三分甜的 减肥中的 "
    "不想上班的 早起的 爱喝茶的 路过的 深夜的 夏天的 山里的"
).split()
THINGS = (
    "小猫 柠檬 星星 企鹅 面包 橘子 海风 月亮 云朵 鲸鱼 老王 阿花 胖丁 程序员 奶茶 土豆 少年 姑娘 吉他 "
    "风筝 蜗牛 咖啡 西瓜 麦子 木棉 刺猬 大叔 小北 阿珍 渔夫"
).split()
ENDINGS = [
    "",
    "",
    "",
    "呀",
    "君",
    "丶",
    "_",
    "酱",
    "er",
    "520",
    "yyds",
    "的日常",
    "日记",
    "同学",
    "_77",
]
DOINGS = (
    "追剧 钓鱼 爬山 写诗 做饭 拍照 摸鱼 减肥 养花 修车 赶海 骑行 读书 养猫 打球 看海 种菜 听雨"
).split()
PATTERNS = (
    ("n",),
    ("a", "n"),
    ("n", "n"),
    ("v", "n"),
    ("nr",),
    ("n", "v"),
    ("a", "n", "n"),
    ("ns", "n"),
)
SURNAMES = "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗".split()
GIVEN = (
    "建国 卫国 国安 长征 解放 建设 中华 建军 朝阳 平安 和平 新华 光明 海关 人民 团结 胜利 学院 "
    "晓明 婷婷 子轩 浩然"
).split()


def _by_process(rng: Random) -> str:
    if rng.random() < 0.3:
        return rng.choice(DOINGS) + rng.choice(("的", "中的", "也是", "不如")) + rng.choice(THINGS)
    return rng.choice(QUALITIES) + rng.choice(THINGS) + rng.choice(ENDINGS)


@lru_cache
def _vocabulary() -> dict[str, tuple[tuple[str, ...], tuple[int, ...]]]:
    """Part of speech -> words of two characters and more, and their running counts."""
    words: dict[str, list[tuple[str, int]]] = defaultdict(list)
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, count, tag = line.decode("utf-8").split(" ")
            if len(word) >= 2:
                words[tag.strip()].append((word, int(count)))
    return {
        tag: (tuple(word for word, _ in listed), tuple(accumulate(n for _, n in listed)))
        for tag, listed in words.items()
    }


def _by_words(rng: Random) -> str:
    return "".join(_word(tag, rng) for tag in rng.choice(PATTERNS)) + rng.choice(ENDINGS)


def _word(tag: str, rng: Random) -> str:
    words, running = _vocabulary()[tag]
    return words[bisect(running, rng.randrange(running[-1]))]


def nicknames(count: int, rng: Random) -> Iterator[Example]:
    """So many ordinary nicknames: a fifth by the process, the rest by the word model, some namesakes."""
    for number in range(count):
        sort, name = "words", ""
        if number % 5 == 0:
            sort, name = "nickname", _by_process(rng)
        elif number % 25 == 1:
            sort, name = "namesake", rng.choice(SURNAMES) + rng.choice(GIVEN)
        yield Example(personal(name or _by_words(rng)), False, sort)
