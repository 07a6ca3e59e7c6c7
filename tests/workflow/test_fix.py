"""``check --fix`` writes certain fixes and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bilingual.cli.app.program import run
from bilingual.model import State, Target
from bilingual.workflow.check import check
from bilingual.workflow.fix import fix
from bilingual.workflow.segment import segment

ARTICLE = "# News\n\nThe API returns a URL.\n\nMeta ships a model.\n"
TARGETS = {
    "News": "뉴스",
    "The API returns a URL.": "API은 URL를 돌려준다.",
    "Meta ships a model.": "메타가 모델을 내놓았다.",
}


@pytest.fixture
def newsroom(make_newsroom):
    newsroom = make_newsroom({"api/en": ARTICLE})
    segment(newsroom)

    def review(catalog):
        entries = tuple(
            replace(
                entry,
                target=Target(
                    TARGETS[entry.source],
                    State.REVIEWED,
                    "human:kim",
                    "kim",
                    "2026-01-01T00:00:00Z",
                ),
            )
            for entry in catalog.entries
        )
        return replace(catalog, entries=entries)

    newsroom.change(newsroom.article("api"), "ko", review)
    return newsroom


def targets(newsroom):
    return [entry.target for entry in newsroom.catalog("api", "ko").entries]


def test_two_wrong_particles_of_one_unit_are_fixed_and_the_rest_is_kept(newsroom, now):
    before = targets(newsroom)
    assert fix(newsroom, time=now) == 2
    news, api, meta = targets(newsroom)
    assert api.text == "API는 URL을 돌려준다."
    assert (api.state, api.origin, api.reviewer, api.time) == (
        State.REVIEWED,
        "human:kim",
        "kim",
        now,
    )
    assert [news, meta] == [before[0], before[2]]
    assert not [each for each in check(newsroom).findings if each.rule == "particle"]


def test_an_ignored_rule_fixes_nothing(newsroom, now):
    before = targets(newsroom)
    assert fix(newsroom, ignore=["particle"], time=now) == 0
    assert targets(newsroom) == before


def test_the_command_reports_how_many_it_fixed(newsroom, monkeypatch, capsys):
    monkeypatch.chdir(newsroom.root)
    assert run(["check", "--fix"]) == 0
    printed = capsys.readouterr()
    assert "2 findings fixed" in printed.err
    assert "No findings in 3 units." in printed.out


def test_files_outside_a_newsroom_are_not_fixed(newsroom, monkeypatch, capsys):
    monkeypatch.chdir(newsroom.root)
    assert run(["check", "--fix", "--pair", "a.md", "b.md"]) == 2
    assert "`--fix` works on the catalogs of a newsroom only" in capsys.readouterr().err
