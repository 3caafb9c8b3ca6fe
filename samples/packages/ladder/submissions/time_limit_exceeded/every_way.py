waiting, ways = [int(input())], 0
while waiting:
    left = waiting.pop()
    if left < 2:
        ways += 1
    else:
        waiting += (left - 2, left - 1)
print(ways % {{modulus}})
