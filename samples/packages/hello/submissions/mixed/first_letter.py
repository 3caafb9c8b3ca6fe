# Right by luck or wrong: both are fine here.
# @EXPECTED_RESULTS@: CORRECT, WRONG-ANSWER
print(f"Привет, {input()[:60]}!")
