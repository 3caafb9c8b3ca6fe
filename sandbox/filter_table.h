// Which system calls a program may make, one row a rule, each with its reason. What no row names does not exist (ENOSYS):
// C libraries step down on that answer to an older call, as they would on an older kernel.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

namespace otmetka::sandbox {

enum class FilterAction { kAllow, kRefuse };  // kRefuse: the row's errno, and the program goes on

// The argument `index`, under `mask`, compared with `value`. Whole 64 bits unless the mask says otherwise: a value with high
// bits that the kernel would drop matches no allowing row.
struct FilterCondition {
  unsigned index;
  bool equal;
  std::uint64_t value;
  std::uint64_t mask = ~std::uint64_t{0};
};

struct FilterRow {
  std::vector<const char*> calls;
  FilterAction action;
  int error;                                // of kRefuse
  std::vector<FilterCondition> conditions;  // all must hold; none: always
  const char* why;
};

// In no order that matters: rows of one call exclude each other.
std::span<const FilterRow> filter_table();

}  // namespace otmetka::sandbox
