print(500, flush=True)
answer = input()
print(1 // (answer == "never"))
