"""What the package keeps of its own data, as Python keeps bytecode."""

from __future__ import annotations

import marshal
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from chelate import resources


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(resources, "DATA", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "table.toml"
    path.write_text("a = 1\n")
    return path


def test_what_is_kept_is_used_while_the_file_is_the_same(data: Path) -> None:
    assert resources.parsed_toml(data) == {"a": 1}
    kept = Path(cache_from_source(str(data)))
    key, _ = marshal.loads(kept.read_bytes())
    kept.write_bytes(marshal.dumps((key, {"a": "kept"})))
    assert resources.parsed_toml(data) == {"a": "kept"}


def test_a_changed_file_is_parsed_again(data: Path) -> None:
    resources.parsed_toml(data)
    data.write_text("a = 22\n")
    assert resources.parsed_toml(data) == {"a": 22}


@pytest.mark.parametrize("broken", [b"", b"nonsense", marshal.dumps(3), marshal.dumps((1, 2, 3))])
def test_what_is_kept_broken_is_made_anew(data: Path, broken: bytes) -> None:
    resources.parsed_toml(data)
    Path(cache_from_source(str(data))).write_bytes(broken)
    assert resources.parsed_toml(data) == {"a": 1}


def test_nothing_is_kept_where_python_keeps_no_bytecode(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert resources.parsed_toml(data) == {"a": 1}
    assert not list(data.parent.glob("__pycache__/*"))
