// Runs one GoogleTest test, with all its cases, and says how it went. Included by one source.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace {

// "Suite.Name" of "Instance/Suite.Name/0" and "Suite/0.Name" too: a test with parameters is one test.
std::string base_name(std::string suite, std::string name) {
  const auto without = [](const std::string& text) {
    const auto first = text.find('/');
    if (first == std::string::npos) return text;
    const std::string rest = text.substr(first + 1);
    const bool is_index = rest.find_first_not_of("0123456789") == std::string::npos;
    return is_index ? text.substr(0, first) : rest.substr(0, rest.find('/'));
  };
  return without(suite) + "." + name.substr(0, name.find('/'));
}

// A test that was never begun has no failures either: only those count that are seen to end.
class Ended : public testing::EmptyTestEventListener {
 public:
  explicit Ended(std::set<const testing::TestInfo*>& ended) : ended_(ended) {}
  void OnTestEnd(const testing::TestInfo& test) override { ended_.insert(&test); }

 private:
  std::set<const testing::TestInfo*>& ended_;
};

std::set<const testing::TestInfo*> tests_of(const std::string& wanted) {
  std::set<const testing::TestInfo*> out;
  const testing::UnitTest& all = *testing::UnitTest::GetInstance();
  for (int i = 0; i < all.total_test_suite_count(); ++i) {
    const testing::TestSuite& suite = *all.GetTestSuite(i);
    for (int k = 0; k < suite.total_test_count(); ++k) {
      const testing::TestInfo* test = suite.GetTestInfo(k);
      if (base_name(test->test_suite_name(), test->name()) == wanted) out.insert(test);
    }
  }
  return out;
}

std::string filter_of(const std::set<const testing::TestInfo*>& tests) {
  std::string out;
  for (const testing::TestInfo* test : tests) out += (out.empty() ? "" : ":") + std::string(test->test_suite_name()) + "." + test->name();
  return out;
}

struct Verdict {
  const char* word;
  std::string detail;
};

Verdict verdict_of(const testing::TestInfo& test) {
  const testing::TestResult& result = *test.result();
  for (int i = 0; i < result.total_part_count(); ++i) {
    const testing::TestPartResult& part = result.GetTestPartResult(i);
    if (part.skipped()) return {"skipped", part.message()};
    if (!part.failed()) continue;
    const std::string message = part.message();
    const bool thrown = message.substr(0, 24).find("C++ exception") != std::string::npos;
    return {thrown ? "error" : "failed", message};
  }
  return {"passed", ""};
}

Verdict run(const std::string& wanted, int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const auto tests = tests_of(wanted);
  if (tests.empty()) return {"missing", ""};
  GTEST_FLAG_SET(filter, filter_of(tests));
  GTEST_FLAG_SET(repeat, 1);
  GTEST_FLAG_SET(shuffle, false);
  GTEST_FLAG_SET(list_tests, false);
  GTEST_FLAG_SET(catch_exceptions, true);
  GTEST_FLAG_SET(throw_on_failure, false);
  GTEST_FLAG_SET(break_on_failure, false);
  std::set<const testing::TestInfo*> ended;
  auto& listeners = testing::UnitTest::GetInstance()->listeners();
  delete listeners.Release(listeners.default_result_printer());
  listeners.Append(new Ended(ended));
  const bool whole = RUN_ALL_TESTS() == 0;
  for (const testing::TestInfo* test : tests) {
    if (ended.count(test) == 0) return {"error", "did not end"};
    const Verdict verdict = verdict_of(*test);
    if (verdict.word != std::string("passed")) return verdict;
  }
  return {whole ? "passed" : "error", ""};
}

}  // namespace
