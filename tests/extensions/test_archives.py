"""Archives are read in memory; each attack is refused, with the member that makes it."""

from __future__ import annotations

import gzip
import tarfile
import tracemalloc
import zipfile
import zlib
from pathlib import Path
from random import Random

import pytest

from fep_tools._text import safe
from fep_tools.extensions.archives import Archive, ArchiveProblem, read_archive
from fep_tools.extensions.containers import Limits

from .archive_files import sdist, SOURCE, tar, tar_info, wheel

SMALL_LIMITS = Limits(data=1 << 20, members=10, source=100_000, total=250_000, ratio=200)


def noise(size: int) -> bytes:
    """Return text that can hardly be compressed."""
    return bytes(Random(size).choices(range(32, 127), k=size))


def problems(archive: Archive) -> list[str]:
    return [str(problem) for problem in archive.problems]


def read_wheel(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> Archive:
    return read_archive(wheel(*entries), "x-1.0-py3-none-any.whl", SMALL_LIMITS)


def read_sdist(*entries: tuple[str | tarfile.TarInfo, bytes]) -> Archive:
    return read_archive(sdist(*entries), "x-1.0.tar.gz", SMALL_LIMITS)


def test_a_wheel_is_read() -> None:
    archive = read_archive(
        wheel(
            ("x/__init__.py", SOURCE),
            ("x/static/x.js", b"\xff"),
            ("x/data/", b""),
            ("x-1.0.dist-info/METADATA", b"Name: x\n"),
            ("x/vendored-1.0.dist-info/METADATA", b"Name: other\n"),
        ),
        "X-1.0-py3-none-any.WHL",
    )
    assert archive == Archive({"x/__init__.py": "import flask\n"}, "Name: x\n", [])


def test_an_sdist_is_read() -> None:
    entries = (
        ("./x-1.0/PKG-INFO", b"Name: x\n"),
        ("./x-1.0/x.egg-info/PKG-INFO", b"Name: other\n"),
        ("./x-1.0/x.py", SOURCE),
        ("x-1.0/x", b""),
    )
    archive = read_sdist((tar_info("x-1.0", tarfile.DIRTYPE), b""), *entries)
    assert archive == Archive({"x-1.0/x.py": "import flask\n"}, "Name: x\n", [])


def test_an_sdist_may_be_a_zip_file() -> None:
    archive = read_archive(wheel(("x-1.0/x.py", SOURCE)), "x-1.0.zip")
    assert archive.sources == {"x-1.0/x.py": "import flask\n"}


@pytest.mark.parametrize("filename", ["x-1.0.tar.bz2", "x-1.0.exe", "x"])
def test_other_files_are_refused(filename: str) -> None:
    archive = read_archive(b"", filename)
    assert problems(archive) == ["archive is neither a wheel nor an sdist in .tar.gz or .zip"]


# Names --------------------------------------------------------------------------------------------

NAMES = [
    ("../../etc/cron.d/x.py", "leads out of the archive"),
    ("x/../../y.py", "leads out of the archive"),
    ("..", "leads out of the archive"),
    ("/etc/x.py", "has an absolute name"),
    ("C:/x.py", "has a name that Windows takes for another one"),
    ("..\\x.py", "has a name that Windows takes for another one"),
    ("x//y.py", "has a name that is written in an odd way"),
    ("x/./y.py", "has a name that is written in an odd way"),
    ("x/\x1b[2J.py", "has a name with invisible characters, or not in UTF-8"),
    ("x/\u202eyp.txt", "has a name with invisible characters, or not in UTF-8"),
]


@pytest.mark.parametrize(("name", "reason"), NAMES)
@pytest.mark.parametrize("read", [read_wheel, read_sdist])
def test_a_dangerous_name_is_refused(read, name: str, reason: str) -> None:  # type: ignore[no-untyped-def]
    archive = read((name, SOURCE), ("x/good.py", SOURCE))
    assert archive.problems == [ArchiveProblem(name, reason)]
    assert archive.sources == {"x/good.py": "import flask\n"}
    assert str(archive.problems[0]).isprintable()


def test_a_name_with_a_null_byte_is_refused() -> None:
    # zipfile shows "x/a.py" for this name.
    data = wheel(("x/a.py_.txt", SOURCE)).replace(b"x/a.py_.txt", b"x/a.py\0.txt")
    archive = read_archive(data, "x.whl")
    assert problems(archive) == [
        r"x/a.py\x00.txt: has a name with invisible characters, or not in UTF-8"
    ]


@pytest.mark.parametrize("name", ["\0/a.py", "x/\0a.py"])
def test_a_name_that_zipfile_shows_as_none_or_as_a_directory_is_refused(name: str) -> None:
    data = wheel(("q" * len(name), SOURCE), ("x/good.py", SOURCE))
    archive = read_archive(data.replace(b"q" * len(name), name.encode()), "x.whl")
    assert problems(archive) == [
        f"{safe(name)}: has a name with invisible characters, or not in UTF-8"
    ]
    assert archive.sources == {"x/good.py": "import flask\n"}


def test_a_member_without_a_name_is_refused() -> None:
    data = wheel(("q", SOURCE), stored=True)
    local, directory = data.index(b"q"), data.rindex(b"q")
    # The lengths of the name and of the extra field, which is that letter now.
    data = data[: local - 4] + b"\0\0\1\0" + data[local:]
    data = data[: directory - 18] + b"\0\0\1\0" + data[directory - 14 :]
    assert problems(read_archive(data, "x.whl")) == ["archive has a member without a name"]


def test_a_name_that_is_not_utf8_is_refused() -> None:
    assert problems(read_sdist(("x/\udce9.py", SOURCE))) == [
        r"x/\udce9.py: has a name with invisible characters, or not in UTF-8"
    ]
    data = wheel(("x/é.py", SOURCE)).replace("é".encode(), b"\xff\xfe")
    assert problems(read_archive(data, "x.whl")) == [
        "archive is not a valid archive: a name is not in UTF-8"
    ]


@pytest.mark.parametrize("read", [read_wheel, read_sdist])
def test_of_two_members_with_one_name_none_is_read(read) -> None:  # type: ignore[no-untyped-def]
    archive = read(("x/a.py", b"import flask\n"), ("x/a.py", b"import os\n"))
    assert archive.sources == {}
    assert problems(archive) == ["x/a.py: is in the archive twice; neither was read"]
    # Both names lead to the same file.
    archive = read(("x/a.py", b"import flask\n"), ("./x/a.py", b"import os\n"))
    assert archive.sources == {}


def test_a_name_that_differs_between_the_two_headers_is_refused() -> None:
    data = wheel(("x/a.py", SOURCE)).replace(b"x/a.py", b"x/b.py", 1)
    (problem,) = problems(read_archive(data, "x.whl"))
    assert problem.startswith("x/a.py: is damaged or cannot be read: File name in directory")


# Special members ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (tarfile.SYMTYPE, "is a link"),
        (tarfile.LNKTYPE, "is a hard link"),
        (tarfile.CHRTYPE, "is a device or another special file"),
        (tarfile.BLKTYPE, "is a device or another special file"),
        (tarfile.FIFOTYPE, "is a device or another special file"),
        (b"Z", "is a device or another special file"),
    ],
)
def test_a_special_member_of_a_tar_file_is_refused(kind: bytes, reason: str) -> None:
    archive = read_sdist((tar_info("x/a.py", kind, "/etc/passwd"), b""), ("x/b.py", SOURCE))
    assert problems(archive) == [f"x/a.py: {reason}"]
    assert list(archive.sources) == ["x/b.py"]


