#include "checkers/unit_tests/cpp_sources.h"

#include <algorithm>
#include <string>

#include "checkers/unit_tests/discovery.h"
#include "checkers/unit_tests/harness.h"

namespace otmetka::checkers::unit_tests {
namespace {

using sandbox::SourceFile;

// What a test is written with and what GoogleTest's macros are made of.
constexpr const char* kKept[] = {
    "TEST", "TEST_F", "TEST_P", "TYPED_TEST", "TYPED_TEST_P", "TYPED_TEST_SUITE", "INSTANTIATE_TEST_SUITE_P", "GTEST_TEST",
        "GTEST_TEST_", "EXPECT_EQ",
    "EXPECT_NE", "EXPECT_LT", "EXPECT_LE", "EXPECT_GT", "EXPECT_GE", "EXPECT_TRUE", "EXPECT_FALSE", "EXPECT_STREQ", "EXPECT_STRNE",
        "EXPECT_STRCASEEQ",
    "EXPECT_FLOAT_EQ", "EXPECT_DOUBLE_EQ", "EXPECT_NEAR", "EXPECT_THROW", "EXPECT_NO_THROW", "EXPECT_ANY_THROW", "EXPECT_THAT",
        "EXPECT_DEATH",
    "EXPECT_EXIT", "EXPECT_PRED1", "EXPECT_PRED2", "EXPECT_PRED_FORMAT1", "EXPECT_PRED_FORMAT2", "ASSERT_EQ", "ASSERT_NE", "ASSERT_LT",
        "ASSERT_LE",
    "ASSERT_GT", "ASSERT_GE", "ASSERT_TRUE", "ASSERT_FALSE", "ASSERT_STREQ", "ASSERT_STRNE", "ASSERT_FLOAT_EQ", "ASSERT_DOUBLE_EQ",
        "ASSERT_NEAR",
    "ASSERT_THROW", "ASSERT_NO_THROW", "ASSERT_ANY_THROW", "ASSERT_THAT", "ASSERT_DEATH", "ASSERT_EXIT", "ASSERT_PRED1", "ASSERT_PRED2",
    "ASSERT_PRED_FORMAT1", "ASSERT_PRED_FORMAT2", "GTEST_ASSERT_EQ", "GTEST_ASSERT_NE", "GTEST_ASSERT_LT", "GTEST_ASSERT_LE",
        "GTEST_ASSERT_GT",
    "GTEST_ASSERT_GE", "GTEST_EXPECT_TRUE", "GTEST_EXPECT_FALSE", "GTEST_ASSERT_TRUE", "GTEST_ASSERT_FALSE", "ADD_FAILURE",
        "ADD_FAILURE_AT", "FAIL",
    "GTEST_FAIL", "GTEST_FAIL_AT", "SUCCEED", "GTEST_SUCCEED", "GTEST_SKIP", "GTEST_SKIP_", "SCOPED_TRACE", "ASSERT_NO_FATAL_FAILURE",
    "EXPECT_NO_FATAL_FAILURE", "GTEST_ASSERT_", "GTEST_PRED_FORMAT1_", "GTEST_PRED_FORMAT2_", "GTEST_PRED1_", "GTEST_PRED2_",
        "GTEST_TEST_BOOLEAN_",
    "GTEST_TEST_THROW_", "GTEST_TEST_NO_THROW_", "GTEST_TEST_ANY_THROW_", "GTEST_TEST_NO_FATAL_FAILURE_", "GTEST_NONFATAL_FAILURE_",
    "GTEST_FATAL_FAILURE_", "GTEST_MESSAGE_", "GTEST_MESSAGE_AT_", "GTEST_SUCCESS_", "GTEST_AMBIGUOUS_ELSE_BLOCKER_",
        "GTEST_CONCAT_TOKEN_",
    "GTEST_CONCAT_TOKEN_IMPL_", "GTEST_TEST_CLASS_NAME_", "GTEST_STRINGIFY_", "GTEST_STRINGIFY_HELPER_", "assert", "static_assert",
        "testing", "internal",
    "EqHelper", "Compare", "AssertionResult", "AssertHelper", "Message", "TestPartResult", "std", "alignas", "auto", "bool", "break",
        "case", "catch",
    "char", "class", "const", "constexpr", "continue", "default", "delete", "do", "double", "else", "enum", "explicit", "false", "float",
        "for", "goto",
    "if", "int", "long", "namespace", "new", "nullptr", "operator", "override", "private", "protected", "public", "return", "short",
        "signed", "sizeof",
    "static", "static_cast", "struct", "switch", "template", "this", "throw", "true", "try", "typename", "union", "unsigned", "using",
        "virtual", "void",
    "while", "__FILE__", "__LINE__", "__VA_ARGS__"};

bool is_header(const std::string& name) {
  constexpr std::string_view kHeaders[] = {".h", ".hpp", ".hh", ".hxx"};
  return std::any_of(std::begin(kHeaders), std::end(kHeaders), [&](std::string_view ending) { return name.ends_with(ending); });
}

bool is_source(const std::string& name) { return name.ends_with(".cpp") || name.ends_with(".cc"); }

std::string with_line(const SourceFile& file) { return "#line 1 \"" + file.name + "\"\n" + file.bytes; }

std::string keeper_of(const std::string& name, const std::string& hidden) {
  std::string out = "#pragma once\n";
  for (const char* word : kKept) out += "#pragma push_macro(\"" + std::string(word) + "\")\n";
  out += "#line 1 \"" + name + "\"\n#include \"" + hidden + "\"\n";
  for (const char* word : kKept) out += "#pragma pop_macro(\"" + std::string(word) + "\")\n";
  return out;
}

// Whether a file includes one of the learner's, as far as its text tells: quotes or not, however it is spaced.
bool includes_any(const SourceFile& file, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return file.bytes.find(name) != std::string::npos; });
}

