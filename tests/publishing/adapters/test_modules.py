"""Each adapter can be read in one sitting."""

from pathlib import Path

from publishing import adapters

MOST = 180  # lines; what grows beyond that holds a second concept, which gets a file of its own


def test_no_module_of_an_adapter_is_too_long_to_be_read_at_once():
    [folder] = adapters.__path__
    lines = {path.name: len(path.read_text().splitlines()) for path in Path(folder).glob("*.py")}
    assert {name: count for name, count in lines.items() if count > MOST} == {}
    assert "base.py" in lines
