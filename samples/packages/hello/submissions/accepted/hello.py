print(f"Привет, {input()}!")
