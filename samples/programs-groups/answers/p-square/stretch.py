n = int(input())
numbers = list(map(int, input().split()))
best = numbers[0]
for i in range(n):
    total = 0
    for x in numbers[i:]:
        total += x
        best = max(best, total)
print(best)
