import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.codes import ALPHABET, LOOK_ALIKES, fold, in_groups, new_code


def test_a_code_has_no_signs_that_look_alike():
    assert not set(ALPHABET) & {chr(sign) for sign in LOOK_ALIKES}
    assert all(set(new_code(200)) <= set(ALPHABET) for _ in range(20))


def test_codes_differ():
    assert len({new_code(8) for _ in range(2000)}) == 2000


@given(st.text(ALPHABET, min_size=1, max_size=16))
def test_a_code_copied_in_any_case_and_grouping_is_the_same_code(code):
    assert fold(code) == fold(in_groups(code).lower()) == fold(f" {' '.join(code)} ") == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("abcd-efgh", "ABCDEFGH"),
        ("ABCD EFGH", "ABCDEFGH"),
        ("ABCD\u2011EFGH.", "ABCDEFGH"),
        ("o0O", "QQQ"),
        ("i1lL", "JJJJ"),
        ("u", "V"),
        ("٢٣٤", "234"),
        ("۲۳۴", "234"),
        ("ＡＢ２", "AB2"),
        ("АВСЕНКМРТХ", "ABCEHKMPTX"),
        ("ıI", "JJ"),
        ("\u202eAB\u200f", "AB"),
        ("!?", ""),
        ("", ""),
    ],
)
def test_look_alikes_other_keyboards_and_stray_signs_make_no_difference(written, code):
    assert fold(written) == code


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_a_code_is_shown_in_groups():
    assert in_groups("ABCDEFGHJK") == "ABCD-EFGH-JK"
    assert in_groups("ABCDEF", 3) == "ABC-DEF"
