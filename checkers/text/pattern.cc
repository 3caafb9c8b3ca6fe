#include "checkers/text/pattern.h"

#include <algorithm>

namespace otmetka::checkers::text {
namespace {

RE2::Options re2_options(const Pattern::Options& options) {
  RE2::Options out;
  out.set_log_errors(false);
  out.set_max_mem(Pattern::kMaxMemory);
  out.set_case_sensitive(!options.ignore_case);
  return out;
}

const char* code_of(RE2::ErrorCode error) {
  switch (error) {
    case RE2::ErrorUnexpectedParen:
      return "OT140";
    case RE2::ErrorMissingParen:
      return "OT141";
    case RE2::ErrorMissingBracket:
      return "OT142";
    case RE2::ErrorRepeatArgument:
    case RE2::ErrorRepeatOp:
      return "OT143";
    case RE2::ErrorBadEscape:
    case RE2::ErrorTrailingBackslash:
      return "OT144";
    case RE2::ErrorBadCharClass:
    case RE2::ErrorBadCharRange:
      return "OT145";
    case RE2::ErrorRepeatSize:
      return "OT146";
    case RE2::ErrorBadPerlOp:
    case RE2::ErrorBadNamedCapture:
      return "OT147";
    case RE2::ErrorPatternTooLarge:
      return "OT148";
    default:
      return "OT149";
  }
}

// RE2 quotes the guilty fragment but not its place. Of several equal fragments the guilty one is the first at whose end the
// pattern, cut off there, draws the same complaint.
std::size_t place_of(const std::string& fragment, std::string_view pattern, RE2::ErrorCode error, const RE2::Options& options) {
  constexpr int kMostTries = 50;
  if (fragment.empty()) return std::string_view::npos;
  const std::size_t first = pattern.find(fragment);
  if (first == std::string_view::npos || pattern.find(fragment, first + 1) == std::string_view::npos) return first;
  std::size_t at = first;
  for (int tries = 0; at != std::string_view::npos && tries < kMostTries; ++tries) {
    const RE2 beginning(re2::StringPiece(pattern.data(), at + fragment.size()), options);
    if (beginning.error_code() == error && beginning.error_arg() == fragment) return at;
    at = pattern.find(fragment, at + 1);
  }
  return std::string_view::npos;
}

PatternProblem describe(const RE2& failed, std::string_view pattern, const RE2::Options& options) {
  PatternProblem problem{{code_of(failed.error_code()), {}}, 0, 0};
  std::string fragment = failed.error_arg();
  std::size_t at = std::string_view::npos;
  switch (failed.error_code()) {
    case RE2::ErrorMissingParen:
    case RE2::ErrorUnexpectedParen:
      at = unclosed_parenthesis(pattern);
      if (at != std::string_view::npos) fragment = pattern.substr(at, 1);
      break;
    case RE2::ErrorMissingBracket:
      for (const Token& token : scan(pattern)) {
        if (!token.closed) at = token.offset;
      }
      if (at != std::string_view::npos) fragment = "[";
      break;
    case RE2::ErrorTrailingBackslash:
      fragment = "\\";
      at = pattern.size() - 1;
      break;
    case RE2::ErrorPatternTooLarge:
      return problem;
    default:
      at = place_of(fragment, pattern, failed.error_code(), options);
  }
  if (at != std::string_view::npos) {
    problem.offset = at;
    problem.length = fragment.size();
  }
  if (problem.message.id == "OT149") fragment = failed.error();
  problem.message.args.emplace_back(std::move(fragment));
  return problem;
}

}  // namespace

std::unique_ptr<const Pattern> Pattern::compile(std::string_view text, const Options& options,
                                                std::vector<PatternProblem>& problems) {
  const RE2::Options re2 = re2_options(options);
  std::unique_ptr<const Pattern> pattern(new Pattern(text, re2));
  if (pattern->expression_.ok()) return pattern;
  problems.push_back(describe(pattern->expression_, text, re2));
  return nullptr;
}

bool Pattern::is_too_long(std::string_view text) const {
  const auto instructions = static_cast<std::size_t>(std::max(expression_.ProgramSize(), 1));
  return text.size() > kMaxSteps / instructions;
}

bool Pattern::covers(std::string_view text) const {
  const re2::StringPiece piece(text.data(), text.size());
  return !is_too_long(text) && expression_.Match(piece, 0, piece.size(), RE2::ANCHOR_BOTH, nullptr, 0);
}

bool Pattern::covers(std::string_view text, std::vector<re2::StringPiece>& groups, int last_group) const {
  groups.resize(static_cast<std::size_t>(std::min(last_group, group_count()) + 1));
  const re2::StringPiece piece(text.data(), text.size());
  return !is_too_long(text) &&
         expression_.Match(piece, 0, piece.size(), RE2::ANCHOR_BOTH, groups.data(), static_cast<int>(groups.size()));
}

int Pattern::group_number(const std::string& name) const {
  const auto& groups = expression_.NamedCapturingGroups();
  const auto found = groups.find(name);
  return found == groups.end() ? 0 : found->second;
}

std::vector<std::string> Pattern::group_names() const {
  std::vector<std::string> names;
  for (const auto& [name, number] : expression_.NamedCapturingGroups()) names.push_back(name);
  return names;
}

}  // namespace otmetka::checkers::text
