guess = 1
while True:
    print(guess, flush=True)
    if input() == "yes":
        break
    guess += 1
