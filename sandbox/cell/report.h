// How the cell's processes say what went wrong: a step and an errno, never text of their own making.
#pragma once

#include <cerrno>
#include <cstring>

namespace otmetka::sandbox::cell {

struct Failure {
  const char* step = nullptr;  // null: none
  int error = 0;

  // Notes the first failure; the return value lets a list of steps be joined with &&.
  bool fail(const char* what) {
    if (step == nullptr) {
      step = what;
      error = errno;
    }
    return false;
  }
  bool check(bool done, const char* what) { return done || fail(what); }
};

}  // namespace otmetka::sandbox::cell
