import pytest
from django.core.exceptions import ValidationError

from people.telephone import check_phone_lines, phone_line


@pytest.mark.parametrize(
    ("line", "parts", "href"),
    [
        ("0400 00 00 14", ("", "0400 00 00 14", ""), "tel:0400000014"),
        ("Onthaal: 02/000.00.00 (Ann)", ("Onthaal: ", "02/000.00.00", " (Ann)"), "tel:020000000"),
        ("+32 (0)2 000 00 00", ("", "+32 (0)2 000 00 00", ""), "tel:+3220000000"),
        ("(02) 000 00 00", ("", "(02) 000 00 00", ""), "tel:020000000"),
        ("9-12 h: 0800 00 000", ("9-12 h: ", "0800 00 000", ""), "tel:080000000"),
        ("112", ("", "112", ""), "tel:112"),
        ("استقبال 0400 00 00 14", ("استقبال ", "0400 00 00 14", ""), "tel:0400000014"),
    ],
)
def test_the_number_in_a_line_can_be_dialled(line, parts, href):
    found = phone_line(line)

    assert (found.before, found.number, found.after) == parts
    assert found.href == href


@pytest.mark.parametrize("line", ["", "call us", "12", "1 2", "0123456789012345", "++", "(0)", "٠٤٠٠٠٠"])
def test_a_line_without_a_number_has_none(line):
    assert phone_line(line) is None


def test_every_line_of_a_card_has_a_number():
    check_phone_lines("0400 00 00 14\r\n\r\nBram 0400 00 00 15")

    with pytest.raises(ValidationError) as error:
        check_phone_lines("0400 00 00 14\nask Bram")
    assert error.value.messages == ["There is no phone number in this line: ask Bram"]
