name = input()
print("Привет, " + name.split()[1] + "!")
