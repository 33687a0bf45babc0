"""What is found on a page that has it, so that finding nothing means something."""

import pytest
from playwright.async_api import Browser

from tests.browser.looking import chinese_left

HEAD = '<html lang="en"><body>'


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>Wholesale</p>", []),
        ("<p>批发</p>", ["p in p.#: 批发"]),
        ('<p lang="zh-CN">浙江通运批发有限公司</p>', []),
        ('<p lang="zh-CN"> 批发 </p>', ["p in p.#: 批发"]),
        ('<td lang="zh"><span>物流企业</span></td>', ["span in span.#: 物流企业"]),
        ('<ul lang="zh-CN"><li>中央企业<li>河南省商务厅</ul>', ["li in li.#: 中央企业"]),
        ('<p title="批发">Wholesale</p>', ["p title: 批发"]),
    ],
)
async def test_chinese_on_an_english_page(browser: Browser, page: str, found: list[str]) -> None:
    shown = await browser.new_page()
    await shown.set_content(HEAD + page)
    assert await chinese_left(shown) == found
    await shown.close()
