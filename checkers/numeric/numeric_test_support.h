// Numeric items made of text and what they say of answers: shared by the tests of this folder.
#pragma once

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "checkers/numeric/numeric.h"
#include "checkers/numeric/numeric.pb.h"

namespace otmetka::checkers::numeric {

inline v1::NumericSettings settings(const std::string& text) {
  v1::NumericSettings result;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &result)) << text;
  return result;
}

inline Made make(const std::string& text, const MakeContext& context = {}) { return type().make(settings(text), context); }

inline std::string codes(const Made& made) {
  std::string all;
  for (const Problem& problem : made.problems) all += (all.empty() ? "" : " ") + problem.message.id + "@" + problem.path;
  return all;
}

// "1/2 accept[0] #tag (numeric.unit_missing)", or "INVALID_INPUT (numeric.trailing)": all that counts of an outcome.
inline std::string told(const Outcome& outcome) {
  std::string all(outcome.status == Verdict::kGraded ? outcome.credit.to_string() : verdict_name(outcome.status));
  if (!outcome.rule_id.empty()) all += " " + outcome.rule_id;
  if (!outcome.tag.empty()) all += " #" + outcome.tag;
  for (const Message& message : outcome.feedback) all += " (" + message.id + ")";
  return all;
}

inline Outcome check(const std::string& spec, std::string_view answer, std::string_view locale = "ru", bool explain = false) {
  const Made made = make(spec);
  EXPECT_NE(made.checker, nullptr) << spec << ": " << codes(made);
  if (made.checker == nullptr) return {};
  CheckContext context;
  context.locale = locale;
  context.explain = explain;
  return made.checker->check(TextAnswer{std::string(answer)}, context);
}

struct Row {
  std::string_view answer;
  std::string_view told;
};

inline void expect_all(const std::string& spec, std::initializer_list<Row> rows, std::string_view locale = "ru") {
  for (const Row& row : rows) EXPECT_EQ(told(check(spec, row.answer, locale)), row.told) << row.answer << " for " << spec;
}

}  // namespace otmetka::checkers::numeric
