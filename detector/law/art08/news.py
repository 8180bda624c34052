"""Item 4, second half: words with the attribute of news, used without a licence (擅自使用)."""

from __future__ import annotations

from detector.law.facts import cues_of, judged, private, sole
from detector.law.parameters import Parameters
from detector.law.registration import rule
from detector.types import Act, Case, Cue, Outcome, Relation, Stance, Verdict

CLAUSE = "8(4)"


def _core(case: Case) -> bool:
    return Cue.NEWS in cues_of(sole(case))


def _as_a_name(case: Case) -> bool:
    return sole(case).stance in (Stance.IS, Stance.ARM)


@rule(clause=CLAUSE, act=Act.UNAUTHORISED, outcome=Outcome.REFUSE, reads="news_word")
def uses_a_news_word(case: Case, p: Parameters) -> Verdict:
    """账号名称使用“新闻”“报道”等具有新闻属性的名称，未见新闻信息服务许可。
    The account uses a news word as its name, and no news licence is shown."""
    return judged(_as_a_name(case) and _core(case), case)


@rule(clause=CLAUSE, act=Act.UNAUTHORISED, outcome=Outcome.REFUSE, reads="news_word")
def uses_a_soft_news_word_with_a_place(case: Case, p: Parameters) -> Verdict:
    """账号名称以地名加热点、资讯等字样自居当地媒体，未见新闻信息服务许可。
    The account joins a place and a word like 热点 as a medium's name; no news licence is shown."""
    return judged(_as_a_name(case) and not _core(case) and bool(sole(case).place), case)


@rule(clause=CLAUSE, act=Act.UNAUTHORISED, outcome=Outcome.STRICT, reads="news_word")
def uses_a_soft_news_word(case: Case, p: Parameters) -> Verdict:
    """账号名称使用观察、资讯等可能具有新闻属性的字样，需人工核验。
    The account uses a word in its name that may have the attribute of news."""
    return judged(_as_a_name(case) and not _core(case) and not sole(case).place, case)


@rule(clause=CLAUSE, act=Act.UNAUTHORISED, outcome=Outcome.STRICT, reads="news_word")
def may_use_a_news_word(case: Case, p: Parameters) -> Verdict:
    """账号名称含有新闻类字样，是否作为媒体名称使用不明，需人工核验。
    The account holds a news word, and it is unclear whether it names a medium."""
    evidence = sole(case)
    telling = _core(case) or bool(evidence.place)
    return judged(evidence.stance is Stance.UNCLEAR and telling, case)


@rule(clause=CLAUSE, act=Act.UNAUTHORISED, outcome=Outcome.STRICT, reads="news_word")
def has_a_news_word_in_its_legal_name(case: Case, p: Parameters) -> Verdict:
    """企业登记名称含有新闻类字样；企业登记不是新闻许可，需核验许可（第十一条）。
    The company's legal name carries the news word; that is no licence, which Art. 11 asks for."""
    own = case.relation is Relation.SAME_NAME and private(case.account.owner, p)
    telling = _core(case) or bool(sole(case).place)
    return judged(_as_a_name(case) and telling and own, case)
