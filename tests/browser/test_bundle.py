"""Modules as one script do in a browser what they do as modules."""

from speedup.web.bundle import bundle
from tests.test_offline_route import MODULES


def test_every_form_of_import_that_a_script_can_hold(browser):
    page = browser.new_page()
    page.add_script_tag(content=bundle(MODULES, ("whole.js",)))
    assert page.evaluate("speedup('whole.js').all()") == [2, 1, 3]
    page.close()


def test_modules_in_folders(browser):
    page = browser.new_page()
    page.add_script_tag(content=bundle(MODULES, ("room/whole.js",)))
    assert page.evaluate("speedup('room/whole.js').all()") == [1, 11, 3]
    page.close()
