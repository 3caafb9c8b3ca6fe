print(f"привет, {input()}!")
