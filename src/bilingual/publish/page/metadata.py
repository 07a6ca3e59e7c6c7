"""Generate a page's metadata for machines, and its links for sharing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from bilingual.model import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.publish.page.article import Version

ESCAPES = {ord(each): f"\\u{ord(each):04x}" for each in "<>&'\u2028\u2029"}
"""JSON escapes of what a script element may not contain (HTML, 4.12.1.3)."""

REGIONS = {"en": "en_US", "ko": "ko_KR"}
"""The Open Graph locale by language."""

EMAIL = N_("Email")
FACEBOOK = N_("Facebook")
LINKEDIN = N_("LinkedIn")
X = N_("X")


def json_ld(version: Version, *, name: str, address: str, image: str, source: str) -> str:
    """Return the schema.org description of an article, safe inside a script element.

    ``address`` is the page's absolute address, ``image`` the hero's, ``source`` the address of
    the version this one was translated from; empty values are left out.
    """
    description: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": version.title,
        "description": version.dek,
        "inLanguage": version.language,
        "datePublished": version.date.isoformat() if version.date else "",
        "articleSection": version.category,
        "keywords": list(version.tags),
        "author": {"@type": "Person", "name": version.author} if version.author else "",
        "publisher": {"@type": "Organization", "name": name},
        "image": image,
        "mainEntityOfPage": address,
        "url": address,
        "isBasedOn": version.source_url,
        "translationOfWork": source and {"@id": source, "inLanguage": version.translated_from},
    }
    stated = {key: value for key, value in description.items() if value}
    return json.dumps(stated, ensure_ascii=False).translate(ESCAPES)


def share_links(
    version: Version, address: str, words: Callable[[str], str]
) -> list[tuple[str, str]]:
    """Return (name, address) of every way to share the page, without any script.

    Without its own ``address`` a page can only be shared by mail, by its title.
    """
    text = f"{version.title}\n{address}" if address else version.title
    # Mail programs show ``+`` literally; a space must be ``%20`` (RFC 6068, section 5).
    mail = urlencode({"subject": version.title, "body": text}, quote_via=quote)
    links = [(words(EMAIL), f"mailto:?{mail}")]
    if address:
        post = urlencode({"text": version.title, "url": address})
        page = urlencode({"u": address})
        share = urlencode({"url": address})
        links += [
            (words(X), f"https://x.com/intent/post?{post}"),
            (words(FACEBOOK), f"https://www.facebook.com/sharer/sharer.php?{page}"),
            (words(LINKEDIN), f"https://www.linkedin.com/sharing/share-offsite/?{share}"),
        ]
    return links
