import sys

line = sys.stdin.readline()
good = line.strip().isdigit() and 1 <= int(line) <= 1000 and sys.stdin.read() == ""
sys.exit(42 if good else 43)
