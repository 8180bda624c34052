"""What is then done: refuse (Art. 10(1)), or suspend, notify and report (Art. 15, 17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detector.law.parameters import Parameters
from detector.types import Act, Event, Field, Finding, Kind, Outcome

FIELD_WORDS = {
    Field.NAME: "名称",
    Field.BIO: "简介",
    Field.SIGNATURE: "签名",
    Field.VERIFICATION: "认证信息",
    Field.AVATAR: "头像",
    Field.COVER: "封面",
}
SOFT_ACTS = frozenset((Act.UNAUTHORISED, Act.TIE, Act.VERIFY))
# The channels that find a body where no register lists one; the grammar says so unless proven
UNLISTED = "grammar"


def needs_person(outcome: Outcome, findings: Sequence[Finding], gaps: bool, p: Parameters) -> bool:
    """Whether a person must confirm: by outcome, by body, by clause, by want of proof, by a gap."""
    if gaps and p.person_for_gaps:
        return True
    if outcome is Outcome.ALLOW:
        return False
    return p.needs_person_for(outcome) or any(_touches(finding, p) for finding in findings)


def _touches(finding: Finding, p: Parameters) -> bool:
    if finding.clause in p.person_for_clauses or kind_of(finding) in p.person_for_kinds:
        return True
    evidence = finding.evidence
    unproven = evidence is not None and evidence.channel == UNLISTED and not evidence.proven
    return unproven and p.person_for_unproven


def kind_of(finding: Finding) -> Kind | None:
    """What sort of body the finding is about; None for words."""
    if finding.entity is not None:
        return finding.entity.kind
    return None if finding.evidence is None else finding.evidence.kind


def measure(
    outcome: Outcome, findings: Sequence[Finding], event: Event, person: bool, p: Parameters
) -> str:
    """What the platform does, for people, Chinese then English; "" where nothing is done."""
    if outcome is Outcome.ALLOW:
        return ""
    held = [f for f in findings if f.outcome is outcome]
    steps = list(_stock(outcome, held, p) if event is Event.STOCK else _new(outcome, event))
    if person and outcome is Outcome.REFUSE:
        steps.insert(0, ("经人工确认", "once a person confirms"))
    fields = dict.fromkeys(f.evidence.field for f in held if f.evidence is not None)
    chinese = "；".join(zh for zh, _ in steps)
    english = "; ".join(en for _, en in steps)
    about = "、".join(FIELD_WORDS[field] for field in fields)
    return f"{chinese}（涉及：{about}） {english} ({', '.join(fields)})"


Step = tuple[str, str]


def _new(outcome: Outcome, event: Event) -> Iterator[Step]:
    what, kind = ("注册", "registration") if event is Event.REGISTRATION else ("变更", "change")
    if outcome is Outcome.REFUSE:
        yield f"不予{what}（第十条第一款）", f"refuse the {kind} (Art. 10(1))"
    else:
        yield f"从严核验，核验通过前不予{what}（第十条）", f"verify before the {kind} (Art. 10)"


def _stock(outcome: Outcome, findings: Sequence[Finding], p: Parameters) -> Iterator[Step]:
    days = p.deadline_working_days
    kinds = {kind_of(f) for f in findings}
    if outcome is Outcome.STRICT:
        yield (
            f"动态核验，通知用户在{days}个工作日内补充证明或改正（第十五条）",
            f"verify; give the user {days} working days to show proof or correct (Art. 15)",
        )
        return
    if any(f.act not in SOFT_ACTS and kind_of(f) in p.suspended_kinds for f in findings):
        yield "暂停提供服务（第十五条）", "suspend service (Art. 15)"
    yield (
        f"通知用户在{days}个工作日内改正（第十五条）",
        f"notify the user to correct within {days} working days (Art. 15)",
    )
    yield (
        "拒不改正的终止提供服务，关闭账号须两人确认",
        "end service if not corrected; closing takes two persons",
    )
    yield "保存有关记录（第十七条）", "keep the records (Art. 17)"
    if kinds & p.reported_kinds:
        yield "向网信等有关主管部门报告（第十七条）", "report to the authorities (Art. 17)"
