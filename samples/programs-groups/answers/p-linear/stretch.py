n = int(input())
numbers = list(map(int, input().split()))
best = here = numbers[0]
for x in numbers[1:]:
    here = max(x, here + x)
    best = max(best, here)
print(best)
