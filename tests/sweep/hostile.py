"""What nobody types by mistake: values for any field, and scripts for every free text."""

import json

HUGE = "9" * 30
VALUES = [
    "", " ", "\t\n", "0", "-1", "-0", "1e400", "NaN", "Infinity", "1e5", "0x10", "１２３", "٣", "²", "1,5", "1.999999999",
    HUGE, "-" + HUGE, "9" * 5000, "2147483648", "9223372036854775808", "0.0000000001", "1" + "0" * 30,
    "\x00", "a\x00b", "\x01\x1b\x7f", "\ud800", "\udfff", "\ufffe", "\u202e", "\u200b", "\ufeff", "😀" * 50, "ﷺ" * 300,
    "0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-13-01", "26-1-1",
    "0001-01-01T00:00", "9999-12-31T23:59:59", "24:00", "99:99", "1582-10-10",
    "[]", "{}", "[[[[", '{"a":', "null", "true", '"x"', '[{"pk": null}]', "[" * 20000, '{"a":' * 5000, "[1,2,3]",
    '{"__proto__": 1}', '{"code": {"$gt": ""}}', json.dumps({"a": "x" * 5000}), '["\\ud800"]', '[{"id":"\\u0000"}]', "[NaN]", "1E+999999",
    "x" * 300, "长" * 5000, "x" * 100_000, "word " * 3000,
    "'", '"', "' OR 1=1 --", "'; DROP TABLE accounts_user; --", "%", "%s%s%n", "%(x)s", "{0}{x.__class__}", "{{ 7*7 }}",
    "{% debug %}", "\\", "../../../etc/passwd", "..\\..\\x", "/", "//", "a/b", "?x=1", "#", "&a=b",
    "true", "on", "None", "undefined", "__all__", "-", "—", "a@b", "a@b.c\nBcc: x@y.z", "x\r\nSet-Cookie: a=b",
    "http://example.com/", "//example.com", "javascript:alert(1)", "data:text/html,x", "00000000-0000-0000-0000-000000000000",
    "not-a-uuid", "230225", "000000", "99", "13800000001", "+8613800000001", "zh-hans", "xx", "CNY", "<b>x</b>",
]  # fmt: skip
"""NUL, halves of surrogate pairs, numbers no column holds, days no calendar knows, JSON that ends early or goes too deep."""

PATHS = ["0", "-1", "9" * 18, "9223372036854775808", "9" * 40, "x", "%00", "%ED%A0%80", "１", "..", "a%2Fb"]
"""In the place of a number in an address."""

FILES = [
    ("", b""),
    ("a.webp", b""),
    ("a.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 40),
    ("a.png", b"\x89PNG\r\n\x1a\n" + b"\xff" * 64),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='hit(1)'/>"),
    ("a.gif", b"GIF89a" + b"\x00" * 20),
    ("a.csv", b"\x00\xff\xfe,\xd8\n1,2\n"),
    ("a.csv", '=HYPERLINK(1),\u0661\n"open'.encode()),
    ("a.csv", b"a,b\n" + b"x," * 20000),
    ("a.xlsx", b"PK\x03\x04" + b"\x00" * 60),
    ("a.xlsx", b"PK\x05\x06" + b"\x00" * 18),
    ("a.pdf", b"%PDF-1.7\n%%EOF"),
    ("../../a.php\x00.jpg", b"<?php"),
    ("长" * 300 + ".jpg", b"x"),
]
"""Names and contents for boxes that take a file."""

HIT = "hit({})"
MARKUP = (
    "<script>@</script>", "<img src=x onerror=@>", "<svg onload=@>", "<svg/onload=@>", "<b onmouseover=@>x",
    "<body onload=@>", "<iframe onload=@>", "<iframe src=javascript:@>", "<a href=javascript:@>x</a>", "<object data=javascript:@>",
    "<input autofocus onfocus=@>", "<details open ontoggle=@>x", "<video><source onerror=@>", "<audio src onerror=@>",
    "<style onload=@>", "<link rel=stylesheet href=x onerror=@>", "<marquee onstart=@>", "<math href=javascript:@>x", "<base href=javascript:@>",
    "<meta http-equiv=refresh content=0;url=javascript:@>", "<form action=javascript:@><input type=submit>", "<template><img src onerror=@>",
    "<svg><animate onbegin=@ attributeName=x>", "<svg><script>@</script>", "<ScRiPt>@</sCrIpT>", "<img/src/onerror=@>",
    "<img src onerror='@'>", '<img src onerror="@">', "<IMG SRC=x ONERROR=@>", "<<script>@//<</script>",
)  # fmt: skip
BREAKING_OUT = (
    '"><script>@</script>', "'><script>@</script>", '" onfocus=@ autofocus="', "' onfocus=@ autofocus='", '" onload="@', "'-@-'", '"-@-"',
    "</script><script>@</script>", "</title><script>@</script>", "</textarea><script>@</script>", "</style><script>@</script>",
    "--><script>@</script>", "]]><script>@</script>", "</option></select><img src onerror=@>", "`-@-`", "${@}", "\\\"-@//", "\\'-@//", "*/@/*",
    "\u2028@//",
)  # fmt: skip
OTHER = (
    "javascript:@", "JaVaScRiPt:@", " javascript:@", "java\tscript:@", "javascript&colon;@", "&lt;script&gt;@&lt;/script&gt;",
    "&#60;script&#62;@&#60;/script&#62;", "\\u003cscript\\u003e@\\u003c/script\\u003e", "%3Cscript%3E@%3C/script%3E", "{{constructor.constructor('@')()}}",
)  # fmt: skip
SCRIPTS = tuple(text.replace("@", HIT.format(number)) for number, text in enumerate(MARKUP + BREAKING_OUT + OTHER))
"""Sixty of them; the number in ``hit(…)`` says which one ran."""
