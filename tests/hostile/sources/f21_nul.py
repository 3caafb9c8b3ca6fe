# F21: a NUL in the code.
# bytes: nul
# right: COMPILE_ERROR
print("ran@NUL@")
