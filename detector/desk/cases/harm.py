"""How much harm a case may do: 0..1, by the body that is imitated; each number with its example."""

from __future__ import annotations

from detector.contract import AssessmentRecord
from detector.types import Kind

# People act on what such an account says; set by hand, order matters more than the figures
HARM: dict[str, float] = {
    # 解放军某部征兵办: names of the forces, state security
    Kind.MILITARY: 1.0,
    # 国家反诈中心: fraud in the name of the police
    Kind.POLICE: 1.0,
    # 中级人民法院执行局: demands money
    Kind.COURT: 0.9,
    Kind.PROCURATORATE: 0.9,
    # 医保局: asks for identity cards
    Kind.STATE_ORGAN: 0.9,
    Kind.PARTY_ORGAN: 0.9,
    # 央视新闻: invented news travels far
    Kind.MEDIA: 0.8,
    # 工商银行客服: takes passwords
    Kind.BANK: 0.8,
    # 红十字会捐款
    Kind.CHARITY: 0.8,
    # 驻华使馆签证处
    Kind.MISSION: 0.7,
    Kind.COUNTRY: 0.7,
    Kind.INTL_ORG: 0.7,
    Kind.POLITICAL_PARTY: 0.7,
    # 教育考试院查分
    Kind.INSTITUTION: 0.7,
    Kind.HOSPITAL: 0.7,
    # 支付平台客服
    Kind.PLATFORM: 0.6,
    # 清华大学招生办
    Kind.UNIVERSITY: 0.6,
    Kind.PEOPLE_ORG: 0.6,
    Kind.SYMBOL: 0.6,
    # 长治市: a bare division reads as its government
    Kind.REGION: 0.5,
    Kind.SCHOOL: 0.5,
    Kind.SOCIAL_ORG: 0.5,
    Kind.ENTERPRISE: 0.4,
    Kind.CLOSED: 0.4,
    # 故宫文创: sells
    Kind.SEAT: 0.4,
    Kind.LANDMARK: 0.3,
    Kind.MUSEUM: 0.3,
}
# 全国钓鱼爱好者: strict words without a body
WITHOUT_BODY = 0.3
# A refusal stands on firmer evidence than a word to be verified
STRICT_SHARE = 0.7


def harm_of(record: AssessmentRecord) -> float:
    """The greatest harm of the record's findings."""
    return max((_harm(f["entity"] and f["entity"]["kind"], f["outcome"]) for f in record["findings"]),
               default=WITHOUT_BODY)  # fmt: skip


def _harm(kind: str | None, outcome: str) -> float:
    harm = WITHOUT_BODY if kind is None else HARM.get(kind, WITHOUT_BODY)
    return harm if outcome == "refuse" else harm * STRICT_SHARE
