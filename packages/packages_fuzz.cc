// Any bytes as one of a package's own files: no crash, no hang, and what is read keeps its bounds. The first byte says which file.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "packages/expectation.h"
#include "packages/group_settings.h"
#include "packages/problem_settings.h"
#include "packages/program_files.h"
#include "packages/submission_rules.h"
#include "packages/validator_flags.h"

namespace {

using namespace otmetka::packages;

void require(bool holds) {
  if (!holds) std::abort();
}

void read_problem(const std::string& text) {
  std::vector<otmetka::Message> warnings;
  const auto settings = read_problem_yaml(text, warnings);
  if (!settings) return;
  require(!settings->time_limit || (*settings->time_limit > 0 && *settings->time_limit <= 600));
  require(!settings->memory_bytes || *settings->memory_bytes >= 1);
  const auto comparison = comparison_of(settings->validator_flags);
  require(!comparison || !comparison->absolute || std::isfinite(*comparison->absolute));
  require(with_constants(text, settings->constants).size() <= kMostSourceBytes + text.size());
}

void read_group(const std::string& text) {
  std::vector<otmetka::Message> warnings;
  const auto settings = read_group_settings(text, "testdata.yaml", warnings);
  if (!settings) return;
  const GroupSettings both = inherited(*settings, *settings, true);
  require(both.validator_flags == settings->validator_flags && both.range == settings->range);
}

void read_rules(const std::string& text) {
  std::vector<otmetka::Message> warnings;
  const auto entries = read_submission_entries(text, warnings);
  if (!entries) return;
  Expectation expectation;
  std::vector<std::string> bounds;
  const SubmissionRules rules = apply(*entries, "accepted", "x.py", expectation, bounds);
  require(rules.asks == !expectation.rules.empty());
}

void read_source(const std::string& text) {
  const Annotation annotation = read_annotation(text);
  require(annotation.verdicts.empty() || annotation.results > 0);
  std::vector<otmetka::sandbox::SourceFile> files = {{"x.java", text}};
  otmetka::sandbox::Language java;
  java.endings = {".java"};
  java.run = {"java", "{name}"};
  name_after_class(files, java);
  require(files[0].name.ends_with(".java") && files[0].name.find('/') == std::string::npos);
  main_file(files, java);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(data + 1, data + size);
  switch (data[0] % 4) {
    case 0: read_problem(text); break;
    case 1: read_group(text); break;
    case 2: read_rules(text); break;
    default: read_source(text); break;
  }
  return 0;
}
