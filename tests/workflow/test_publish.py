from __future__ import annotations

import datetime as dt
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bilingual.catalog import po
from bilingual.catalog.update import update
from bilingual.errors import ContentError, UsageError
from bilingual.markdown.front_matter import fields
from bilingual.markdown.segment import segment
from bilingual.model import State, Target
from bilingual.publish import markdown as markdown_target
from bilingual.publish import site
from bilingual.workflow.publish import publish
from bilingual.workflow.segment import segment as follow
from tests.support.copies import Copy

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.newsroom import Newsroom

SAMPLE = Path(__file__).parents[1] / "publish" / "sample"
TODAY = dt.date(2026, 4, 9)
TOML = """\
[newsroom]
name = "The Even Page"
"""


def sample(slug: str, language: str) -> list[str]:
    """The units of one version of a sample pair."""
    text = (SAMPLE / slug / f"index.{language}.md").read_text("utf-8")
    return [unit.source for unit in segment(text).units]


class Publisher:
    """A newsroom with the sample pairs, whose catalogs hold the sample's other versions."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.public = newsroom.root / "public"

    def add(self, slug: str, language: str, state: State | None = State.REVIEWED) -> None:
        other = "ko" if language == "en" else "en"
        folder = self.newsroom.root / "articles" / slug
        shutil.copytree(SAMPLE / slug, folder)
        (folder / f"index.{other}.md").unlink()
        if state is not None:
            self.fill(slug, sample(slug, other), state)

    def fill(self, slug: str, targets: list[str], state: State) -> None:
        article = self.newsroom.article(slug)
        units = self.newsroom.document(article).units
        assert len(units) == len(targets)
        wanted = [target for unit, target in zip(units, targets, strict=True) if unit.translatable]
        made = Target("", state, "human:jane", "jane", "2026-04-09T01:02:03Z")

        def edit(catalog):
            catalog = update(catalog, units).catalog
            entries = zip(catalog.live, wanted, strict=True)
            return replace(
                catalog,
                entries=tuple(
                    replace(entry, target=replace(made, text=text)) for entry, text in entries
                ),
            )

        self.newsroom.change(article, self.newsroom.target_language(article), edit)

    def edit(self, slug: str, old: str, new: str) -> None:
        path = self.newsroom.root / self.newsroom.article(slug).path
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def demote(self, slug: str, part: str, state: State = State.TRANSLATED) -> str:
        """Take the approval of the first unit whose source has ``part`` back; returns its id."""
        article = self.newsroom.article(slug)
        found: list[str] = []

        def edit(catalog):
            entries = list(catalog.entries)
            at = next(at for at, entry in enumerate(entries) if part in entry.source)
            found.append(entries[at].id)
            target = replace(entries[at].target, state=state, reviewer="")
            if state is State.INITIAL:
                target = Target()
            entries[at] = replace(entries[at], target=target)
            return replace(catalog, entries=tuple(entries))

        self.newsroom.change(article, self.newsroom.target_language(article), edit)
        return found[0]

    def publish(self, *slugs: str, draft: bool = False):
        return publish(self.newsroom, slugs, draft=draft, today=TODAY)

    def page(self, path: str) -> str:
        return (self.public / "site" / path).read_text("utf-8")

    def published_files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.public).as_posix(): path.read_bytes()
            for path in sorted(self.public.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def publisher(make_newsroom: Callable[..., Newsroom]) -> Publisher:
    return Publisher(make_newsroom({}, toml=TOML))


@pytest.fixture
def two(publisher: Publisher) -> Publisher:
    """An English and a Korean article, both with every unit reviewed."""
    publisher.add("quiet-chip", "en")
    publisher.add("paper-cranes", "ko")
    return publisher


def test_reviewed_pairs_publish_in_both_languages_to_every_target(two: Publisher):
    result = two.publish()
    assert result.ok
    assert result.published == ("paper-cranes", "quiet-chip")
    assert (result.drafts, result.refused, result.waiting, result.kept) == ((), (), (), ())
    published_files = two.published_files()
    for slug in result.published:
        for language in ("en", "ko"):
            assert f"pairs/{slug}/index.{language}.md" in published_files
            assert f"site/{language}/{slug}/index.html" in published_files
    assert result.files == len(published_files) - 1  # the marker
    assert "낮게 웅웅거리며 생각하는 칩" in two.page("ko/quiet-chip/index.html")
    assert "Measuring is <strong>slow work</strong>" in two.page("en/paper-cranes/index.html")


def test_publishing_again_gives_the_same_bytes(two: Publisher):
    two.publish()
    once = two.published_files()
    two.publish()
    assert two.published_files() == once


@pytest.mark.parametrize(
    ("state", "reason"), [(State.TRANSLATED, "not reviewed"), (State.INITIAL, "not translated")]
)
def test_a_refusal_names_each_unit_in_the_way_with_its_line_and_writes_nothing(
    publisher: Publisher, state: State, reason: str
):
    publisher.add("quiet-chip", "en")
    unit = publisher.demote("quiet-chip", "The laboratory compared", state)
    result = publisher.publish("quiet-chip")
    assert not result.ok
    (refused,) = result.refused
    assert (refused.slug, refused.language) == ("quiet-chip", "ko")
    assert refused.path == "articles/quiet-chip/index.en.md"
    (obstacle,) = refused.obstacles
    lines = (SAMPLE / "quiet-chip" / "index.en.md").read_text("utf-8").splitlines()
    assert obstacle.unit == unit
    assert lines[obstacle.line - 1].startswith("The laboratory compared")
    assert obstacle.excerpt.startswith("The laboratory compared **three boards**")
    assert str(obstacle.reason) == reason
    assert not publisher.public.exists()
    assert result.output == ""


def test_an_edited_source_blocks_publishing_until_its_catalog_is_updated(two: Publisher):
    two.edit("quiet-chip", "price of $240", "price of $260")
    (refused,) = two.publish("quiet-chip").refused
    said = [str(each.reason) for each in refused.obstacles]
    assert any("bilingual segment quiet-chip" in each for each in said)
    assert any(each == "the source changed after the translation" for each in said)


def test_an_article_that_became_empty_does_not_replace_its_page(two: Publisher):
    two.publish()
    before = two.published_files()
    (two.newsroom.root / "articles/quiet-chip/index.en.md").write_text("\n", "utf-8")
    follow(two.newsroom)
    (refused,) = two.publish("quiet-chip").refused
    assert [str(each.reason) for each in refused.obstacles] == ["the article is empty"]
    assert two.published_files() == before


def test_an_error_blocks_publishing(two: Publisher):
    korean = sample("quiet-chip", "ko")
    here, away = "](../paper-cranes/index.en.md)", "](https://evil.example)"
    wrong = [text.replace(here, away) for text in korean]
    assert wrong != korean
    two.fill("quiet-chip", wrong, State.REVIEWED)
    (refused,) = two.publish("quiet-chip").refused
    assert any("link-mismatch" in str(each.reason) for each in refused.obstacles)


def test_a_refused_pair_does_not_hold_up_the_others(two: Publisher):
    two.demote("quiet-chip", "The laboratory compared")
    result = two.publish()
    assert [each.slug for each in result.refused] == ["quiet-chip"]
    assert result.published == ("paper-cranes",)
    assert not [path for path in two.published_files() if "quiet-chip" in path]
    assert "quiet-chip" not in two.page("ko/index.html")
    # Links to what is not published keep only their words.
    assert "다음 기사" in two.page("ko/paper-cranes/index.html")


def test_a_refused_pair_keeps_the_version_that_was_published(two: Publisher):
    two.publish()
    published_files = two.published_files().items()
    pairs = {
        path: content for path, content in published_files if path.startswith("pairs/quiet-chip")
    }
    two.edit("quiet-chip", "A chip that hums", "A chip that sings")
    two.edit("paper-cranes", "측정은 **느린 일**이다.", "측정은 **느린 일**이었다.")
    two.fill("paper-cranes", sample("paper-cranes", "en"), State.REVIEWED)
    result = two.publish()
    assert result.published == ("paper-cranes",)
    assert [(each.slug, each.kept) for each in result.refused] == [("quiet-chip", True)]
    assert result.kept == ("quiet-chip",)
    now = two.published_files()
    assert {path: now[path] for path in pairs} == pairs
    assert "A chip that hums" in two.page("en/quiet-chip/index.html")
    assert "느린 일</strong>이었다" in two.page("ko/paper-cranes/index.html")
    assert 'src="../../files/quiet-chip/board.png"' in two.page("ko/quiet-chip/index.html")


def test_when_everything_asked_for_is_refused_nothing_is_written(two: Publisher):
    two.publish()
    before = two.published_files()
    two.edit("quiet-chip", "A chip that hums", "A chip that sings")
    result = two.publish("quiet-chip")
    assert [each.slug for each in result.refused] == ["quiet-chip"]
    assert result.output == ""
    assert two.published_files() == before


def test_an_article_without_a_complete_translation_waits(two: Publisher):
    (two.newsroom.root / "articles" / "fresh").mkdir()
    (two.newsroom.root / "articles" / "fresh" / "index.en.md").write_text("Fresh text.\n")
    result = two.publish()
    assert result.ok
    assert result.waiting == ("fresh",)
    assert result.published == ("paper-cranes", "quiet-chip")


def test_an_article_asked_for_by_name_does_not_wait_but_is_refused(publisher: Publisher):
    publisher.add("quiet-chip", "en", None)
    assert publisher.publish().waiting == ("quiet-chip",)
    result = publisher.publish("quiet-chip")
    assert [each.slug for each in result.refused] == ["quiet-chip"]


def test_a_draft_is_built_with_the_others_and_marked_in_both_languages(two: Publisher):
    two.demote("quiet-chip", "The laboratory compared")
    result = two.publish("quiet-chip", draft=True)
    assert result.ok
    assert result.drafts == ("quiet-chip",)
    assert result.published == ("paper-cranes",)
    for language, word in (("en", "Draft"), ("ko", "초안")):
        page = two.page(f"{language}/quiet-chip/index.html")
        assert f'<div class="draft" role="note">\n<p><strong>{word}</strong>' in page
        assert 'name="robots" content="noindex' in page
        text = two.published_files()[f"pairs/quiet-chip/index.{language}.md"].decode()
        assert fields(text)["draft"] is True
        assert "noindex" not in two.page(f"{language}/paper-cranes/index.html")


def test_a_draft_keeps_the_source_where_there_is_no_target(publisher: Publisher):
    publisher.add("quiet-chip", "en")
    publisher.demote("quiet-chip", "The laboratory compared", State.INITIAL)
    publisher.publish("quiet-chip", draft=True)
    assert "The laboratory compared" in publisher.page("ko/quiet-chip/index.html")


def test_what_passes_is_no_draft_even_when_drafts_are_allowed(two: Publisher):
    result = two.publish(draft=True)
    assert (result.published, result.drafts) == (("paper-cranes", "quiet-chip"), ())


def test_a_draft_goes_when_it_is_not_asked_for_again(two: Publisher):
    two.demote("quiet-chip", "The laboratory compared")
    two.publish("quiet-chip", draft=True)
    two.publish("paper-cranes")
    assert not [path for path in two.published_files() if "quiet-chip" in path]


def test_a_reviewed_pair_takes_the_place_of_its_draft(two: Publisher):
    two.demote("quiet-chip", "The laboratory compared")
    two.publish("quiet-chip", draft=True)
    two.demote("quiet-chip", "The laboratory compared", State.REVIEWED)
    two.publish("quiet-chip")
    assert "noindex" not in two.page("ko/quiet-chip/index.html")
    assert "draft" not in fields(two.published_files()["pairs/quiet-chip/index.ko.md"].decode())


def test_an_article_that_left_the_newsroom_leaves_the_output(two: Publisher):
    two.publish()
    shutil.rmtree(two.newsroom.root / "articles" / "quiet-chip")
    two.publish()
    assert not [path for path in two.published_files() if "quiet-chip" in path]


def test_a_missing_image_blocks_publishing(two: Publisher):
    (two.newsroom.root / "articles" / "quiet-chip" / "scale.svg").unlink()
    (refused,) = two.publish("quiet-chip").refused
    (obstacle,) = refused.obstacles
    assert "scale.svg" in str(obstacle.reason)
    text = (SAMPLE / "quiet-chip" / "index.en.md").read_text("utf-8")
    assert "scale.svg" in text.splitlines()[obstacle.line - 1]


def test_no_page_is_without_its_partner_when_rendering_fails(
    two: Publisher, monkeypatch: pytest.MonkeyPatch
):
    two.publish()
    before = two.published_files()
    original = site.render

    def failing(template, words, **values):
        if values["language"] == "ko" and template == "article.html":
            raise ZeroDivisionError
        return original(template, words, **values)

    monkeypatch.setattr(site, "render", failing)
    with pytest.raises(ZeroDivisionError):
        two.publish()
    assert two.published_files() == before
    monkeypatch.undo()
    monkeypatch.setattr(markdown_target, "document", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        two.publish()
    assert two.published_files() == before


def test_an_unknown_slug_is_a_usage_error(two: Publisher):
    with pytest.raises(UsageError, match="quiet-chip"):
        two.publish("quiet-chop")


def test_a_broken_article_stops_only_those_who_ask_for_it(two: Publisher):
    two.publish()
    broken = two.newsroom.root / "articles" / "quiet-chip" / "index.en.md"
    broken.write_bytes(b"\xff\xfe")
    result = two.publish("paper-cranes")
    assert result.published == ("paper-cranes",)
    assert (result.waiting, result.kept) == (("quiet-chip",), ("quiet-chip",))
    assert "A chip that hums" in two.page("en/quiet-chip/index.html")
    before = two.published_files()
    for slugs in ((), ("quiet-chip",)):
        with pytest.raises(ContentError, match=r"quiet-chip/index\.en\.md"):
            two.publish(*slugs)
    assert two.published_files() == before


def test_deleting_the_output_loses_nothing(two: Publisher):
    two.publish()
    before = two.published_files()
    shutil.rmtree(two.public)
    shutil.rmtree(two.newsroom.root / ".bilingual", ignore_errors=True)
    two.publish()
    assert two.published_files() == before


def test_the_output_is_in_the_configured_folder(make_newsroom: Callable[..., Newsroom]):
    publisher = Publisher(
        make_newsroom({}, toml='[publish]\noutput = "out/web"\ntargets = ["site"]\n')
    )
    publisher.add("quiet-chip", "en")
    assert publisher.publish().output == "out/web"
    assert (publisher.newsroom.root / "out/web/site/ko/quiet-chip/index.html").is_file()
    # The pairs are the record of what is published; they are always made.
    assert (publisher.newsroom.root / "out/web/pairs/quiet-chip/index.ko.md").is_file()


PUBLISHER = """
import datetime, sys
from pathlib import Path
from bilingual.newsroom import Newsroom
from bilingual.workflow.publish import publish
from bilingual.workflow.segment import segment as follow

