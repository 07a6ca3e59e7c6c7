"""The sample site in a real browser. ``SCREENSHOTS=<folder>`` keeps a picture of every view."""

from __future__ import annotations

import datetime as dt
import functools
import http.server
import os
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bilingual.i18n import words
from bilingual.model import Pair
from bilingual.publish import base
from bilingual.publish.output import atomic_folder
from bilingual.workflow.publish import publish
from bilingual.workflow.translate import translate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selenium.webdriver import Chrome

    from bilingual.newsroom import Newsroom

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SAMPLE = Path(__file__).parents[1] / "publish" / "sample"
DESKTOP, PHONE = (1280, 900), (380, 800)
PAGES = ["index.html", "quiet-chip/index.html", "paper-cranes/index.html"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample site, one of its pairs a draft."""
    public = tmp_path_factory.mktemp("site") / "public"
    sources = {"quiet-chip": "en", "paper-cranes": "ko"}
    pairs = tuple(
        Pair(
            slug,
            source,
            {
                language: (SAMPLE / slug / f"index.{language}.md").read_text("utf-8")
                for language in ("en", "ko")
            },
            draft=slug == "paper-cranes",
            folder=slug,
        )
        for slug, source in sources.items()
    )
    edition = base.Edition(
        pairs,
        ("en", "ko"),
        {language: words(language) for language in ("en", "ko")},
        SAMPLE,
        dt.date(2026, 4, 9),
        name="The Even Page",
    )
    atomic_folder.write(base.target("site").plan(edition), public)
    yield from served(public / "site")


def served(folder: Path) -> Iterator[str]:
    """Serve ``folder`` and give its address."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    names = ("chromium", "chromium-browser", "google-chrome")
    options.binary_location = next(filter(None, map(shutil.which, names)))
    profile = tmp_path_factory.mktemp("profile")
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update",
                 "--disable-dev-shm-usage", "--disable-sync", "--hide-scrollbars",
                 f"--user-data-dir={profile}"):  # fmt: skip
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options, service)
    yield driver
    driver.quit()


def view(browser: Chrome, address: str, size: tuple[int, int], *, dark: bool = False) -> None:
    width, height = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    browser.get(address)
    # Images below the fold wait until they are near.
    browser.execute_script(
        "document.querySelectorAll('img').forEach(each => { each.loading = 'eager' })"
    )
    browser.execute_async_script(
        "const done = arguments[0];"
        "Promise.all([...document.images].map(each => each.decode().catch(() => 0))).then(done)"
    )


def arrived(browser: Chrome, address: str) -> bool:
    """Wait until the page at ``address`` is loaded: a click may return before that."""
    from selenium.webdriver.support.ui import WebDriverWait

    there = "return [location.href, document.readyState]"
    return WebDriverWait(browser, 60).until(
        lambda each: each.execute_script(there) == [address, "complete"],
        f"{address} never came",
    )


