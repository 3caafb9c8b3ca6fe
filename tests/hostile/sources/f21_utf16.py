# F21: written in UTF-16.
# bytes: utf16
# right: COMPILE_ERROR
print("ran")
