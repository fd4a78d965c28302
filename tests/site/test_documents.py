"""Which files are documents of a build."""

from pathlib import Path

from fep_tools.process.loader import parse_process
from fep_tools.site.documents import page_directories

from .sites import proposal, ROOT, SiteMaker


def test_no_file_takes_the_place_of_a_proposal(tmp_path: Path) -> None:
    for name in ("index.rst", "more.rst"):
        tmp_path.joinpath("extra").mkdir(exist_ok=True)
        tmp_path.joinpath("extra", name).write_text("Text.\n")
    text = (ROOT / "fep" / "process.toml").read_text("utf-8")
    process = parse_process(f'{text}\n[[pages]]\ndirectory = "extra"\npath = "fep-0007"\n')
    pages = page_directories(process, tmp_path, (".rst",), {"fep-0007"})
    assert pages == {"fep-0007/more": tmp_path / "extra/more.rst"}
    assert "fep-0007/index" in page_directories(process, tmp_path, (".rst",), {"fep-0008"})


def test_a_page_that_moves_to_the_same_address_stays(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7), "extra/a.rst": "First\n=====\n"})
    process = site.root / "fep" / "process.toml"
    text = process.read_text("utf-8")
    process.write_text(f'{text}\n[[pages]]\ndirectory = "extra"\npath = "docs"\n', "utf-8")
    site.build(conf=False)
    assert "First" in site.page("docs/a").text
    (site.root / "extra/a.rst").unlink()
    site.write("extra/a/index.rst", "Second\n======\n")
    site.build(conf=False)
    assert "Second" in site.page("docs/a").text
