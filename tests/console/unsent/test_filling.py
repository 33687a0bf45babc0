"""What was typed stands in the form of a drawn page again, whatever fields it has."""

from services.console.unsent.filling import fill_in

PAGE = """<!doctype html>
<form method="post" action="/language"><button name="language" value="en">English</button></form>
<form method="get" action="/inbox"><input name="opinion" value=""></form>
<form method="post" action="/a">
<input type="hidden" name="version" value="7">
<input name="title" value="old"><input type="date" name="day">
<input type="password" name="password">
<input type="checkbox" name="task" value="1" checked><input type="checkbox" name="task" value="2">
<input type="radio" name="verdict" value="APPROVED" checked> <input type="radio" name="verdict" value="REJECTED">
<select name="phrase"><option value="">—</option>
<optgroup label="x"><option>材料不全 &amp; 不符</option></optgroup></select>
<textarea name="opinion" rows="3">old &lt;text&gt;</textarea>
<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>
</form>
<p>1 &lt; 2 &#169;</p>
"""
TYPED = [
    ("version", "6"),
    ("title", 'new "one"'),
    ("day", "2026-05-01"),
    ("password", "secret"),
    ("task", "2"),
    ("verdict", "REJECTED"),
    ("phrase", "材料不全"),
    ("opinion", "\n第一行\n<b>第二行</b>"),
]


def test_each_kind_of_field_takes_what_was_typed() -> None:
    page, left = fill_in(PAGE, "/a", TYPED, "<!--mark-->")
    assert left == []
    for words in (
        '<form method="post" action="/a"><!--mark-->',
        '<input name="title" value="new &quot;one&quot;">',
        '<input type="date" name="day" value="2026-05-01">',
        '<input type="checkbox" name="task" value="1">',
        '<input type="checkbox" name="task" value="2" checked>',
        '<input type="radio" name="verdict" value="APPROVED">',
        '<input type="radio" name="verdict" value="REJECTED" checked>',
        '<textarea name="opinion" rows="3">\n\n第一行\n&lt;b&gt;第二行&lt;/b&gt;</textarea>',
    ):
        assert words in page


def test_hidden_fields_passwords_and_the_rest_of_the_page_stay() -> None:
    page, _ = fill_in(PAGE, "/a", TYPED, "")
    assert '<input type="hidden" name="version" value="7">' in page
    assert '<input type="password" name="password">' in page
    assert '<input name="opinion" value="">' in page, "a search is no form that is sent"
    before, after = PAGE.index('<form method="post" action="/a">'), PAGE.index("<svg")
    assert page.startswith(PAGE[:before])
    assert page.endswith(PAGE[after:])


def test_an_option_is_chosen_by_its_text_where_it_has_no_value() -> None:
    page, _ = fill_in(PAGE, "/a", [("phrase", "材料不全 & 不符"), ("opinion", "x")], "")
    assert "<option selected>材料不全 &amp; 不符</option>" in page


def test_the_form_with_the_same_fields_takes_them_where_that_of_the_address_is_gone() -> None:
    page, left = fill_in(PAGE, "/b", [("opinion", "意见"), ("verdict", "REJECTED")], "")
    assert ">\n意见</textarea>" in page
    assert left == []


def test_what_has_no_place_is_told_and_ids_are_not() -> None:
    typed = [("reason", "理由 一"), ("step", "confirm"), ("id", "00000000-0000-0000-0000-000000000001 3 某公司")]
    page, left = fill_in(PAGE, "/c", typed, "<!--mark-->")
    assert (page, left) == (PAGE, ["理由 一"])
