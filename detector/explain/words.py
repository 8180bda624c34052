"""What the codes of the output are called when people read them: Chinese, then English."""

from __future__ import annotations

from detector.types import EditKind, Field, Kind, Outcome, Proved

# outcome -> its words and the style of a terminal
OUTCOMES: dict[str, tuple[str, str]] = {
    Outcome.ALLOW.word: ("通过 allow", "green"),
    Outcome.STRICT.word: ("从严 strict", "yellow"),
    Outcome.REFUSE.word: ("拒绝 refuse", "bold red"),
}

EDITS: dict[str, tuple[str, str]] = {
    EditKind.TRADITIONAL: ("繁体", "traditional"),
    EditKind.VARIANT: ("异体", "variant"),
    EditKind.COMPATIBILITY: ("兼容字", "compatibility"),
    EditKind.RADICAL: ("部首", "radical"),
    EditKind.KANA: ("假名", "kana"),
    EditKind.ENCLOSED: ("带圈", "enclosed"),
    EditKind.CONFUSABLE: ("异文字母", "other alphabet"),
    EditKind.NUMERAL: ("数字", "numeral"),
    EditKind.FLIPPED: ("倒写", "upside down"),
    EditKind.HIDDEN: ("隐藏字符", "hidden"),
    EditKind.SEPARATOR: ("分隔符", "separator"),
    EditKind.EMOJI: ("表情", "emoji"),
    EditKind.SPLIT: ("拆字", "split"),
    EditKind.SPELLED: ("拼音", "spelled"),
    EditKind.INITIAL: ("首字母", "initial"),
    EditKind.HOMOPHONE: ("同音", "same sound"),
    EditKind.NEAR_SOUND: ("近音", "near sound"),
    EditKind.LOOK_ALIKE: ("形近", "look-alike"),
    EditKind.SYNONYM: ("同义", "synonym"),
    EditKind.TRANSLATED: ("译名", "translated"),
    EditKind.INSERTED: ("插入", "inserted"),
    EditKind.DOUBLED: ("重复", "doubled"),
    EditKind.DROPPED: ("漏字", "dropped"),
    EditKind.SWAPPED: ("换位", "swapped"),
    EditKind.REORDERED: ("改序", "reordered"),
    EditKind.REPLACED: ("换字", "replaced"),
}

FIELDS: dict[str, str] = {
    Field.NAME: "名称 name",
    Field.BIO: "简介 bio",
    Field.SIGNATURE: "签名 signature",
    Field.VERIFICATION: "认证信息 verification",
    Field.AVATAR: "头像 avatar",
    Field.COVER: "封面 cover",
}

PROVED: dict[str, str] = {
    Proved.GEOMETRY: "几何位置吻合 by geometry",
    Proved.TWO: "两种独立比对一致 by two independent comparisons",
    Proved.ONE: "仅一种比对 by one comparison only",
}

KINDS: dict[str, str] = {
    Kind.PARTY_ORGAN: "党的机关",
    Kind.STATE_ORGAN: "国家机关",
    Kind.COURT: "法院",
    Kind.PROCURATORATE: "检察院",
    Kind.POLICE: "公安",
    Kind.MILITARY: "军队",
    Kind.POLITICAL_PARTY: "政党",
    Kind.PEOPLE_ORG: "人民团体",
    Kind.SOCIAL_ORG: "社会组织",
    Kind.CHARITY: "慈善",
    Kind.INSTITUTION: "事业单位",
    Kind.UNIVERSITY: "高校",
    Kind.SCHOOL: "学校",
    Kind.HOSPITAL: "医院",
    Kind.MUSEUM: "博物馆",
    Kind.ENTERPRISE: "企业",
    Kind.BANK: "金融机构",
    Kind.PLATFORM: "平台",
    Kind.COUNTRY: "国家（地区）",
    Kind.MISSION: "使领馆",
    Kind.INTL_ORG: "国际组织",
    Kind.MEDIA: "新闻媒体",
    Kind.REGION: "行政区域",
    Kind.SEAT: "机构所在地",
    Kind.LANDMARK: "标志性建筑",
    Kind.SYMBOL: "国家象征",
    Kind.CLOSED: "已关闭账号",
}


def split_languages(sentence: str) -> tuple[str, str]:
    """The Chinese and the English half of a sentence of the law layer.

    >>> split_languages("名称相同。 The names are the same. (甲 = 甲)")
    ('名称相同。', 'The names are the same. (甲 = 甲)')
    """
    for end in ("。 ", "？ ", "） "):
        chinese, found, english = sentence.partition(end)
        if found:
            return chinese + end.strip(), english
    return sentence, ""
