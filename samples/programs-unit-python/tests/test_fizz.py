import fizz


def test_there():
    assert callable(fizz.fizz)


def test_number():
    assert fizz.fizz(4) == "4"


def test_three():
    assert fizz.fizz(9) == "Fizz"


def test_both():
    assert fizz.fizz(30) == "FizzBuzz"
