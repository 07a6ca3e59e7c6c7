"""Articles that try to steer the engine: one file each, with the same harmless text around.

Their front matter has the kind of ``attack`` and the checks that must report it (``flagged``: none
when nothing of the attack is sent to an engine).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from bilingual.markdown.segment import segment

FOLDER = Path(__file__).parents[1] / "safety" / "articles"
FRAME = {
    "en": (
        "Small models move to laptops",
        "A company shows one that needs no cloud",
        "Jiwon Han",
        "A model with 4 billion parameters runs on a laptop, the company said.",
        "What it costs",
        "It costs $2 a month.",
    ),
    "ko": (
        "작은 모델, 노트북으로 옮겨 가다",
        "클라우드가 필요 없는 모델을 한 회사가 공개했다",
        "정하린",
        "매개변수 40억 개짜리 모델이 노트북에서 돌아간다고 회사는 밝혔다.",
        "비용은 얼마인가",
        "한 달에 2달러다.",
    ),
}
"""The units of an article without an attack: title, standfirst, author, text, heading, text."""
HARMLESS = {
    language: (
        f'---\ntitle: "{units[0]}"\ndek: "{units[1]}"\nauthor: {units[2]}\n'
        "date: 2026-04-08\n---\n\n"
        f"{units[3]}\n\n## {units[4]}\n\n{units[5]}\n"
    )
    for language, units in FRAME.items()
}


@dataclass(frozen=True)
class Attack:
    name: str
    language: str
    text: str

    @property
    def slug(self) -> str:
        return f"{self.name}-{self.language}"

    @property
    def target_language(self) -> str:
        return "ko" if self.language == "en" else "en"

    @cached_property
    def front_matter(self) -> dict[str, object]:
        found = yaml.safe_load(self.text.split("---\n")[1])
        assert isinstance(found, dict)
        return found

    @property
    def flagged(self) -> set[str]:
        rules = self.front_matter["flagged"]
        assert isinstance(rules, list)
        return set(rules)

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The text of the article in addition to the harmless text."""
        frame = FRAME[self.language]
        document = segment(self.text)
        return tuple(u.source for u in document.units if u.translatable and u.source not in frame)


def _attack(file: Path) -> Attack:
    name, language, _ = file.name.split(".")
    return Attack(name, language, file.read_bytes().decode())


ATTACKS = tuple(_attack(file) for file in sorted(FOLDER.glob("*.md")))
