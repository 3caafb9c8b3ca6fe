import time

time.sleep(60)
print(f"Привет, {input()}!")
