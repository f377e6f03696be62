"""Faults of a sheet.yaml and of a file of words: each with its place, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.errors import FileFault, FileFaults
from symderiv.reports.sheets.settings import Settings, load_settings, load_words


def written(folder: Path, text: str) -> Path:
    path = folder / "sheet.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("titel: x", "sheet.yaml:1:1: titel: unknown key"),
        ("title: a\ntitle: b", "sheet.yaml:2:1: title: stands twice"),
        ("date: [a]", "sheet.yaml:1:7: date: no text"),
        ("course: {a: b}", "sheet.yaml:1:9: course: no text"),
        ("title: x\nwords: xx", "sheet.yaml:2:8: no words for the language 'xx'"),
        ("words: ../../etc", "sheet.yaml:1:8: no words for the language"),
        ("class_options: '\\input{x}'", "sheet.yaml:1:16: class_options: no options"),
        ("", "sheet.yaml:1:1: the file is empty"),
        ("- a", "sheet.yaml:1:1: the file is no mapping"),
        ("title: 'x", "sheet.yaml:1:"),
        ("title: !!python/object x", "sheet.yaml:1:"),
    ],
)
def test_a_fault_has_a_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FileFaults) as caught:
        load_settings(written(tmp_path, text))
    assert said in caught.value.in_full()


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileFaults) as caught:
        load_settings(written(tmp_path, "titel: x\ndate: [a]\nwords: xx"))
    assert len(caught.value.faults) == 3 and "did you mean 'title'?" in caught.value.in_full()


def test_values_stay_as_they_are_typed(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, "date: 2026-11-21\ntitle: 1.10\ncourse: yes\n"))
    assert settings == Settings(date="2026-11-21", title="1.10", course="yes")


def test_words_of_ones_own_stand_beside_the_settings(tmp_path: Path) -> None:
    words = "solution: Ratkaisu\nlanguage: fi\nrules: {chain rule: ketjusääntö}\n"
    (tmp_path / "fi.yaml").write_text(words, encoding="utf-8")
    known = load_words(load_settings(written(tmp_path, "words: fi.yaml")).words)
    assert (known["solution"], known["rules.chain rule"]) == ("Ratkaisu", "ketjusääntö")
    assert known["points"] == "points"


def test_a_fault_in_words_has_its_own_place(tmp_path: Path) -> None:
    (tmp_path / "fi.yaml").write_text("solution: [a]\n", encoding="utf-8")
    with pytest.raises(FileFaults, match="no text"):
        load_settings(written(tmp_path, "words: fi.yaml"))
    with pytest.raises(FileFault, match="no words"):
        load_words("missing.yaml")
