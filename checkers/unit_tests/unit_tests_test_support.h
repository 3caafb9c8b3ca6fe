// Items of unit tests for the tests of this folder, with real programs in the sandbox.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "checkers/unit_tests/unit_tests.h"
#include "checkers/unit_tests/unit_tests.pb.h"
#include "sandbox/workshop.h"

namespace otmetka::checkers::unit_tests {

inline sandbox::Workshop& workshop() {
  static const std::unique_ptr<sandbox::Workshop> kWorkshop = [] {
    auto opened = sandbox::Workshop::open({.sandbox = {.slots = 2}, .languages = {}, .cache = {}, .allow_weak = true});
    return opened ? std::move(*opened) : nullptr;
  }();
  return *kWorkshop;
}

// False: the language or its framework is not here; says so.
inline bool has(const char* language, const char* file) {
  const auto* state = workshop().language(language);
  const bool there = state != nullptr && state->installed && (file == nullptr || std::filesystem::exists(file));
  if (!there) {
    EXPECT_EQ(std::getenv("OTMETKA_ALL_INSTALLED"), nullptr) << language;  // `./run test` has installed all
    std::cout << "SKIPPED: " << language << " or its test framework is not installed\n";
  }
  return there;
}

// An item with one test file.
inline v1::UnitTestsSettings item(const std::string& language, const std::vector<std::string>& submit, const std::string& test_file,
                                  const std::string& tests, v1::UnitTestsSettings::Isolation isolation) {
  v1::UnitTestsSettings out;
  out.set_language(language);
  for (const std::string& name : submit) out.add_submit(name);
  out.set_tests("file:" + test_file);
  out.set_isolation(isolation);
  auto& file = *out.add_embedded();
  file.set_reference(out.tests());
  file.set_content(tests);
  out.mutable_limits()->set_cpu("500ms");
  out.mutable_limits()->set_wall("4s");
  out.mutable_limits()->set_memory("128 MiB");
  return out;
}

inline Outcome check(const v1::UnitTestsSettings& settings, const std::vector<std::pair<std::string, std::string>>& files) {
  const Made made = type().make(settings, {});
  EXPECT_NE(made.checker, nullptr) << (made.problems.empty() ? std::string() : made.problems[0].message.id);
  FilesAnswer answer;
  for (const auto& [name, text] : files) answer.files.push_back({name, text, {}});
  Outcome out = made.checker->check(answer, {.locale = "ru", .explain = true, .workshop = &workshop()});
  EXPECT_FALSE(out.failure) << (out.failure ? out.failure->code() + " " + testing::PrintToString(out.failure->message.args.size()) : "");
  return out;
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

inline std::string verdict_of(const Outcome& out, const std::string& test) {
  for (const TestOutcome& one : out.tests) {
    if (one.id == test) return std::string(verdict_name(one.verdict));
  }
  return "no such test";
}

}  // namespace otmetka::checkers::unit_tests
