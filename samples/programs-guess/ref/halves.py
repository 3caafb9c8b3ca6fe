low, high = 1, 1000
while True:
    guess = (low + high) // 2
    print(guess, flush=True)
    reply = input()
    if reply == "yes":
        break
    if reply == "less":
        high = guess - 1
    else:
        low = guess + 1
