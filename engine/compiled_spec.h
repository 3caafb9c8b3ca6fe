// A spec made ready to judge: every item's checker built once.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "checkers/checker.h"
#include "engine/watched_files.h"
#include "model/rubric.h"
#include "proto/spec.pb.h"

namespace otmetka::engine {

struct CompiledItem {
  std::string id;
  Ratio points;
  const checkers::CheckerType* type = nullptr;
  std::unique_ptr<const checkers::Checker> checker;
};

// Immutable; shared by all threads that grade by it.
struct CompiledSpec {
  v1::AssessmentSpec message;
  std::string bytes;   // as published
  std::string sha256;  // hex, of `bytes`
  std::vector<CompiledItem> items;  // in the spec's order
  std::unordered_map<std::string_view, std::size_t> item_by_id;  // views into items[i].id
  Ratio maximum;
  Rubric rubric;
  bool runs_programs = false;
};

struct SpecProblem {
  Message message;
  std::string path;  // in the spec: "items[2].numeric.accept[0].value"
  std::size_t offset = 0;
  std::size_t length = 0;
};

struct CompileResult {
  std::shared_ptr<const CompiledSpec> spec;  // null when a problem is an error
  std::vector<SpecProblem> problems;
  WatchedFiles files;  // that the items name, whether or not they could be read
};

// `folder` is where `file:` paths of the spec lie; empty: they are refused. Takes time linear in the spec, with a bound
// on its size that the reader has kept. `bytes` empty: the deterministic serialization of `message`.
CompileResult compile(v1::AssessmentSpec message, const std::string& folder, std::string bytes = {});

// What shape of answer each item, and each `item.part`, expects.
std::map<std::string, checkers::AnswerShape, std::less<>> answer_shapes(const CompiledSpec& spec);

// Whether a problem's code is an error, as the catalogue says.
bool is_error(const Message& message);

}  // namespace otmetka::engine