@pytest.mark.parametrize(
    ("mode", "reason"),
    [(0o120777, "is a link"), (0o020666, "is a device or another special file")],
)
def test_a_special_member_of_a_zip_file_is_refused(mode: int, reason: str) -> None:
    info = zipfile.ZipInfo("x/a.py")
    info.external_attr = mode << 16
    archive = read_wheel((info, b"/etc/passwd"))
    assert (archive.sources, problems(archive)) == ({}, [f"x/a.py: {reason}"])


def test_a_sparse_file_is_refused() -> None:
    # "x/a.py" states that it is 1 GiB of nothing, in the oldest of the three ways to say it.
    header = bytearray(tarfile.TarInfo("x/a.py").tobuf())
    header[156:157] = tarfile.GNUTYPE_SPARSE
    header[386:410] = b"00000000000\0" + b"00000000000\0"
    header[483:495] = b"10000000000\0"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    archive = read_archive(gzip.compress(bytes(header) + bytes(1024)), "x.tar.gz")
    assert (archive.sources, problems(archive)) == ({}, ["x/a.py: is a sparse file"])


# Bombs --------------------------------------------------------------------------------------------


def test_a_member_that_is_compressed_too_much_is_refused() -> None:
    archive = read_wheel(("x/bomb.py", b"#" * 90_000), ("x/good.py", SOURCE))
    assert problems(archive) == ["x/bomb.py: is compressed more than 200 times"]
    assert list(archive.sources) == ["x/good.py"]


