"""Short addresses lead to the proposal, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("short", ["11/", "0011/", "fep-11/"])
def test_a_short_address(browser: Browser, site: str, short: str, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{site}{short}")
    page.wait_for_url(f"{site}fep-0011/")
    assert page.title().startswith("FEP 11")
    context.close()
