# Wrong for small numbers and too slow for large ones.
# @EXPECTED_RESULTS@: WRONG-ANSWER, TIMELIMIT
n = int(input())
while n > 10**12:
    pass
print(n, 0)
