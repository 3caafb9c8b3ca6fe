n = int(input())
assert n < 2**31
print(1, n - 1)