SourceFile prepared(const SourceFile& file) {
  const bool has_tests = !is_header(file.name) && !find_googletest_tests(file.bytes).names.empty();
  return has_tests ? SourceFile{file.name, "#include <gtest/gtest.h>\n" + with_line(file)} : file;
}

}  // namespace

std::vector<CppUnit> cpp_units(const std::vector<SourceFile>& given, const std::vector<std::string>& submit,
    const std::vector<SourceFile>& teachers) {
  std::vector<CppUnit> out = {
      {{harness_file("otmetka_main.cpp"), harness_file("otmetka_entry.hpp"), harness_file("otmetka_gtest.hpp")}, false}};
  std::vector<SourceFile> teachers_headers, all_headers;
  std::copy_if(teachers.begin(), teachers.end(), std::back_inserter(teachers_headers),
      [](const SourceFile& file) { return !is_source(file.name); });
  all_headers = teachers_headers;
  for (const SourceFile& file : given) {
    if (is_source(file.name)) continue;
    const std::string hidden = std::string(kHarnessPrefix) + "_kept_" + file.name;
    all_headers.push_back({file.name, is_header(file.name) ? keeper_of(file.name, hidden) : file.bytes});
    if (is_header(file.name)) all_headers.push_back({hidden, with_line(file)});
  }
  const bool apart = std::none_of(teachers.begin(), teachers.end(), [&](const SourceFile& file) { return includes_any(file, submit); });
  const auto add = [&](const SourceFile& source, const std::vector<SourceFile>& headers, bool of_answer) {
    CppUnit unit{{source}, of_answer};
    unit.files.insert(unit.files.end(), headers.begin(), headers.end());
    out.push_back(std::move(unit));
  };
  for (const SourceFile& file : teachers) {
    if (is_source(file.name)) add(prepared(file), apart ? teachers_headers : all_headers, false);
  }
  for (const SourceFile& file : given) {
    if (is_source(file.name)) add(file, all_headers, true);
  }
  return out;
}

}  // namespace otmetka::checkers::unit_tests
