n = int(input())
best = here = 0
for x in map(int, input().split()):
    here = max(0, here + x)
    best = max(best, here)
print(best)