newsroom = Newsroom.open(Path(sys.argv[1]))
publish(newsroom, today=datetime.date(2026, 4, 9))
print("ready", flush=True)
year = 2030
while True:
    publish(newsroom, today=datetime.date(year, 4, 9))
    print(year, flush=True)
    year = year + 1 if year < 9000 else 2030
"""


def test_a_kill_at_any_moment_leaves_a_complete_output(two: Publisher):
    two.publish()
    files = set(two.published_files())
    years = set()
    for round_ in range(6):
        publisher = Copy(PUBLISHER, str(two.newsroom.root))
        assert publisher.stdout
        for _ in range(1 + round_ % 3):  # how many editions it wrote, not how fast it is
            publisher.stdout.readline()
        time.sleep(0.02 + 0.047 * round_)
        publisher.kill()
        publisher.wait()
        assert set(two.published_files()) == files
        shown = {
            page.partition("<p>© ")[2][:4]
            for path, content in two.published_files().items()
            if path.endswith(".html")
            for page in [content.decode()]
        }
        assert len(shown) == 1, "pages of two editions"
        years |= shown
    assert len(years) > 1, "no kill came after a swap: this test tested nothing"
    assert two.publish().ok


def test_a_catalog_that_gettext_reads_is_what_was_published_from(two: Publisher):
    path = two.newsroom.root / two.newsroom.catalog_path("quiet-chip", "ko")
    catalog = po.parse(path.read_text("utf-8"), path=str(path))
    assert all(entry.target.approved for entry in catalog.live)
