"""Building blocks of generated texts: blocks of every kind, CommonMark's examples, the corpus."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
EXAMPLES: tuple[str, ...] = tuple(
    markdown
    for _, markdown in json.loads(
        (ROOT / "tests" / "fixtures" / "commonmark" / "examples.json").read_text("utf-8")
    )
)
"""The examples of the CommonMark Spec 0.31.2."""
BLOCKS = (
    "# 제목 {#top}", "## Heading ##", "제목\n===", "둘째\n줄\n---", "그냥 문단입니다.",
    "A paragraph\nof two lines", "52\\. That's Muse Spark's score", "52. That's a list",
    "- a\n- b", "- [x] done\n- [ ] not", "* 하나\n\n  둘\n* 셋", "1) one\n2) two",
    "> quote", "> a\nlazy", "> [!NOTE]\n> 알림", "> > deep\n> up", "- > q\n  > r",
    "- a\n\n  ```py\n  x = 1\n  ```", "```\ncode\n```", "~~~\nopen", "    code", "\tcode",
    "| a | b |\n|---|:-:|\n| 1 | `x\\|y` |", "a | b\n--|--\nc |", "| a |\n|---|\n| b | c | d |",
    "| 가 |\n|-|\n", "[ref]: http://x.y 'title'", '[a]:\n  <b c>\n  "multi\nline"',
    "[^1]: A note\n    more", "[^1]: 주석", "Term\n: Definition\n: Other", "Term\n\n: loose",
    "<div>text</div>", "<div>\n\n# in\n\n</div>", "<p>a <b>b</b>\nc</p>", "<!-- c -->",
    "<!-- bilingual:skip -->", "<!-- bilingual:end -->", "<!-- bilingual:note n -->",
    "<pre>\n\nx</pre> after", "<script>\nx\n\n</script>", "<img alt=\"대체\" title='t'>",
    "<Tip warning={true}>\ntext\n</Tip>", "<Comp a={\n  {b: 1}}\n/>", '![alt](a.png "t")',
    "[![그림](a)](b)", "![a][b]", "![x](a) ![y](b)\n{: .c}", "$$\nx\n$$", "$$x$$", ":::note[제목]",
    ":::tip 제목", ":::", '!!! note "T"\n    body', "??? x", "{{< s >}}", "{% raw %}", "{/* c */}",
    "import x from 'y'", "***", "---", "+++", "___", "**용어(Term)**는", "a  \nb\\\nc",
    "---\ntitle: x\n---", "[[anchor]]", "<?php ?>", "<![CDATA[x]]>", "&copy; & &#35;", "\\# no",
)  # fmt: skip


SPACES = (
    "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\xa0", "\u1680", "\u2000", "\u2001",
    "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
    "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\r", "\r\n", "\n\r",
)  # fmt: skip
"""What Python takes for white space or the end of a line, and no author means as either: all of
Unicode's spaces, and line ends other than the article's."""


def _paragraphs() -> tuple[str, ...]:
    """Return runs of up to eight paragraphs of every file of the corpus; none without it."""
    found: list[str] = []
    for file in sorted([*CORPUS.glob("articles/**/*.md*"), *CORPUS.glob("tricky/*.md")]):
        parts = file.read_bytes().decode("utf-8").split("\n\n")
        found += ["\n\n".join(parts[at : at + 8])[:1000] for at in range(0, len(parts), 8)]
    return tuple(found)


PARAGRAPHS = _paragraphs()
