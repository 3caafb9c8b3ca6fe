// Equal answers to one item, with their number: which mistake many made.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "cli/command_line.h"
#include "gradebook/store.h"

namespace otmetka::cli {

// Memory grows with the different answers, not with the learners.
class AnswerGroups {
 public:
  explicit AnswerGroups(std::string item) : item_(std::move(item)) {}  // or one part of an item: "trip.v"

  void add(const gradebook::Standing& standing);
  bool found() const { return found_; }                          // some result has the item
  const std::set<std::string>& items() const { return items_; }  // that results have, 40 of them at most

  const std::set<std::string>& tenants() const { return tenants_; }  // whose results have the item, 40 of them at most

  // Wrong answers first, the most frequent first. `format`: "jsonl", "csv", else a table.
  void print(const Context& context, const std::string& format, std::ostream& out) const;

 private:
  struct Group {
    std::int64_t count = 0;
    std::string example;
    PartResult first;
  };

  std::vector<const Group*> in_order() const;
  static void append_json(const Group& group, std::string& out);

  std::string item_;
  std::map<std::tuple<std::string, std::string, std::string>, Group> groups_;  // by part, answer and credit
  std::set<std::string> items_;
  std::set<std::string> tenants_;
  bool found_ = false;
};

}  // namespace otmetka::cli
