"""Single keys as shortcuts can be switched off on every page that has them (WCAG 2.1.4)."""

from importlib import resources

CONSOLE = resources.files("services.console")


def _scripts() -> dict[str, str]:
    scripts = (CONSOLE / "static" / "js").iterdir()
    return {script.name: script.read_text() for script in scripts if script.name.endswith(".js")}


def test_one_script_alone_listens_to_the_keys_of_a_whole_page() -> None:
    assert [name for name, text in _scripts().items() if 'document.addEventListener("keydown"' in text] == ["keys.js"]


def test_where_there_are_shortcuts_there_is_their_switch() -> None:
    with_keys = {name for name, text in _scripts().items() if "./keys.js" in text}
    assert with_keys == {"inbox.js", "assignments.js"}
    for page in ("inbox/inbox.html", "assignments/list.html"):
        assert "data-keys-on" in (CONSOLE / "templates" / page).read_text()
