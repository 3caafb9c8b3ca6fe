import fizz


def test_three():
    assert fizz.fizz(3) == "Fizz"
