import sys

line = sys.stdin.readline()
good = line.strip().isdigit() and 2 <= int(line) <= 10**18 and sys.stdin.read() == ""
sys.exit(42 if good else 43)