def test_an_sdist_that_is_compressed_too_much_is_not_read_further() -> None:
    archive = read_sdist(("x/good.py", SOURCE), ("x/bomb.txt", b"#" * 10_000_000))
    assert problems(archive) == ["archive unpacks to more than 250000 bytes"]
    limits = Limits()
    data = sdist(("x/good.py", SOURCE), ("x/bomb.txt", b"#" * 10_000_000))
    archive = read_archive(data, "x.tar.gz", limits)
    assert problems(archive) == ["archive is compressed more than 200 times"]
    assert list(archive.sources) == ["x/good.py"]


def test_a_huge_file_is_refused() -> None:
    content = noise(100_001)
    for read in (read_wheel, read_sdist):
        archive = read(("x/huge.py", content), ("x/good.py", SOURCE))
        assert problems(archive) == ["x/huge.py: is larger than 100000 bytes"]
        assert list(archive.sources) == ["x/good.py"]


def test_a_file_that_states_a_wrong_size_is_not_read_further() -> None:
    # The directory says 12 bytes; there are 100,000.
    data = bytearray(wheel(("x/a.py", b"0123456789\n#" * 9_000), stored=True))
    start = data.rindex(b"PK\x01\x02")
    data[start + 24 : start + 28] = (12).to_bytes(4, "little")
    archive = read_archive(bytes(data), "x.whl", SMALL_LIMITS)
    assert archive.sources.get("x/a.py", "") == ""
    assert "x/a.py: is damaged or cannot be read: Bad CRC-32" in problems(archive)[0]


def test_a_bomb_that_states_a_small_size_is_not_unpacked() -> None:
    data = bytearray(wheel(("x/a.py", b"#" * 50_000_000)))
    start = data.rindex(b"PK\x01\x02")
    data[start + 24 : start + 28] = (12).to_bytes(4, "little")
    tracemalloc.start()
    archive = read_archive(bytes(data), "x.whl")
    _current, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert problems(archive)[0].startswith("x/a.py: is damaged or cannot be read: Bad CRC-32")
    assert peak < 2_000_000


def test_many_files_that_are_large_together_are_refused() -> None:
    content = noise(90_000)
    archive = read_wheel(*((f"x/{n}.py", content) for n in range(4)))
    assert problems(archive) == ["archive has more than 250000 bytes of Python files"]
    assert list(archive.sources) == ["x/0.py", "x/1.py"]


@pytest.mark.parametrize("read", [read_wheel, read_sdist])
def test_too_many_members_are_refused(read) -> None:  # type: ignore[no-untyped-def]
    archive = read(*((f"x/{n}.py", b"") for n in range(11)))
    assert problems(archive) == ["archive has more than 10 members"]


