// Small specs and answers that the end-to-end tests share.
#pragma once

#include <string>

namespace otmetka::e2e {

// id `small`, 5 points in all: `n` (numeric 4), `t` (text Москва), `c` (choice a, b of a–d, right_minus_wrong),
// `p` (parts x and y, numbers 2 and x + 1 with follow-through; 2 points).
extern const char* const kSmallSpec;

// An ANSWERS line for kSmallSpec with all right, for this learner.
std::string right_line(const std::string& learner);

// `count` submissions to kSmallSpec by learners l-000001 …; every third has a wrong number.
std::string many_submissions(int count);

}  // namespace otmetka::e2e
