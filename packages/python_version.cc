#include "packages/python_version.h"

#include <algorithm>
#include <array>
#include <string>

#include "sandbox/source_files.h"

namespace otmetka::packages {
namespace {

constexpr std::size_t kMostClause = 200;  // of `except (…)`

// Comments are left out, and what stands within quotes.
std::string code_only(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
      continue;
    }
    out += c;
    if (c != '"' && c != '\'') {
      ++i;
      continue;
    }
    const std::string quotes(text.substr(i, 3) == std::string(3, c) ? 3 : 1, c);
    for (i += quotes.size(); i < text.size() && text.substr(i, quotes.size()) != quotes; ++i) {
      if (text[i] == '\\') {
        i += text.substr(i + 1).starts_with("\r\n") ? 2 : 1;
      } else if (text[i] == '\n' && quotes.size() == 1) {
        break;
      }
    }
    if (i < text.size() && text[i] != '\n') i += quotes.size();
    i = std::min(i, text.size());
    out += c;
  }
  return out;
}

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

std::string_view take_word(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_word);
  const std::string_view word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(word.size());
  return word;
}

bool take_blanks(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_not_of(" \t"), text.size());
  text.remove_prefix(end);
  return end != 0;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// "socket.error"
bool take_name(std::string_view& text) {
  do {
    if (take_word(text).empty()) return false;
  } while (take(text, '.'));
  return true;
}

// Behind `print` or `exec`, both of which are names like any other in Python 3: what can follow no name.
bool is_operand(std::string_view text, bool after_blank) {
  if (text.empty()) return false;
  if (text[0] == '"' || text[0] == '\'' || text[0] == '`') return true;
  if (!after_blank) return false;
  if (text[0] == '{' || text.starts_with(">>")) return true;
  constexpr auto kMayFollow = std::to_array<std::string_view>({"in", "is", "and", "or", "if", "not", "for", "else", "as", "async", "from"});
  const std::string_view word = take_word(text);
  return !word.empty() && std::find(kMayFollow.begin(), kMayFollow.end(), word) == kMayFollow.end();
}

// Python 3.14 takes two exceptions so, whose names are in capitals.
bool is_old_except(std::string_view text) {
  if (take(text, '(')) {
    const auto close = text.substr(0, kMostClause).find(')');
    if (close == std::string_view::npos) return false;
    text.remove_prefix(close + 1);
  } else if (!take_name(text)) {
    return false;
  }
  take_blanks(text);
  if (!take(text, ',')) return false;
  take_blanks(text);
  const std::string_view variable = take_word(text);
  take_blanks(text);
  return !variable.empty() && (variable[0] < 'A' || variable[0] > 'Z') && take(text, ':');
}

bool is_old_statement(std::string_view text) {
  take_blanks(text);
  const std::string_view first = take_word(text);
  const bool blank = take_blanks(text);
  if (first == "print" || first == "exec") return is_operand(text, blank);
  if (first == "except") return is_old_except(text);
  if (first != "raise" || !take_name(text)) return false;
  take_blanks(text);
  return take(text, ',');
}

// A statement begins with a line, or behind `:` or `;` on it.
bool has_old_statement(std::string_view code) {
  for (std::size_t line_end = 0; !code.empty(); code.remove_prefix(std::min(line_end + 1, code.size()))) {
    line_end = std::min(code.find('\n'), code.size());
    std::string_view line = code.substr(0, line_end);
    while (!line.empty()) {
      if (is_old_statement(line)) return true;
      line.remove_prefix(std::min(line.find_first_of(":;"), line.size() - 1) + 1);
    }
  }
  return false;
}

// Called, and never named otherwise: neither defined nor imported.
bool is_old_function(std::string_view code, std::string_view name) {
  bool called = false;
  for (auto at = code.find(name); at != std::string_view::npos; at = code.find(name, at + name.size())) {
    const std::string_view before = code.substr(0, at), behind = code.substr(at + name.size());
    if (!before.empty() && (is_word(before.back()) || before.ends_with('.'))) continue;
    if (!behind.empty() && is_word(behind.front())) continue;
    if (!behind.starts_with('(') || before.ends_with("def ")) return false;
    called = true;
  }
  return called;
}

}  // namespace

bool is_python2(std::string_view text) {
  text = sandbox::without_byte_order_mark(text);
  const std::string_view first = text.starts_with("#!") ? text.substr(0, text.find('\n')) : std::string_view();
  if (first.find("python2") != std::string_view::npos) return true;
  if (first.find("python3") != std::string_view::npos) return false;
  const std::string code = code_only(text);
  if (has_old_statement(code)) return true;
  const bool asks_itself = text.find("NameError") != std::string_view::npos;
  return !asks_itself && (is_old_function(code, "raw_input") || is_old_function(code, "xrange"));
}

}  // namespace otmetka::packages