def test_members_that_share_their_bytes_are_counted_each() -> None:
    """Overlapping members: a small file that unpacks to a large one (Fifield, 2019)."""
    content = noise(90_000)
    data = wheel(*((f"x/{n}.py", content) for n in range(4)))
    first = data.index(b"PK\x01\x02")
    entries = data[first:].split(b"PK\x01\x02")[1:]
    # Every entry of the directory now points at the first member.
    directory = b"".join(b"PK\x01\x02" + entry[:38] + b"\0\0\0\0" + entry[42:] for entry in entries)
    archive = read_archive(data[:first] + directory, "x.whl", SMALL_LIMITS)
    assert list(archive.sources) == ["x/0.py"]
    assert len(archive.problems) == 3


def test_an_archive_in_an_archive_is_not_opened() -> None:
    inner = wheel(("x/a.py", SOURCE))
    for read in (read_wheel, read_sdist):
        archive = read(("x/inner.zip", inner), ("x/inner.tar.gz", inner))
        assert problems(archive) == [
            "x/inner.zip: is an archive itself; it was not opened",
            "x/inner.tar.gz: is an archive itself; it was not opened",
        ]


def test_an_archive_that_is_too_large_is_not_read() -> None:
    archive = read_archive(bytes(SMALL_LIMITS.data + 1), "x.whl", SMALL_LIMITS)
    assert problems(archive) == ["archive is larger than 1 MiB"]


# Damage -------------------------------------------------------------------------------------------