def picture(browser: Chrome, name: str) -> None:
    import base64

    folder = os.environ.get("SCREENSHOTS")
    if not folder:
        return
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    (Path(folder) / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_the_expected_layout(
    browser: Chrome, site: str, path: str, language: str, size: tuple[int, int]
):
    view(browser, f"{site}/{language}/{path}", size)
    picture(browser, f"{language}-{path.split('/', 1)[0]}-{size[0]}")
    run = browser.execute_script
    assert run("return document.documentElement.lang") == language
    assert run("return document.documentElement.scrollWidth") <= size[0], "it scrolls sideways"
    assert run("return [...document.images].filter(i => !i.naturalWidth).map(i => i.src)") == []
    assert run("return document.querySelectorAll('h1').length") == 1
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("width", [720, 1000, 1080, 1100])
def test_the_hero_keeps_an_edge_in_a_window_of_any_width(browser: Chrome, site: str, width: int):
    view(browser, f"{site}/ko/quiet-chip/index.html", (width, 900))
    left, right = browser.execute_script(
        "const r = document.querySelector('.hero').getBoundingClientRect();return [r.left, r.right]"
    )
    assert left >= 16
    assert right <= width - 16


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_switch_leads_to_the_same_page_in_the_other_language_and_back(
    browser: Chrome, site: str, language: str
):
    other = "ko" if language == "en" else "en"
    address = f"{site}/{language}/quiet-chip/index.html"
    view(browser, address, PHONE)
    browser.find_element("css selector", ".switch a").click()
    assert arrived(browser, f"{site}/{other}/quiet-chip/index.html")
    assert browser.execute_script("return document.documentElement.lang") == other
    browser.find_element("css selector", ".switch a").click()
    assert arrived(browser, address)


def test_a_wide_table_scrolls_inside_itself_on_a_phone(browser: Chrome, site: str):
    view(browser, f"{site}/en/quiet-chip/index.html", PHONE)
    inside, shown, right = browser.execute_script(
        "const t = document.querySelector('.table');"
        "return [t.scrollWidth, t.clientWidth, t.getBoundingClientRect().right]"
    )
    assert inside > shown
    assert right <= PHONE[0]


def test_an_empty_cell_is_as_wide_as_its_column(browser: Chrome, site: str):
    view(browser, f"{site}/ko/quiet-chip/index.html", DESKTOP)
    rows = browser.execute_script(
        "return [...document.querySelectorAll('.table tr')].map(r => r.cells.length)"
    )
    assert rows == [5, 5, 5, 5]


def test_hangul_neither_breaks_inside_a_word_nor_leans(browser: Chrome, site: str):
    view(browser, f"{site}/ko/quiet-chip/index.html", DESKTOP)
    style = "return getComputedStyle(document.querySelector('.body em'))"
    assert browser.execute_script(f"{style}.fontStyle") == "normal"
    assert browser.execute_script(f"{style}.wordBreak") == "keep-all"
    view(browser, f"{site}/en/quiet-chip/index.html", DESKTOP)
    assert browser.execute_script(f"{style}.fontStyle") == "italic"


CONTRAST = """
const light = c => {
  const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = e => {
  for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor;
    if (c !== 'rgba(0, 0, 0, 0)') return c;
  }
  return 'rgb(255, 255, 255)';
};
const low = [];
for (const e of document.querySelectorAll('body *')) {
  const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  if (!own || e.closest('.skip, script')) continue;
  const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
  if ((a + 0.05) / (b + 0.05) < 4.5) low.push(e.className + ' ' + e.textContent.trim());
}
return low;
"""
"""WCAG 2.2, 1.4.3: contrast of at least 4.5 for text."""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_every_text_has_enough_contrast(browser: Chrome, site: str, path: str, dark: bool):
    view(browser, f"{site}/ko/{path}", DESKTOP, dark=dark)
    picture(browser, f"ko-{path.split('/', 1)[0]}-{'dark' if dark else 'light'}")
    assert browser.execute_script(CONTRAST) == []


def test_the_first_tab_skips_to_the_content(browser: Chrome, site: str):
    view(browser, f"{site}/en/quiet-chip/index.html", DESKTOP)
    from selenium.webdriver.common.keys import Keys

    browser.find_element("tag name", "body").send_keys(Keys.TAB)
    focused = browser.switch_to.active_element
    assert focused.text == "Skip to content"
    focused.send_keys(Keys.ENTER)
    assert arrived(browser, f"{site}/en/quiet-chip/index.html#page.main")


def test_the_root_leads_to_both_languages(browser: Chrome, site: str):
    for language in ("en", "ko"):
        view(browser, f"{site}/index.html", PHONE)
        picture(browser, "root-380")
        browser.find_element("css selector", f"main a[hreflang={language}]").click()
        assert arrived(browser, f"{site}/{language}/index.html")


def test_a_draft_is_seen_to_be_one(browser: Chrome, site: str):
    for language, word in (("en", "Draft"), ("ko", "초안")):
        view(browser, f"{site}/{language}/paper-cranes/index.html", PHONE)
        banner = browser.find_element("css selector", ".draft")
        assert banner.is_displayed()
        assert banner.text.startswith(word)


@pytest.fixture
def filler_site(make_newsroom: Callable[..., Newsroom]) -> Iterator[str]:
    """The address of a newsroom's site whose translations are filler."""
    newsroom = make_newsroom()
    translate(newsroom, engine="pseudo")
    publish(newsroom, ["spark"], draft=True, today=dt.date(2026, 4, 9))
    yield from served(newsroom.root / "public" / "site")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_filler_shows_how_a_page_will_stand(browser: Chrome, filler_site: str, size):
    view(browser, f"{filler_site}/ko/spark/index.html", size)
    picture(browser, f"filler-{size[0]}")
    title = browser.find_element("css selector", "h1").text
    assert (title[0], title[-1]) == ("⟦", "⟧")
    assert len(browser.find_elements("css selector", ".table td")) == 4
    assert browser.execute_script("return document.documentElement.scrollWidth") <= size[0]
    assert browser.get_log("browser") == []
