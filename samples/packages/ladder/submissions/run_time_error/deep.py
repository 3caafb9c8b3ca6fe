import sys

sys.setrecursionlimit(1000)


def pair(n):
    if n == 0:
        return 1, 1
    now, after = pair(n - 1)
    return after, (now + after) % {{modulus}}


print(pair(int(input()))[0])
