"""Files that conf.py names, of which one may be a link."""

from __future__ import annotations

import pytest

from .sites import proposal, SiteMaker

CONF = "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\n"


@pytest.mark.parametrize(
    ("settings", "link"),
    [
        ("html_static_path = ['own']\n", "own/secret.txt"),
        ("html_static_path = ['own']\n", "own"),
        ("html_extra_path = ['own', 'other/a.txt']\n", "own/secret.txt"),
        ("html_logo = 'own/secret.txt'\n", "own/secret.txt"),
        ("html_favicon = 'own/secret.txt'\n", "own"),
    ],
)
def test_what_a_link_leads_to_is_not_published(
    make_site: SiteMaker, settings: str, link: str
) -> None:
    site = make_site(
        {7: proposal(7), "conf.py": CONF + settings, "own/a.txt": "A", "other/a.txt": "Mine."}
    )
    outside = site.root.parent / "outside"
    outside.mkdir()
    outside.joinpath("secret.txt").write_text("Secret", "utf-8")
    if link == "own":
        site.root.joinpath("own", "a.txt").unlink()
        site.root.joinpath("own").rmdir()
        site.root.joinpath("own").symlink_to(outside)
    else:
        site.root.joinpath(link).symlink_to(outside / "secret.txt")
    assert site.build().errors == 1
    assert f"{link}: a link is not followed, so what {settings.split(' ')[0]}" in site.warnings
    assert not [name for name, data in site.files().items() if b"Secret" in data]
    if "html_extra_path" in settings:
        assert site.files()["a.txt"] == b"Mine."
