#include "packages/python_version.h"

#include <gtest/gtest.h>

namespace otmetka::packages {
namespace {

TEST(IsPython2, BySureSignsOnly) {
  const char* const old[] = {
      "#!/usr/bin/env python2\nprint(1)\n",
      "\xEF\xBB\xBF#!/usr/bin/python2.7\n",
      "print 1",
      "print a+b\r\n",
      "import sys\na, b = map(int, sys.stdin.readline().split())\nprint a+b\n",
      "for x in y:\n\tprint x,\n",
      "if x: print \"it's # one\"\n",
      "x = 1; print x\n",
      "else : print u'x'\n",
      "print\"x\"\n",
      "print >>sys.stderr, x\n",
      "print `x`\n",
      "print {1: 2}\n",
      "print -1\nprint not_yet\n",
      "try:\n  f()\nexcept ValueError, e:\n  pass\n",
      "try:\n  f()\nexcept socket.error , err :\n  pass\n",
      "try:\n  f()\nexcept (A, b.C), e:\n  pass\n",
      "exec \"x = 1\"\n",
      "exec code in names\n",
      "raise ValueError, 'no'\n",
      "'''\nDocs.\n'''\nprint x\n",
      "s = 'never closed\nprint x\n",
      "try:\n  f()\nexcept NameError:\n  print x\n",
      "n = raw_input()\n",
      "for i in xrange(3): pass\n",
  };
  for (const char* text : old) EXPECT_TRUE(is_python2(text)) << text;
}

TEST(IsPython2, NothingThatAPython3Takes) {
  const char* const fresh[] = {
      "",
      "print",
      "print(1)\n",
      "print (1), 2\n",
      "print\n",
      "print = 1; print .x\nprint [1]\nprint -1\nprint , 1\n",
      "x = (print if a else\n print if b else\n print in c or\n print is d)\n",
      "y = [print for print in x]\nz = [\n  print for print in x\n]\n",
      "from m import (\n  print as p,\n)\n",
      "print : int = 1\nprint += 1\nprint == 2\n",
      "\"\"\"Solves it.\n\nprint the sum: print it\nexcept A, b:\n\"\"\"\nprint(1)\n",
      "def f():\n  r'''\n  print the sum\n  exec \"it\"\n  '''\n",
      "# print x\nx = 1  # print x; print y\n",
      "s = 'say: print \\'x'\nt = \"\"\"\nprint 'x'\n\"\"\"\n",
      "s = 'one \\\nprint two'\n",
      "s = 'one \\\r\nprint two'\r\n",
      "printed x\nprint_all = 1\nexecute = 2\n",
      "try: f()\nexcept (A, B): pass\nexcept E as e: pass\nexcept A.b: pass\nexcept: pass\n",
      "try: f()\nexcept ValueError, TypeError: pass\n",
      "raise E('a, b') from e\nraise E(a), b\nraise\n",
      "exec('x')\nexec (x, y)\n",
      "d = {'a': print, 'b': print if c else exec}\nf = lambda: print\nf = lambda: print(1)\n",
      "#!/usr/bin/env python3\nraw_input()\n",
      "try:\n  raw_input()\nexcept NameError:\n  input()\n",
      "from m import (a, raw_input)\nraw_input()\n",
      "def xrange(n): return range(n)\nfor i in xrange(3): pass\n",
      "my_raw_input(); m.xrange(3)\n",
      "xrange = range\nfor i in xrange(3): pass\n",
  };
  for (const char* text : fresh) EXPECT_FALSE(is_python2(text)) << text;
}

}  // namespace
}  // namespace otmetka::packages
