"""Create the README's images: ``python tools/pictures.py`` (needs Chromium and a Korean font).

It publishes this newsroom in a temporary folder, puts one wrong number into a copy of a catalog for
the image of a finding, and takes screenshots of both in a headless browser.
"""

from __future__ import annotations

import contextlib
import html
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
COPIED = ("articles", "locales", "glossary.yaml", "bilingual.toml")
SLUG = "muse-spark"
RIGHT, WRONG = "143억 달러", "14억 3000만 달러"
COLOURS = {
    "1": "font-weight:bold",
    "2": "color:#8b949e",
    "31": "color:#ff7b72",
    "33": "color:#d29922",
}
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--allow-file-access-from-files",
    "--virtual-time-budget=10000",
)
PAIR = """<!doctype html><style>
body {{ margin: 0; display: flex; gap: 16px; padding: 16px; background: #d8d6d0 }}
iframe {{ width: 760px; height: 1180px; border: 0; background: #fff; box-shadow: 0 1px 6px #0004 }}
</style><iframe src="{en}"></iframe><iframe src="{ko}"></iframe>"""
FINDING = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #0d1117; color: #e6edf3; padding: 20px 24px;
  font: 17px/1.5 "Noto Sans Mono CJK KR", "Noto Sans Mono", monospace }}
pre {{ margin: 0; font: inherit }}
</style><pre>{text}</pre>"""


def screenshot(page: Path, picture: Path, width: int, height: int) -> None:
    """Write ``picture`` (PNG) of ``page`` (HTML), ``width`` by ``height`` pixels."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("error: no Chromium on PATH — install it (apt install chromium)")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                browser,
                *FLAGS,
                f"--user-data-dir={profile}",
                f"--window-size={width},{height}",
                f"--screenshot={picture}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
    print(picture.relative_to(ROOT))


def bilingual(folder: Path, *arguments: str) -> str:
    """Run a command in ``folder`` on a terminal of its own and return its output."""
    command = [sys.executable, "-m", "bilingual", *arguments]
    environment = os.environ | {"LC_ALL": "C.UTF-8", "COLUMNS": "104"}
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=theirs, stderr=theirs):
        os.close(theirs)
        printed = b""
        # Reading fails when the other side has exited.
        with contextlib.suppress(OSError):
            while part := os.read(ours, 4096):
                printed += part
    os.close(ours)
    return printed.decode().replace("\r\n", "\n")


def coloured(text: str) -> str:
    """Return a terminal's output as HTML, with spans for colours."""
    parts = re.split(r"\x1b\[(\d*)m", html.escape(text))
    out = [parts[0]]
    for code, words in zip(parts[1::2], parts[2::2], strict=True):
        style = COLOURS.get(code)
        out.append(f'<span style="{style}">{words}</span>' if style else words)
    return "".join(out)


def main() -> None:
    """Create both images."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for each in COPIED:
            source = ROOT / each
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            copy(source, folder / each)
        bilingual(folder, "publish")
        site = folder / "public" / "site"
        pages = {lang: (site / lang / SLUG / "index.html").as_uri() for lang in ("en", "ko")}
        if missing := [
            page for page in pages.values() if not Path(page.removeprefix("file://")).exists()
        ]:
            sys.exit(f"error: not published: {missing} — mend the pair first")
        frame = folder / "pair.html"
        frame.write_text(PAIR.format(**pages), "utf-8")
        screenshot(frame, IMAGES / "pair.png", 1568, 1212)

        catalog = folder / "locales" / "ko" / "articles" / f"{SLUG}.po"
        text = catalog.read_text("utf-8")
        assert RIGHT in text, f"the catalog no longer says {RIGHT}"
        catalog.write_text(text.replace(RIGHT, WRONG), "utf-8")
        printed = f"$ bilingual check {SLUG}\n" + bilingual(folder, "check", SLUG)
        frame = folder / "finding.html"
        frame.write_text(FINDING.format(text=coloured(printed.rstrip())), "utf-8")
        screenshot(
            frame, IMAGES / "finding.png", 1100, 40 + 26 * (printed.rstrip().count("\n") + 1)
        )


if __name__ == "__main__":
    main()
