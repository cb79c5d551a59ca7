"""Zip archives of records: read member by member, and refused where they are a trap."""

from __future__ import annotations

import io
import json
import random
import stat
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest

from chelate import files
from chelate.findings import InputError
from chelate.models import Label
from chelate.readers import archive, dsld_zip


def other(document: files.Document) -> Label:
    raise document.error("another kind")


def record(number: int) -> str:
    rows = [{"name": "Zinc", "quantity": [{"quantity": 15, "unit": "mg"}]}]
    return json.dumps({"id": number, "fullName": f"P{number}", "ingredientRows": rows})


def zipped(*members: tuple[str | zipfile.ZipInfo, str | bytes]) -> io.BytesIO:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        warnings.simplefilter("ignore")
        for name, content in members:
            opened.writestr(name, content)
    return stream


def read(stream: Any) -> list[Label | InputError]:
    return list(dsld_zip.labels(stream, file="a.zip", other=other))


def messages(found: list[Label | InputError]) -> list[str]:
    return [str(each) for each in found if isinstance(each, InputError)]


def test_each_member_is_a_label_that_names_its_member_and_record() -> None:
    found = read(zipped(("labels/5.json", record(5)), ("labels/6.json", record(6))))
    origins = [each.origin for each in found if isinstance(each, Label)]
    assert [(o.file, o.record) for o in origins if o] == [
        ("a.zip/labels/5.json", "5"),
        ("a.zip/labels/6.json", "6"),
    ]


def test_a_zip_on_the_disk_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(("5.json", record(5)), ("x.jsonl", f"{record(6)}\n{record(7)}\n"))
                     .getvalue())  # fmt: skip
    assert archive.is_zip(path.read_bytes())
    assert archive.names(path, file="a.zip") == ["5.json", "x.jsonl"]
    assert len([each for each in read(path) if isinstance(each, Label)]) == 3


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.json")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("../up.json", record(1), "leads out"),
        ("a/../../up.json", record(1), "leads out"),
        ("a\\..\\up.json", record(1), "leads out"),
        ("/etc/x.json", record(1), "absolute"),
        ("\\x.json", record(1), "absolute"),
        ("C:\\x.json", record(1), "absolute"),
        (link(), "/etc/passwd", "link"),
        ("inner.zip", zipped(("1.json", record(1))).getvalue(), "archive"),
        ("inner.json", zipped(("1.json", record(1))).getvalue(), "archive in the archive"),
        ("5.json", record(1), "twice"),
        ("broken.json", '{"id": 77, ', "record 77: broken JSON"),
        ("picture.png", b"\x89PNG\0", "not text"),
        ("words.txt", "plain words", "no JSON record"),
        ("blank.json", "[" + " " * 12_000_000 + "]", "200 times its size"),
        ("long.json", f'["{random.Random(7).randbytes(8_500_000).hex()}"]', "too long"),
        ("table.csv", "a,b\n1,2\n", "no table of the DSLD export"),
    ],
)
def test_a_member_that_is_refused_is_named_and_the_rest_are_read(
    name: Any, content: str | bytes, said: str
) -> None:
    padding = ("pad.json", random.Random(7).randbytes(200_000))
    found = read(zipped(("5.json", record(5)), (name, content), ("6.json", record(6)), padding))
    assert [each.product for each in found if isinstance(each, Label)] == ["P5", "P6"]
    told = [each for each in messages(found) if "pad.json" not in each]
    assert len(told) == 1, told
    assert said in told[0]
    assert (name if isinstance(name, str) else name.filename).split("\\")[-1] in told[0]


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(zipped(("5.json", record(5)), ("6.json", record(6))).getvalue())
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    found = read(io.BytesIO(bytes(data)))
    assert [each.product for each in found if isinstance(each, Label)] == ["P6"]
    assert "encrypted" in messages(found)[0]


def test_a_member_whose_bytes_are_damaged_is_named_and_the_rest_are_read() -> None:
    data = bytearray(zipped(("5.json", record(5)), ("6.json", record(6))).getvalue())
    at = data.index(b"5.json") + len(b"5.json") + 10
    data[at] ^= 0xFF
    found = read(io.BytesIO(bytes(data)))
    assert [each.product for each in found if isinstance(each, Label)] == ["P6"]
    assert "a.zip/5.json" in messages(found)[0]


def test_a_bomb_is_refused_before_anything_is_unpacked() -> None:
    with pytest.raises(InputError, match=r"times its size; expected at most 200"):
        read(zipped(("5.json", " " * 40_000_000)))


def test_an_archive_with_too_many_members_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 1)
    with pytest.raises(InputError, match="2 members; expected at most 1"):
        read(zipped(("5.json", record(5)), ("6.json", record(6))))


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 100)
    with pytest.raises(InputError, match="unpack to"):
        read(zipped(("5.json", record(5)), ("6.json", record(6))))


@pytest.mark.parametrize("content", [b"PK\x03\x04garbage", b"PK\x05\x06", b""])
def test_what_is_no_archive_is_an_error_of_the_file(content: bytes) -> None:
    with pytest.raises(InputError, match="zip archive cannot be read"):
        read(io.BytesIO(content))


def test_a_missing_archive_is_an_error_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "none.zip")


def test_folders_and_files_about_the_archive_are_passed_over() -> None:
    aside = [("__MACOSX/5.json", "x"), ("labels/", ""), ("README.txt", "x"), (".DS_Store", "x")]
    assert read(zipped(*aside)) == []
