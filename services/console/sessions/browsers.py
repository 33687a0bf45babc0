"""A browser in short words, as its owner may know it again. Pure; what nobody can tell stays empty."""

import re

BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/(\d+)"),
    ("WeChat", r"MicroMessenger/(\d+)"),
    ("Firefox", r"(?:Firefox|FxiOS)/(\d+)"),
    ("Chrome", r"(?:HeadlessChrome|Chrome|CriOS|Chromium)/(\d+)"),
    ("Safari", r"Version/(\d+)[\d.]* (?:Mobile/\S+ )?Safari/"),
)
"""The first that fits: most browsers also name those they resemble."""

SYSTEMS = (
    ("HarmonyOS", r"HarmonyOS|OpenHarmony"),
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows NT"),
    ("macOS", r"Macintosh"),
    ("Linux", r"Linux|X11"),
)


def browser_words(agent: str) -> tuple[str, str]:
    """Browser with its version, and system, of a `User-Agent`."""
    browser = next((f"{name} {found[1]}" for name, how in BROWSERS if (found := re.search(how, agent))), "")
    return browser, next((name for name, how in SYSTEMS if re.search(how, agent)), "")
