"""Units keep their identity and their work while the article changes around them."""

from __future__ import annotations

from dataclasses import replace

from bilingual.catalog.pairing import pair
from bilingual.catalog.trivial import is_trivial
from bilingual.catalog.update import update
from bilingual.model import Catalog, Entry, Kind, State, Target, Unit

EMPTY = Catalog("spark", "en", "ko", "articles/spark/index.en.md")
A, B, C = "Meta ships a model.", "It scores 52 on the index.", "Weights stay closed for now."


def units(*sources: str) -> list[Unit]:
    return [Unit(Kind.PARAGRAPH, source) for source in sources]


def worked(*sources: str) -> Catalog:
    """A catalog in which every unit is reviewed; the target says which it is."""
    catalog = update(EMPTY, units(*sources)).catalog
    entries = tuple(
        replace(
            entry,
            target=Target(f"번역 {number}", State.REVIEWED, "human:Kim", "Kim"),
            notes=(f"Kim: {number}",),
        )
        for number, entry in enumerate(catalog.entries)
    )
    return replace(catalog, entries=entries)


def targets(catalog: Catalog) -> list[str]:
    return [entry.target.text for entry in catalog.live]


def only(catalog: Catalog, source: str) -> Entry:
    return next(entry for entry in catalog.entries if entry.source == source)


def test_two_branches_that_add_one_text_agree_on_its_id():
    one = update(EMPTY, units(A, B)).catalog
    two = update(EMPTY, units(B)).catalog
    assert only(one, B).id == only(two, B).id


def test_nothing_changes_where_nothing_changed():
    catalog = worked(A, B, A)
    again = update(catalog, units(A, B, A))
    assert again.catalog == catalog
    assert not again.changed
    assert len(again.kept) == 3


def test_a_number_or_code_alone_is_no_entry():
    done = update(EMPTY, [Unit(Kind.CELL, "42.8", translatable=False), *units(A)])
    assert [entry.source for entry in done.catalog.entries] == [A]


def test_a_changed_unit_is_stale_and_shows_what_it_was_made_from():
    changed = B.replace("52", "57")
    done = update(worked(A, B, C), units(A, changed, C))
    entry = only(done.catalog, changed)
    assert done.stale == (entry.id,)
    assert (entry.target.text, entry.target.state) == ("번역 1", State.REVIEWED)
    assert entry.target.previous == B
    assert not entry.target.approved


def test_a_unit_changed_twice_still_shows_the_source_of_its_target():
    once = update(worked(A, B), units(A, B.replace("52", "57"))).catalog
    twice = update(once, units(A, B.replace("52", "58"))).catalog
    assert twice.live[1].target.previous == B


def test_a_text_that_comes_back_to_what_it_was_is_no_longer_stale():
    catalog = worked(A, B)
    changed = update(catalog, units(A, B.replace("52", "57"))).catalog
    assert update(changed, units(A, B)).catalog == catalog


def test_a_moved_unit_keeps_everything():
    catalog = worked(A, B, C)
    done = update(catalog, units(C, A, B))
    assert targets(done.catalog) == ["번역 2", "번역 0", "번역 1"]
    assert done.moved == (only(catalog, C).id,)


def test_what_is_deleted_sleeps_and_comes_back_with_its_work():
    catalog = worked(A, B, C)
    without = update(catalog, units(A, C))
    assert without.gone == (only(catalog, B).id,)
    assert only(without.catalog, B).obsolete
    back = update(without.catalog, units(A, B, C))
    assert back.restored == without.gone
    assert back.catalog == catalog


def test_a_unit_nobody_worked_on_is_not_kept_asleep():
    bare = update(EMPTY, units(A, B)).catalog
    assert len(update(bare, units(A)).catalog.entries) == 1


def test_repeated_texts_keep_their_own_targets_when_one_goes():
    catalog = worked("Model A", "MIT", "Model B", "MIT", "Model C", "MIT")
    done = update(catalog, units("Model A", "MIT", "Model C", "MIT")).catalog
    assert targets(done) == ["번역 0", "번역 1", "번역 4", "번역 5"]


def test_repeated_texts_keep_their_own_targets_when_their_row_moves():
    catalog = worked("Model A", "MIT", "Model B", "MIT")
    done = update(catalog, units("Model B", "MIT", "Model A", "MIT")).catalog
    assert targets(done) == ["번역 2", "번역 3", "번역 0", "번역 1"]


def test_a_split_paragraph_is_stale_where_most_of_it_is_and_new_for_the_rest():
    done = update(worked(f"{A} {B}", C), units(A, B, C))
    assert (len(done.stale), len(done.new), len(done.gone)) == (1, 1, 0)


def test_joined_paragraphs_are_stale_once():
    done = update(worked(A, B, C), units(f"{A} {B}", C))
    assert (len(done.stale), len(done.new), len(done.gone)) == (1, 0, 1)


def test_another_text_in_the_same_place_gets_no_target():
    done = update(worked(A, B, C), units(A, "Regulators in Seoul opened a case.", C)).catalog
    assert done.live[1].target == Target()


def test_a_comma_makes_nothing_stale_and_a_typo_only_with_leave():
    catalog = worked("The modle ships, today.")
    comma = update(catalog, units("The modle ships today."))
    assert comma.catalog.live[0].target.approved
    assert len(comma.accepted) == 1
    typo = units("The model ships, today.")
    assert update(catalog, typo).catalog.live[0].target.stale
    assert update(catalog, typo, accept=is_trivial).catalog.live[0].target.approved


def test_a_number_makes_stale_even_with_leave():
    done = update(worked(B), units(B.replace("52", "57")), accept=is_trivial)
    assert done.catalog.live[0].target.stale


def test_units_and_entries_are_paired_also_with_an_outdated_catalog():
    catalog = worked(A, B)
    here = [*units(A), Unit(Kind.CELL, "42.8", translatable=False), *units(C, B)]
    pairing = pair(catalog, here)
    assert not pairing.current
    found = [entry.target.text if entry else None for entry in pairing.entries]
    assert found == ["번역 0", None, "", "번역 1"]
    assert pair(catalog, units(A, B)).current
