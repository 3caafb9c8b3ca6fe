// Values of a package's YAML files: texts that are numbers, truths and lists of words, as PyYAML and its readers take them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"
#include "yaml/node.h"

namespace otmetka::packages {

// The file's mapping; an empty one for a file that says nothing. OT574 with the file and the line: no YAML, or no mapping.
Result<yaml::Node> read_mapping(std::string text, const std::string& file);

// The value of `key`, null where there is none or it is empty.
const yaml::Node* value_of(const yaml::Node& mapping, std::string_view key);

std::optional<double> number_of(const yaml::Node& node);  // also "inf", "+inf", "-inf"
std::optional<double> number_of(std::string_view text);
std::optional<bool> truth_of(const yaml::Node& node);  // true, yes, on, …
// The words of a text, or the texts of a list; nothing for a mapping.
std::vector<std::string> words_of(const yaml::Node& node);
// Whether it is a text or a list of texts, and nothing of it would be lost as words.
bool are_words(const yaml::Node& node);
std::vector<std::string> split_words(std::string_view text);

// OT575: what stands there is no such value.
Error bad_value(const std::string& file, const std::string& key, const yaml::Node& value);

// OT580 of each key that is none of `known`, with `before` in front of it.
void warn_of_unknown(const yaml::Node& mapping, std::span<const std::string_view> known, const std::string& file,
                     const std::string& before, std::vector<Message>& warnings);

// `constants` of problem.yaml, by "name" and "name.variant"; `{{name}}` in a text stands for the value.
using Constants = std::map<std::string, std::string, std::less<>>;
std::string with_constants(std::string text, const Constants& constants);

}  // namespace otmetka::packages
