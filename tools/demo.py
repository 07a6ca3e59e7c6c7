"""Run the whole workflow on this machine: the script of ``make demo``.

It works in ``build/demo``, a copy of this newsroom, so that the checkout is unchanged. The copy
keeps the drafts: a second run has nothing left to translate.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "build" / "demo"
SLUG = "what-is-a-token"
TARGET = "ko"
COPIED = ("articles", "locales", "glossary.yaml", "bilingual.toml")


def say(text: str) -> None:
    """Print a heading of the demo."""
    print(f"\n\033[1m{text}\033[0m" if sys.stdout.isatty() else f"\n{text}", flush=True)


def copy_newsroom() -> None:
    """Update the copy from the checkout, except the demo article's catalog."""
    for name in COPIED:
        source, copy = ROOT / name, DEMO / name
        if source.is_dir():
            shutil.copytree(source, copy, dirs_exist_ok=True)
        else:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copy)


def bilingual(*arguments: str, allowed: tuple[int, ...] = (0,)) -> int:
    """Run one command as a user would; end the demo on an exit code that is not ``allowed``."""
    say(f"$ bilingual {' '.join(arguments)}")
    code = subprocess.run(
        [sys.executable, "-m", "bilingual", *arguments], cwd=DEMO, check=False
    ).returncode
    if code not in allowed:
        print(f"demo: `bilingual {arguments[0]}` ended with exit code {code}", file=sys.stderr)
        raise SystemExit(code)
    return code


def main() -> None:
    """Translate, check and publish the untranslated article."""
    model = os.environ.get("BILINGUAL_LOCAL_MODEL", "")
    say(f"One article, articles/{SLUG}, from English to Korean, drafted by {model} on this machine")
    print("Three to seven minutes on two cores; the first run also fetches the model (1.1 GB).")
    copy_newsroom()
    bilingual("segment", SLUG)
    # Exit code 1 says that a unit is left without a draft, because its marks were lost.
    bilingual("translate", SLUG, "--engine", "local", allowed=(0, 1))
    bilingual("queue", SLUG, "--limit", "8")
    # Exit code 1 means that there are findings: drafts of a small model have some.
    bilingual("check", SLUG, "--ignore", "unreviewed", allowed=(0, 1))
    bilingual("publish", "--draft", SLUG)
    say("What is there now")
    public = DEMO / "public"
    print(f"  the draft pair   {public / 'pairs' / SLUG}")
    print(f"  all pairs        {public / 'pairs'}")
    print(f"  the site         {public / 'site' / 'index.html'}")
    print(f"  the catalog      {DEMO / 'locales' / TARGET / 'articles' / f'{SLUG}.po'}")
    say("What still wants a person")
    bilingual("status", SLUG)
    print(f"\nReview it:  cd {DEMO.relative_to(ROOT)} && ../../.venv/bin/bilingual review {SLUG}")


if __name__ == "__main__":
    main()
