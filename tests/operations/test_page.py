"""The page on operations says what the operations say."""

from tests.operations.operations_page import MARK, PAGE, tables


def test_the_tables_are_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8").split(MARK)[1] == tables(), "run operations_page.py"
