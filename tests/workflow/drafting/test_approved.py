from __future__ import annotations

from bilingual.workflow.drafting.approved import Approved, approved

HEAD = 'msgid ""\nmsgstr ""\n"Language: ko\\n"\n"X-Source-Language: en\\n"\n\n'
ENTRY = 'msgctxt "u{n}"\nmsgid "Sentence {n}."\nmsgstr "문장 {n}."\n\n'
FUZZY = f"#, fuzzy\n{ENTRY}"


def catalog(*entries: str) -> str:
    return HEAD + "".join(entry.format(n=n) for n, entry in enumerate(entries, 1))


def test_what_is_approved_is_found_by_article_whether_its_catalog_is_at_hand_or_not(make_newsroom):
    newsroom = make_newsroom(
        {"b/en": "Sentence 1.\n", "a/en": "Sentence 1.\n\nSentence 2.\n"},
        catalogs={"b/ko": catalog(ENTRY), "a/ko": catalog(FUZZY, ENTRY)},
    )
    found = approved(newsroom)
    assert found == (
        Approved("en", "ko", "Sentence 2.", "문장 2.", "a", "u2"),
        Approved("en", "ko", "Sentence 1.", "문장 1.", "b", "u1"),
    )
    at_hand = newsroom.catalog("b", "ko")
    (newsroom.root / "locales/ko/articles/b.po").write_text("not read again", "utf-8")
    assert approved(newsroom, [at_hand]) == found
