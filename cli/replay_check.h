// Whether stored results are what their own explanations give: each is graded again by the spec that graded it.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <memory>
#include <string>

#include "cli/command_line.h"
#include "engine/compiled_spec.h"
#include "gradebook/store.h"

namespace otmetka::cli {

// Memory grows with the specs that graded, not with the learners.
class ReplayCheck {
 public:
  ReplayCheck(const Context& context, gradebook::Store& store) : context_(context), store_(store) {}

  // Every attempt that holds a row; one that comes out otherwise is told to stderr (OT428).
  void add(const gradebook::Standing& standing);

  bool all_same() const { return different_ == 0; }

  // `format`: "jsonl", "csv", else a sentence.
  void print(const std::string& format, std::ostream& out) const;

 private:
  void add(const ScoredResult& stored);
  // The gradebook's own copy, compiled; null where it has none or the spec runs programs, whose times are not the same twice.
  std::shared_ptr<const engine::CompiledSpec> spec_of(const std::string& sha256);

  const Context& context_;
  gradebook::Store& store_;
  std::map<std::string, std::shared_ptr<const engine::CompiledSpec>> specs_;
  std::int64_t same_ = 0;
  std::int64_t different_ = 0;
  std::int64_t cannot_ = 0;
};

}  // namespace otmetka::cli
