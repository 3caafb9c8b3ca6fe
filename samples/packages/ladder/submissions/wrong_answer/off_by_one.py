now, after = 1, 1
for _ in range(int(input()) + 1):
    now, after = after, (now + after) % {{modulus}}
print(now)
