#include "checkers/program/compare.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <unordered_map>

#include "checkers/program/decimal.h"
#include "checkers/program/excerpt.h"

namespace otmetka::checkers::program {
namespace {

const auto kEntries = std::to_array<messages::Entry>({
    {.id = "program.diff_empty", .ru = "Программа ничего не вывела, а ожидалось «{0}».",
     .en = "The program printed nothing, “{0}” was expected."},
    {.id = "program.diff_ends_early", .ru = "Вывод обрывается раньше времени: дальше ожидалось «{0}».",
     .en = "The output ends too early: “{0}” was expected next."},
    {.id = "program.diff_more_output", .ru = "В выводе есть лишнее: «{0}» (строка {1}).",
     .en = "There is more output than expected: “{0}” (line {1})."},
    {.id = "program.diff_token", .ru = "Слово {0} (строка {3}): ожидалось «{1}», получено «{2}».",
     .en = "Token {0} (line {3}): “{1}” was expected, “{2}” came."},
    {.id = "program.diff_number",
     .ru = "Слово {0} (строка {3}): ожидалось «{1}», получено «{2}», разница больше допустимой погрешности.",
     .en = "Token {0} (line {3}): “{1}” was expected, “{2}” came, which is outside the tolerance."},
    {.id = "program.diff_no_number", .ru = "Слово {0} (строка {3}): ожидалось число «{1}», получено «{2}».",
     .en = "Token {0} (line {3}): the number “{1}” was expected, “{2}” came."},
    {.id = "program.diff_space", .ru = "Строка {0}: пробелы и переводы строк не те: ожидалось «{1}», получено «{2}».",
     .en = "Line {0}: spaces and line ends differ: “{1}” was expected, “{2}” came."},
    {.id = "program.diff_line", .ru = "Строка {0}: ожидалось «{1}», получено «{2}».", .en = "Line {0}: “{1}” was expected, “{2}” came."},
    {.id = "program.diff_exact", .ru = "Строка {0}, байт {1}: ожидалось «{2}», получено «{3}».",
     .en = "Line {0}, byte {1}: “{2}” was expected, “{3}” came."},
    {.id = "program.diff_extra_line", .ru = "Строка {0} лишняя или повторяется слишком часто: «{1}».",
     .en = "Line {0} does not belong there or is there too often: “{1}”."},
    {.id = "program.diff_missing_line", .ru = "В выводе не хватает строки «{0}».", .en = "The line “{0}” is missing."},
});

constexpr std::string_view kSpace = " \t\n\v\f\r";

constexpr auto kIsSpace = [] {
  std::array<bool, 256> out{};
  for (const char c : kSpace) out[static_cast<unsigned char>(c)] = true;
  return out;
}();

bool is_space(char c) { return kIsSpace[static_cast<unsigned char>(c)]; }

std::string_view without_trailing_space(std::string_view text) {
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::int64_t line_at(std::string_view text, std::size_t at) {
  return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Bytes that both begin with; those of the other case are as good where the case does not matter.
std::size_t common_prefix(std::string_view a, std::string_view b, bool case_sensitive) {
  const auto same = [&](char x, char y) { return x == y || (!case_sensitive && lower(x) == lower(y)); };
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end(), same).first - a.begin());
}

Message ends_early(std::string_view output, std::string_view expected) {
  const bool nothing = without_trailing_space(output).empty();
  return {nothing ? "program.diff_empty" : "program.diff_ends_early", {excerpt(expected)}};
}

Message more_output(std::string_view output, std::string_view extra) {
  return {"program.diff_more_output", {excerpt(extra), line_at(output, static_cast<std::size_t>(extra.data() - output.data()))}};
}

std::optional<Message> compare_exact(std::string_view output, std::string_view answer) {
  const std::size_t at = common_prefix(output, answer, true);
  if (at == output.size() && at == answer.size()) return std::nullopt;
  if (at == output.size()) return ends_early(output, answer.substr(at));
  if (at == answer.size()) return more_output(output, output.substr(at));
  const std::size_t line = at == 0 ? 0 : output.rfind('\n', at - 1) + 1;  // npos + 1 is 0
  const auto [expected, got] = excerpts_of_difference(answer.substr(line), output.substr(line), at - line);
  return Message{"program.diff_exact", {line_at(output, at), static_cast<std::int64_t>(at - line + 1), expected, got}};
}

// Takes line after line, each without white space at its end.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text), more_(!text.empty()) {}

  std::optional<std::string_view> next() {
    if (!more_) return std::nullopt;
    const std::size_t end = rest_.find('\n');
    const std::string_view line = rest_.substr(0, end);
    more_ = end != std::string_view::npos;
    rest_.remove_prefix(more_ ? end + 1 : rest_.size());
    return without_trailing_space(line);
  }

  std::optional<std::string_view> next_that_is_not_blank() {
    auto line = next();
    while (line && line->empty()) line = next();
    return line;
  }