def test_archives_that_are_cut_off_are_reported() -> None:
    content = noise(40_000)
    data = sdist(("x/a.py", SOURCE), ("x/data.bin", content))
    for length in (0, 5, len(data) // 2, len(data) - 4):
        archive = read_archive(data[:length], "x.tar.gz")
        assert len(archive.problems) == 1
        assert problems(archive)[0].startswith("archive is damaged or cut off: ")
    data = wheel(("x/a.py", SOURCE))
    for length in (0, 5, 30, len(data) - 4):
        archive = read_archive(data[:length], "x.whl")
        assert problems(archive) == ["archive is damaged or cut off: File is not a zip file"]


def test_a_tar_file_that_ends_inside_a_member_is_reported() -> None:
    data = tar(("x/a.py", SOURCE), ("x/b.py", b"#" * 2000))[:1536]
    archive = read_archive(gzip.compress(data), "x.tar.gz")
    assert len(archive.problems) == 1
    assert problems(archive)[0].startswith("archive is damaged or cut off: ")


def test_a_damaged_header_does_not_end_a_tar_file() -> None:
    data = tar(("x/a.py", SOURCE), ("x/b.py", SOURCE), ("x/c.py", SOURCE))
    data = data[:1030] + b"?" + data[1031:]  # in the name of the second
    archive = read_archive(gzip.compress(data), "x.tar.gz")
    assert list(archive.sources) == ["x/a.py"]
    assert problems(archive) == ["archive is damaged or cut off: bad checksum"]


def test_a_damaged_member_is_reported_and_others_are_read() -> None:
    data = bytearray(wheel(("x/a.py", b"print(1234567890)\n" * 20), ("x/b.py", SOURCE)))
    data[40] ^= 0xFF
    archive = read_archive(bytes(data), "x.whl")
    assert problems(archive)[0].startswith("x/a.py: is damaged or cannot be read: ")
    assert list(archive.sources) == ["x/b.py"]


def test_an_encrypted_member_is_reported() -> None:
    data = bytearray(wheel(("x/a.py", SOURCE)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert problems(read_archive(bytes(data), "x.whl")) == ["x/a.py: is encrypted"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 93, 99])
def test_another_compression_is_reported(method: int) -> None:
    # LZMA has an error of its own, and asks for as much memory as its header says.
    data = bytearray(wheel(("x/a.py", SOURCE)))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(mark) + offset] = method
    (problem,) = problems(read_archive(bytes(data), "x.whl"))
    assert problem == "x/a.py: is compressed in a way that distributions are not"


def test_a_negative_size_is_refused_and_ends() -> None:
    header = bytearray(tarfile.TarInfo("x/a.txt").tobuf())
    header[124:136] = b"\xff" * 10 + b"\xfc\x00"  # -1024 in base 256
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    archive = read_archive(gzip.compress(bytes(header) + bytes(1024)), "x.tar.gz")
    assert len(archive.problems) == 1


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        (tarfile.XHDTYPE, 5000), (tarfile.XGLTYPE, 5000), (tarfile.SOLARIS_XHDTYPE, 5000),
        (tarfile.GNUTYPE_LONGNAME, 70_000),
    ],
)  # fmt: skip
def test_a_huge_header_is_refused(kind: bytes, size: int) -> None:
    header = tarfile.TarInfo("x")
    header.type = kind
    header.size = size
    # Python 3.11.9 looks at a list of facts that is one long number in quadratic time.
    data = header.tobuf() + b"1" * (-(-size // 512) * 512) + tar(("x/a.py", SOURCE))
    archive = read_archive(gzip.compress(data), "x.tar.gz")
    assert problems(archive) == ["archive is damaged or cut off: a header is too large"]


def test_a_chain_of_headers_is_refused() -> None:
    # Each header says that the next one has a long name.
    link = tarfile.TarInfo("././@LongLink")
    link.type = tarfile.GNUTYPE_LONGNAME
    link.size = 1
    chain = (link.tobuf() + b"a".ljust(512, b"\0")) * 3000
    data = zlib.compress(chain + tarfile.TarInfo("x/a.py").tobuf(), 0, 31)
    archive = read_archive(data, "x.tar.gz")
    assert problems(archive) == [
        "archive is not a valid archive: too many headers follow each other"
    ]


# Texts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("é = 1\n".encode(), "é = 1\n"),
        (b"\xef\xbb\xbfx = 1\n", "x = 1\n"),
        (b"# -*- coding: latin-1 -*-\n\xe9 = 1\n", "# -*- coding: latin-1 -*-\né = 1\n"),
        ("# coding: shift_jis\nあ = 1\n".encode("shift_jis"), "# coding: shift_jis\nあ = 1\n"),
    ],
)
def test_usual_encodings_are_read(content: bytes, text: str) -> None:
    assert read_wheel(("x/a.py", content)).sources == {"x/a.py": text}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"# coding: utf-7\n+AG8-s\n", "declares the encoding utf-7, which sources do not have"),
        (b"# coding: rot13\nvzcbeg bf\n", "declares the encoding rot13, which sources do not have"),
        (b"# coding: x-none\n", "declares an encoding that does not exist or does not fit"),
        (
            b"\xef\xbb\xbf# coding: latin-1\n",
            "declares an encoding that does not exist or does not fit",
        ),
        (b"x = 1\ny = '\xe9'\n", "is not in utf-8, as it should be: byte 12 does not fit"),
        (b"import os\0\n", "has null bytes"),
    ],
)
def test_odd_encodings_are_refused(content: bytes, reason: str) -> None:
    archive = read_wheel(("x/a.py", content), ("x/good.py", SOURCE))
    assert problems(archive) == [f"x/a.py: {reason}"]
    assert list(archive.sources) == ["x/good.py"]


# Code ---------------------------------------------------------------------------------------------


def test_setup_code_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code = f"open({str(tmp_path / 'ran')!r}, 'w').close()\n".encode()
    names = ("x/setup.py", "x/__init__.py", "x/conftest.py", "x/sitecustomize.py", "x/a.pth")
    backend = b'[build-system]\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    entries = [*((name, code) for name in names), ("x/pyproject.toml", backend)]
    for archive in (read_sdist(*entries), read_wheel(*entries)):
        assert archive.problems == []
        assert len(archive.sources) == 4
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_for_a_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read_wheel(("../x.py", SOURCE), ("x/a.py", SOURCE))
    read_sdist(("../x.py", SOURCE), ("x/a.py", SOURCE))
    assert list(tmp_path.iterdir()) == []
