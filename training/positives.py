"""Accounts that are to be refused: bodies' names plain and disguised, claims, arms, inventions.

Labels follow from how an account was made, never from what the detector says of it: a disguise that is
undone gives a body's name, and nobody was verified as that body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from detector.types import EditKind, Entity, Kind
from training.bodies import Body
from training.example import Example, personal, verified
from training.treatments import STACKS, TREATMENTS, stacked

CLAIMS = "官方 官方账号 官微 客服 在线客服 官方客服 服务中心 咨询热线 官方直播间 售后客服".split()
ARMS = "办公室 发言人 编辑部 招聘 举报中心 值班室 宣传处 信息中心".split()
ARMS_OF: dict[Kind, list[str]] = {
    Kind.UNIVERSITY: "招生办 研究生院 教务处 校团委 就业指导中心".split(),
    Kind.HOSPITAL: "挂号处 预约中心 急诊科 专家门诊 医务处".split(),
    Kind.MEDIA: "评论 编辑部 记者站 直播间 爆料热线".split(),
    Kind.BANK: "信用卡中心 客服 贷款部 理财经理专线 催收部".split(),
    Kind.ENTERPRISE: "客服 售后 官方旗舰店 退款中心 招聘".split(),
    Kind.PLATFORM: "客服 理赔中心 退款专员 商家入驻 官方助手".split(),
    Kind.POLICE: "反诈中心 户政科 值班室 刑侦大队 办证中心".split(),
}
PLACE_CLAIMS = "发布 官方 政务 文旅 政府 新闻网 融媒 便民服务中心".split()
BIOS = (
    "{body}官方账号", "{body}官方授权客服", "我们是{body}下设服务中心", "{body}唯一官方平台，认准本号",
    "{body}官方认证", "{body}授权代理，官方客服在线",
)  # fmt: skip
NICKNAMES = "小林帮您办 阳光驿站 暖心小助手 每日一讲 办事不求人 快乐老家 客服小七 便民小屋".split()
FIRMS = (
    "{city}{brand}网络科技有限公司", "{city}{brand}商务咨询有限公司", "{city}{brand}文化传媒有限公司",
    "{city}{brand}教育咨询有限公司", "{city}{brand}贸易商行",
)  # fmt: skip
CITIES = "长沙 郑州 佛山 义乌 石家庄 合肥 无锡 东莞 泉州 临沂".split()
BRANDS = "星创 鼎诺 启航 恒信 艺远 顺达 康悦 沃康 融易 佳和 锐思 百川".split()
_HEADS = "国家 中央 全国 中国 中华 华夏 国际".split()
_FIELDS = "民生 扶贫 养老补贴 数字货币 反洗钱 资产解冻 网贷清退 助学 消费维权 退伍军人 健康扶持 房产登记".split()
_NOUNS = "总局 管理局 委员会 调查总署 监察总队 基金会 总会 发放中心 办公室 指挥部 日报社 通讯社 电视台".split()
_NEWS_HEADS = "今日 每日 身边 一线 民声 城市 热点 晨间 社会 百姓".split()
_NEWS = "新闻 快报 日报 早报 晚报 新闻网 快讯 新闻台 要闻 报道".split()


def firm(rng: Random) -> str:
    """A made-up company."""
    return rng.choice(FIRMS).format(city=rng.choice(CITIES), brand=rng.choice(BRANDS))


def violations(body: Body, rng: Random) -> Iterator[tuple[Example | None, str]]:
    """Examples of one body, or None with the kind that does not apply to its name."""
    for kind in rng.sample(sorted(TREATMENTS), 3):
        yield _disguised(body, TREATMENTS[kind](body.name, rng), kind), kind
    stack: tuple[EditKind, ...] = rng.choice(STACKS)
    yield _disguised(body, stacked(body.name, stack, rng), "+".join(stack)), "+".join(stack)
    yield _plain(body, personal(body.name), "exact"), "exact"
    claimed = body.name + rng.choice(CLAIMS)
    yield _plain(body, personal(claimed), "claim"), "claim"
    arm = body.name + rng.choice(ARMS_OF.get(body.entity.kind, ARMS))
    yield _plain(body, personal(arm), "arm"), "arm"
    both = TREATMENTS[EditKind.LOOK_ALIKE](claimed, rng)
    yield _disguised(body, both, "look_alike+claim"), "look_alike+claim"
    bio = rng.choice(BIOS).format(body=body.name)
    yield _plain(body, personal(rng.choice(NICKNAMES), bio), "bio_claim"), "bio_claim"
    other = verified(rng.choice((body.name, claimed)), firm(rng), "enterprise")
    yield _plain(body, other, "verified_other"), "verified_other"


def _plain(body: Body, cells: dict[str, str], kind: str) -> Example:
    return Example(cells, True, kind, body.entity.name, body.entity.kind)


def _disguised(body: Body, name: str | None, kind: str) -> Example | None:
    return None if name is None else _plain(body, personal(name), kind)


def places(divisions: Iterable[Entity], rng: Random) -> Iterator[Example]:
    """Divisions made to speak: 洛阳发布."""
    for division in divisions:
        short = min((alias.text for alias in division.aliases), key=len)
        name = rng.choice((division.name, short)) + rng.choice(PLACE_CLAIMS)
        yield Example(personal(name), True, "place_claim", division.name, division.kind)


def inventions(count: int, rng: Random) -> Iterator[Example]:
    """Bodies that do not exist, and news words without a licence."""
    for _ in range(count):
        name = rng.choice(_HEADS) + rng.choice(_FIELDS) + rng.choice(_NOUNS)
        yield Example(personal(name), True, "invented")
        name = rng.choice(_NEWS_HEADS) + rng.choice(_NEWS)
        yield Example(personal(name), True, "news_word")
