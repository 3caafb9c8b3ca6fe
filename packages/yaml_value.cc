#include "packages/yaml_value.h"

#include <algorithm>
#include <cmath>

#include "checkers/program/decimal.h"
#include "model/text.h"
#include "packages/package_files.h"
#include "yaml/lenient.h"

namespace otmetka::packages {
namespace {

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::size_t kMostSubstituted = kMostSourceBytes;
constexpr std::size_t kMostName = 100;
constexpr std::size_t kMostShown = 60;

std::string shortened(std::string text) {
  if (text.size() <= kMostShown) return text;
  std::size_t end = kMostShown;  // not inside of a code point
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

std::string shown(const yaml::Node& node) {
  if (node.is_scalar()) return shortened(node.text);
  std::string out;
  for (const yaml::Node& item : node.items) {
    if (out.size() <= kMostShown) out += (out.empty() ? "" : ", ") + (item.is_scalar() ? item.text : "…");
  }
  for (const yaml::Entry& entry : node.entries) {
    if (out.size() <= kMostShown) out += (out.empty() ? "" : ", ") + entry.key + ": …";
  }
  return node.is_sequence() ? "[" + shortened(std::move(out)) + "]" : "{" + shortened(std::move(out)) + "}";
}

}  // namespace

Result<yaml::Node> read_mapping(std::string text, const std::string& file) {
  yaml::Document document = yaml::read_lenient(std::move(text), {.bytes = kMostYamlBytes, .depth = 16, .nodes = 1u << 16, .problems = 1});
  if (!document.root) return error("OT574", {file, std::int64_t{document.problems.front().range.line}});
  if (document.root->is_empty()) document.root->kind = yaml::Node::Kind::kMapping;
  if (!document.root->is_mapping()) return error("OT574", {file, std::int64_t{document.root->range.line}});
  return std::move(*document.root);
}

const yaml::Node* value_of(const yaml::Node& mapping, std::string_view key) {
  const yaml::Node* node = mapping.find(key);
  return node == nullptr || node->is_empty() ? nullptr : node;
}

std::optional<double> number_of(std::string_view text) {
  text = trimmed(text);
  const bool negative = text.starts_with('-');
  const std::string_view name = negative || text.starts_with('+') ? text.substr(1) : text;
  if (name == "inf" || name == ".inf") return negative ? -HUGE_VAL : HUGE_VAL;
  return checkers::program::finite_decimal(text);
}

std::optional<double> number_of(const yaml::Node& node) { return node.is_scalar() ? number_of(node.text) : std::nullopt; }

std::optional<bool> truth_of(const yaml::Node& node) {
  std::string text(trimmed(node.text));
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (text == "true" || text == "yes" || text == "on") return true;
  if (text == "false" || text == "no" || text == "off") return false;
  return std::nullopt;
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> out;
  while (true) {
    const auto begin = text.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return out;
    const auto end = std::min(text.find_first_of(kSpace, begin), text.size());
    out.emplace_back(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
}

bool are_words(const yaml::Node& node) {
  const auto is_word = [](const yaml::Node& one) { return one.is_scalar() || one.is_empty(); };
  return node.is_sequence() ? std::all_of(node.items.begin(), node.items.end(), is_word) : is_word(node);
}

std::vector<std::string> words_of(const yaml::Node& node) {
  if (!node.is_sequence()) return split_words(node.text);
  std::vector<std::string> out;
  for (const yaml::Node& item : node.items) out.push_back(item.text);
  return out;
}

Error bad_value(const std::string& file, const std::string& key, const yaml::Node& value) {
  return error("OT575", {file, key, shown(value)});
}

void warn_of_unknown(const yaml::Node& mapping, std::span<const std::string_view> known, const std::string& file,
                     const std::string& before, std::vector<Message>& warnings) {
  for (const yaml::Entry& entry : mapping.entries) {
    if (std::find(known.begin(), known.end(), entry.key) == known.end()) warnings.push_back({"OT580", {file, before + entry.key}});
  }
}

std::string with_constants(std::string text, const Constants& constants) {
  if (constants.empty()) return text;
  std::string out;
  std::string_view rest = text;
  while (out.size() <= kMostSubstituted) {
    const auto open = rest.find("{{");
    if (open == std::string_view::npos) return out.append(rest);
    const std::string_view inside = rest.substr(open + 2, kMostName);
    const auto close = inside.find("}}");
    const auto found = close == std::string_view::npos ? constants.end() : constants.find(trimmed(inside.substr(0, close)));
    // What is no constant may begin one character on: `{{{name}}}`.
    out.append(rest.substr(0, open)).append(found == constants.end() ? rest.substr(open, 1) : std::string_view(found->second));
    rest.remove_prefix(found == constants.end() ? open + 1 : open + 2 + close + 2);
  }
  return text;
}

}  // namespace otmetka::packages
