// A line for each thing that is wrong, up to a bound, and how many there were of each sort.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace otmetka::chaos {

class Findings {
 public:
  static constexpr std::size_t kMostTold = 10;  // of each sort

  void tell(const std::string& sort, const std::string& what) {
    if (++told_[sort] <= kMostTold) lines_.push_back(sort + " " + what);
  }
  std::vector<std::string> lines() const {
    std::vector<std::string> out = lines_;
    for (const auto& [sort, n] : told_) out.push_back(sort + ": " + std::to_string(n));
    return out;
  }

 private:
  std::vector<std::string> lines_;
  std::map<std::string, std::size_t> told_;
};

}  // namespace otmetka::chaos
