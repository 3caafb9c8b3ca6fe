#include "checkers/program/judge_reply.h"

#include <algorithm>
#include <charconv>

#include "checkers/program/decimal.h"
#include "checkers/program/excerpt.h"
#include "model/text.h"

namespace otmetka::checkers::program {
namespace {

constexpr std::string_view kSpace = " \t\r\n\v\f";
constexpr std::string_view kPartly = "partially correct (";
constexpr std::string_view kPoints = "points ";
constexpr int kLastNamedCode = 8;

std::string message(std::string_view text) { return excerpt_of_message(text, kMostJudgeMessageBytes); }

Error failed(int exit_code, std::string_view words) {
  const std::string said = excerpt_of_message(words, kMostJudgeMessageBytes);
  return error("OT565", {std::string(), "exit " + std::to_string(exit_code) + (said.empty() ? "" : ": " + said)});
}

JudgeSaid worth(const Ratio& credit, std::string_view words) {
  return {credit.is_zero() ? Verdict::kWrongAnswer : Verdict::kGraded, credit, std::nullopt, message(words)};
}

// The words behind the outcome's name, where the text begins with it.
std::string_view without(std::string_view outcome, std::string_view text) {
  if (!text.starts_with(outcome)) return text;
  const std::string_view rest = text.substr(outcome.size());
  return rest.empty() || kSpace.find(rest.front()) != std::string_view::npos ? rest : text;
}

// What follows `beginning` on the line that begins with it, and on the lines after that: on the first of the text, where testlib
// writes it, whatever the message quotes after that. A judge that writes words of its own before has to have one such line: of
// several, any may be quoted from the learner's output. nullopt: there is no such line, or no such one.
std::optional<std::string_view> after_its_own(std::string_view beginning, std::string_view text) {
  if (text.starts_with(beginning)) return text.substr(beginning.size());
  std::optional<std::string_view> out;
  while (true) {
    if (text.starts_with(beginning)) {
      if (out) return std::nullopt;
      out = text.substr(beginning.size());
    }
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

// nullopt: this is no reply of _pc(N).
std::optional<JudgeSaid> read_partial(int exit_code, std::string_view text) {
  // The codes with names of their own must say it first of all.
  if (exit_code <= kLastNamedCode && !text.starts_with(kPartly)) return std::nullopt;
  const auto rest = after_its_own(kPartly, text);
  if (!rest) return std::nullopt;
  int n = -1;
  const auto [end, problem] = std::from_chars(rest->data(), rest->data() + rest->size(), n);
  const std::string_view words = rest->substr(static_cast<std::size_t>(end - rest->data()));
  if (problem != std::errc{} || !words.starts_with(')') || n < 0 || n > 200) return std::nullopt;
  if (exit_code != n && exit_code != n + 16 && exit_code != n + 50) return std::nullopt;
  return worth(Ratio(n, 200), words.substr(1));
}

Result<JudgeSaid> read_points(int exit_code, std::string_view text) {
  auto rest = after_its_own(kPoints, text);
  if (!rest) return failed(exit_code, text);
  rest->remove_prefix(std::min(rest->size(), rest->find_first_not_of(' ')));
  const std::size_t end = std::min(rest->size(), rest->find_first_of(kSpace));
  const auto share = decimal_share(rest->substr(0, end));
  if (!share) return failed(exit_code, text);
  return worth(*share, rest->substr(end));
}

}  // namespace

Result<JudgeSaid> read_testlib(int exit_code, std::string_view standard_error) {
  const std::string_view text = trimmed(standard_error);
  if (auto partial = read_partial(exit_code, text)) return *std::move(partial);
  switch (exit_code) {
    case 0: return worth(1, without("ok", text));
    case 1: return worth(0, without("wrong answer", text));
    case 2:
    case 4: return worth(0, without("wrong output format", text));
    case 8: return worth(0, without("unexpected eof", text));
    case 3: return failed(exit_code, without("FAIL", text));
    case 7: return read_points(exit_code, text);
    default: return failed(exit_code, text);
  }
}

Result<JudgeSaid> read_kattis(int exit_code, std::string_view judge_message, std::string_view score_text, bool scoring,
                              std::string_view multiplier_text) {
  if (exit_code == 43) return worth(0, judge_message);
  if (exit_code != 42) return failed(exit_code, judge_message);
  JudgeSaid out = worth(1, judge_message);
  if (!scoring) return out;
  if (!score_text.empty() && !multiplier_text.empty()) return failed(exit_code, "score.txt + score_multiplier.txt");
  if (!score_text.empty()) {
    out.score = finite_decimal(trimmed(score_text));
    if (!out.score) return failed(exit_code, "score.txt: " + std::string(score_text.substr(0, kMostJudgeMessageBytes)));
  }
  if (!multiplier_text.empty()) {
    const auto share = decimal_share(trimmed(multiplier_text));
    if (!share) return failed(exit_code, "score_multiplier.txt: " + std::string(multiplier_text.substr(0, kMostJudgeMessageBytes)));
    out.credit = *share;
  }
  return out;
}

}  // namespace otmetka::checkers::program