 private:
  std::string_view rest_;
  bool more_;
};

std::optional<Message> compare_lines(std::string_view output, std::string_view answer) {
  Lines got_lines(without_trailing_space(output));
  Lines expected_lines(without_trailing_space(answer));
  for (std::int64_t n = 1;; ++n) {
    auto got = got_lines.next();
    auto expected = expected_lines.next();
    if (!got && !expected) return std::nullopt;
    // The last line of either is not blank, so there is one to show.
    if (!got) return ends_early(output, expected->empty() ? *expected_lines.next_that_is_not_blank() : *expected);
    if (!expected) return more_output(output, got->empty() ? *got_lines.next_that_is_not_blank() : *got);
    if (*got == *expected) continue;
    const auto [right, wrong] = excerpts_of_difference(*expected, *got, common_prefix(*expected, *got, true));
    return Message{"program.diff_line", {n, right, wrong}};
  }
}

// Only the answer's lines are kept: what a learner prints takes no memory here.
std::optional<Message> compare_unordered_lines(std::string_view output, std::string_view answer) {
  std::unordered_map<std::string_view, std::int64_t> missing;
  std::int64_t left = 0;
  Lines expected_lines(answer);
  for (; const auto line = expected_lines.next_that_is_not_blank(); ++left) ++missing[*line];
  Lines got_lines(output);
  while (const auto line = got_lines.next_that_is_not_blank()) {
    const auto it = missing.find(*line);
    if (it != missing.end() && --it->second >= 0) {
      --left;
      continue;
    }
    return Message{"program.diff_extra_line", {line_at(output, static_cast<std::size_t>(line->data() - output.data())), excerpt(*line)}};
  }
  if (left == 0) return std::nullopt;
  expected_lines = Lines(answer);
  while (const auto line = expected_lines.next_that_is_not_blank()) {
    if (missing.find(*line)->second == 0) continue;
    return without_trailing_space(output).empty() ? ends_early(output, *line) : Message{"program.diff_missing_line", {excerpt(*line)}};
  }
  return std::nullopt;
}

// A token and the white space before it; at the end of the text the token is empty.
struct Step {
  std::string_view space, token;
};

Step take_step(std::string_view& rest) {
  const auto token = std::find_if_not(rest.begin(), rest.end(), is_space);
  const auto end = std::find_if(token, rest.end(), is_space);
  const auto before = static_cast<std::size_t>(token - rest.begin());
  const Step out{rest.substr(0, before), rest.substr(before, static_cast<std::size_t>(end - token))};
  rest.remove_prefix(before + out.token.size());
  return out;
}

// The id of the reason why the token is not met; null where it is.
const char* token_problem(std::string_view got, std::string_view expected, const Comparison& comparison) {
  if (got == expected) return nullptr;
  const double absolute = comparison.absolute.value_or(-1);
  const double relative = comparison.relative.value_or(-1);
  if (absolute >= 0 || relative >= 0) {
    if (const auto right = finite_decimal(expected)) {
      const auto number = finite_decimal(got);
      if (!number) return "program.diff_no_number";
      const double error = std::fabs(*right - *number);
      return error <= absolute || error <= relative * std::fabs(*right) ? nullptr : "program.diff_number";
    }
  }
  const bool same = got.size() == expected.size() && common_prefix(got, expected, comparison.case_sensitive) == got.size();
  return same ? nullptr : "program.diff_token";
}

// White space alone: a space has to be seen too.
std::string space_excerpt(std::string_view space) {
  std::string seen;
  for (const char c : space.substr(0, kExcerptCharacters + 1)) seen += c == ' ' ? "␠" : std::string(1, c);
  return excerpt(seen);
}

std::optional<Message> compare_tokens(std::string_view output, std::string_view answer, const Comparison& comparison) {
  std::string_view got_rest = output;
  std::string_view expected_rest = answer;
  for (std::int64_t n = 1;; ++n) {
    const Step got = take_step(got_rest);
    const Step expected = take_step(expected_rest);
    if (got.token.empty() && !expected.token.empty()) return ends_early(output, expected.token);
    if (!got.token.empty() && expected.token.empty()) return more_output(output, got.token);
    const auto at = static_cast<std::size_t>(got.token.data() - output.data());
    if (comparison.space_change_sensitive && got.space != expected.space) {
      const std::size_t same = common_prefix(got.space, expected.space, true);
      return Message{"program.diff_space",
                     {line_at(output, at - got.space.size() + same), space_excerpt(expected.space), space_excerpt(got.space)}};
    }
    if (got.token.empty()) return std::nullopt;
    const char* problem = token_problem(got.token, expected.token, comparison);
    if (problem == nullptr) continue;
    const std::size_t same = common_prefix(expected.token, got.token, comparison.case_sensitive);
    const auto [right, wrong] = excerpts_of_difference(expected.token, got.token, same);
    return Message{problem, {n, right, wrong, line_at(output, at)}};
  }
}

}  // namespace

std::optional<Message> compare(std::string_view output, std::string_view answer, const Comparison& comparison) {
  if (output == answer) return std::nullopt;
  switch (comparison.kind) {
    case Comparison::Kind::kLines: return compare_lines(output, answer);
    case Comparison::Kind::kUnorderedLines: return compare_unordered_lines(output, answer);
    case Comparison::Kind::kTokens: return compare_tokens(output, answer, comparison);
    case Comparison::Kind::kProgram: assert(false); break;
    case Comparison::Kind::kExact: break;
  }
  return compare_exact(output, answer);
}

std::span<const messages::Entry> compare_entries() { return kEntries; }

}  // namespace otmetka::checkers::program
