"""Cases of one account, as random as the types allow."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from detector.types import (
    Account,
    AccountType,
    Alias,
    Case,
    Cue,
    CueWord,
    Edit,
    EditKind,
    Entity,
    Event,
    Evidence,
    Field,
    Gap,
    Kind,
    Level,
    NameSort,
    Owner,
    Proof,
    Relation,
    Stance,
)

WORDS = st.sampled_from(("江海", "江海日报", "中国", "公安局", "快讯", "客服", "民警", "苹果"))
SPAN = st.tuples(st.integers(0, 3), st.integers(4, 8))
MAYBE_TEXT = st.none() | st.just("") | WORDS

proofs = st.builds(
    Proof,
    st.sampled_from(("news", "licence", "authorisation", "trade_mark", "other")),
    st.just("") | WORDS,
    st.just("") | WORDS | st.just("news"),
    st.sampled_from(("", "2025-01-01", "2027", "2026-11", "soon")),
)
owners = st.builds(
    Owner,
    st.none() | st.sampled_from(("", "江海市人民政府", "江海日报社", "江海苹果有限公司")),
    st.none() | st.just(""),
    st.none() | st.sampled_from(("government", "enterprise", "media", "")),
)
accounts = st.builds(
    Account,
    account_id=st.just("1"),
    name=WORDS,
    account_type=st.none() | st.sampled_from(AccountType),
    bio=MAYBE_TEXT,
    owner=owners,
    proofs=st.lists(proofs, max_size=2).map(tuple),
    event=st.sampled_from(Event),
)
entities = st.builds(
    Entity,
    id=st.sampled_from(("a", "b", "c")),
    name=WORDS,
    aliases=WORDS.map(lambda word: (Alias(word, NameSort.SHORT),)),
    kind=st.sampled_from(Kind),
    level=st.sampled_from(Level),
    region=st.just(""),
    source=st.just("test"),
)


def evidence_of(*channels: str) -> st.SearchStrategy[Evidence]:
    """Evidence of some channels."""
    return _evidence.flatmap(
        lambda one: st.sampled_from(channels).map(lambda name: replace(one, channel=name))
    )


_evidence = st.builds(
    Evidence,
    channel=st.just(""),
    field=st.sampled_from(Field),
    similarity=st.floats(0, 1),
    query=WORDS,
    candidate=WORDS,
    span=SPAN,
    edits=st.lists(st.builds(Edit, st.sampled_from(EditKind), WORDS, WORDS, SPAN), max_size=2).map(
        tuple
    ),
    stance=st.sampled_from(Stance),
    cues=st.lists(st.builds(CueWord, st.sampled_from(Cue), WORDS, SPAN), max_size=2).map(tuple),
    weak=st.booleans(),
    kind=st.none() | st.sampled_from(Kind),
    proven=st.booleans(),
    place=st.sampled_from(("", "江海")),
)
gaps = st.lists(st.just(Gap("name", "name", "too long")), max_size=1).map(tuple)


def cases_of(account: Account) -> st.SearchStrategy[Case]:
    """Cases about one account, with or without a body."""
    relation = st.sampled_from(Relation)
    named = st.lists(evidence_of("name", "claim"), max_size=3).map(tuple)
    own = st.lists(evidence_of("claim", "grammar", "news_word", "strict_word"), max_size=3).map(
        tuple
    )
    return st.builds(Case, st.just(account), entities, named, relation, gaps) | st.builds(
        Case, st.just(account), st.none(), own, relation, gaps
    )


case_lists = accounts.flatmap(lambda account: st.lists(cases_of(account), min_size=1, max_size=4))
