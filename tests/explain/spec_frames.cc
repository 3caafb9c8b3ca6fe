#include "tests/explain/spec_frames.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace otmetka::explain {
namespace {

enum class Level { kSpec, kRubric, kItem, kCode, kUnitTests };
using Fields = std::vector<std::pair<std::string_view, std::string>>;  // key, its line; the key `kind` is any kind of item

constexpr std::string_view kKinds[] = {"text", "numeric", "regex", "choice", "digits", "match", "order", "parts", "code", "unit_tests"};

bool is_kind(std::string_view key) { return std::find(std::begin(kKinds), std::end(kKinds), key) != std::end(kKinds); }

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (true) {
    const auto end = text.find('\n');
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

std::string_view key_of(std::string_view line) {
  const auto end = line.find_first_not_of("abcdefghijklmnopqrstuvwxyz_");
  return end != std::string_view::npos && line[end] == ':' ? line.substr(0, end) : std::string_view();
}

std::vector<std::string_view> keys_of(std::string_view fragment) {
  std::vector<std::string_view> out;
  for (const std::string_view line : lines_of(fragment)) {
    if (!key_of(line).empty()) out.push_back(key_of(line));
  }
  return out;
}

std::string indented(std::string_view text) {
  std::string out;
  for (const std::string_view line : lines_of(text)) out.append(out.empty() ? "" : "\n").append("  ").append(line);
  return out;
}

std::string filled(std::string_view fragment, const Fields& required) {
  const auto keys = keys_of(fragment);
  std::string out;
  for (const auto& [key, line] : required) {
    const bool given = std::any_of(keys.begin(), keys.end(), [&](auto one) { return key == "kind" ? is_kind(one) : one == key; });
    if (!given) out += line + "\n";
  }
  return out.append(fragment);
}

std::string spec_with(std::string_view fields) {
  return filled(fields, {{"grade", "grade: v1"}, {"id", "id: example"}, {"items", "items:\n- id: first\n  text: Москва"}}) + "\n";
}

std::string with_item(std::string_view fields, const char* kind) {
  return spec_with("items:\n- id: first\n" + indented(filled(fields, {{"kind", kind}})));
}

std::string with_code(std::string_view settings) {
  return with_item("code:\n" + indented(filled(settings, {{"tests", "tests: [{in: \"2 3\", out: \"5\"}]"}})), "");
}

std::string with_unit_tests(std::string_view settings) {
  Fields required = {{"submit", "submit: fizz.py"}, {"tests", "tests: file:test_fizz.py"}};
  if (settings.find("language: cpp") != std::string_view::npos) {
    required = {{"submit", "submit: add.cc"}, {"tests", "tests: file:add_test.cc"}};
  }
  if (settings.find("language: java") != std::string_view::npos) {
    required = {{"submit", "submit: Solution.java"},
                {"tests", "tests: file:AddTest.java"},
                {"functions", "functions: [\"static int Solution.add(int a, int b)\"]"}};
  }
  return with_item("unit_tests:\n" + indented(filled(settings, required)), "");
}

std::string with_list(std::string_view list) {
  const std::string_view first = lines_of(list).front();
  if (first.find("in: ") != std::string_view::npos) return with_code("tests:\n" + indented(list));
  if (first.starts_with("- {give:")) return with_item("samples:\n" + std::string(list), "numeric: 5");
  return spec_with("items:\n" + std::string(list));
}

const Level* level_of(std::string_view key) {
  static const std::map<std::string_view, Level> kLevels = {
      {"grade", Level::kSpec},         {"id", Level::kSpec},           {"title", Level::kSpec},
      {"items", Level::kSpec},         {"rubric", Level::kSpec},       {"attempts", Level::kRubric},
      {"late", Level::kRubric},        {"round", Level::kRubric},      {"ask", Level::kItem},
      {"points", Level::kItem},        {"samples", Level::kItem},      {"limits", Level::kCode},
      {"compare", Level::kCode},       {"scoring", Level::kCode},      {"language", Level::kUnitTests},
  };
  static const Level kOfKinds = Level::kItem;
  const auto found = kLevels.find(key);
  return found != kLevels.end() ? &found->second : is_kind(key) ? &kOfKinds : nullptr;
}

}  // namespace

std::string spec_of(std::string_view fragment) {
  if (fragment.starts_with("- ")) return with_list(fragment);
  const std::string_view first = key_of(lines_of(fragment).front());
  const Level* level = level_of(first);
  if (level == nullptr) return std::string(fragment);
  switch (*level) {
    case Level::kSpec: return spec_with(fragment);
    case Level::kRubric: return spec_with("rubric:\n" + indented(fragment));
    case Level::kItem: return with_item(fragment, first == "samples" ? "numeric: 5" : "text: Москва");
    case Level::kCode: return with_code(fragment);
    case Level::kUnitTests: return with_unit_tests(fragment);
  }
  return {};
}

}  // namespace otmetka::explain
