"""Article 8, items 2-5: what account information may not be."""

from __future__ import annotations

from detector.law.art08 import exceptions, invented, marks, news, places, rules

RULES = (
    rules.bears_the_name,
    rules.poses_as_its_arm,
    rules.adds_service_words_to_a_brand,
    rules.disguises_the_name,
    rules.claims_to_be_the_body,
    rules.claims_an_unlisted_organ,
    invented.invents_a_body,
    invented.owner_is_another_than_the_invented_body,
    news.uses_a_news_word,
    news.uses_a_soft_news_word_with_a_place,
    places.bears_the_place_name,
    places.adds_authority_words_to_a_place,
    places.adds_media_words_to_a_place,
    rules.bears_an_everyday_name,
    rules.resembles_the_name_faintly,
    rules.names_the_body_unclearly,
    rules.adds_soft_news_words,
    rules.claims_the_body_doubtfully,
    rules.claims_an_unlisted_body,
    invented.sounds_like_an_authority,
    news.uses_a_soft_news_word,
    news.may_use_a_news_word,
    news.has_a_news_word_in_its_legal_name,
    places.bears_an_ambiguous_place_name,
    places.adds_soft_words_to_a_place,
    places.names_the_place_unclearly,
    marks.shows_the_mark_with_a_cue,
    marks.prints_the_name,
    marks.shows_the_mark,
    marks.prints_the_name_small,
    marks.bears_a_code,
)

EXCEPTIONS = (
    exceptions.owner_is_body,
    exceptions.owner_is_sub_unit,
    exceptions.own_legal_name,
    exceptions.claims_its_own_legal_name,
    exceptions.authorised_by_the_body,
    exceptions.owns_the_trade_mark,
    exceptions.holds_a_news_licence,
    exceptions.licensed_medium,
    exceptions.trades_under_the_name,
    exceptions.public_body_under_its_own_name,
    exceptions.organisation_shows_its_contact,
)
