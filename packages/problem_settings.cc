#include "packages/problem_settings.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace otmetka::packages {
namespace {

using yaml::Node;

const std::string kFile = "problem.yaml";
constexpr double kMostSeconds = 600;
constexpr double kMostMemoryMib = 64 * 1024;
constexpr double kMostOutputMib = 1024;
constexpr std::size_t kMostConstants = 1'000;
constexpr std::size_t kMostConstantBytes = 256;

constexpr auto kKnown = std::to_array<std::string_view>(
    {"problem_format_version", "type", "name", "uuid", "version", "author", "credits", "source", "source_url", "license", "rights_owner",
     "embargo_until", "limits", "validation", "validator_flags", "grading", "keywords", "languages", "allow_file_writing", "constants"});
constexpr double kMostPasses = 100;
constexpr auto kKnownLimits = std::to_array<std::string_view>(
    {"time_multiplier", "time_multipliers", "time_safety_margin", "time_limit", "time_resolution", "memory", "output", "code",
     "compilation_time", "compilation_memory", "validation_time", "validation_memory", "validation_output", "validation_passes"});

// What compilers and validators have here is the same for all packages: more is not given, and that is said.
struct OwnLimit {
  const char* key;
  double most;
  const char* text;
};
constexpr auto kOwnLimits = std::to_array<OwnLimit>({{"compilation_time", kCompilerSeconds, "30 s"},
                                                     {"compilation_memory", kCompilerMib, "1024 MiB"},
                                                     {"validation_time", kJudgeSeconds, "30 s"},
                                                     {"validation_memory", kJudgeMib, "2048 MiB"},
                                                     {"validation_output", kJudgeOutputMib, "8 MiB"}});

constexpr auto kVersions = std::to_array<std::string_view>({"legacy", "legacy-icpc", "2023-07-draft", "2023-07", "2025-09"});

std::optional<double> number_between(const Node& node, double least, double most) {
  const auto number = number_of(node);
  return number && *number >= least && *number <= most ? number : std::nullopt;
}

class Reader {
 public:
  Reader(const Node& root, std::vector<Message>& warnings) : root_(root), warnings_(warnings) {}

  Result<ProblemSettings> read() {
    warn_of_unknown(root_, kKnown, kFile, {}, warnings_);
    name();
    version();
    type();
    validation();
    limits();
    grading();
    constants();
    if (const Node* languages = value_of(root_, "languages")) out_.languages = words_of(*languages);
    if (std::find(out_.languages.begin(), out_.languages.end(), "all") != out_.languages.end()) out_.languages.clear();
    if (failure_) return *failure_;
    return std::move(out_);
  }

 private:
  void fail(Error failure) {
    if (!failure_) failure_ = std::move(failure);
  }

  void name() {
    const Node* name = value_of(root_, "name");
    if (name == nullptr) return;
    const Node* english = name->is_mapping() ? name->find("en") : name;
    if (english == nullptr && !name->entries.empty()) english = &name->entries.front().value;
    if (english != nullptr) out_.name = english->text;
  }

  void version() {
    const Node* version = value_of(root_, "problem_format_version");
    out_.legacy = version == nullptr || version->text.starts_with("legacy");
    if (version == nullptr || std::find(kVersions.begin(), kVersions.end(), version->text) != kVersions.end()) return;
    std::string known;
    for (const std::string_view one : kVersions) known.append(known.empty() ? "" : ", ").append(one);
    warnings_.push_back({"OT555", {kFile, version->text, std::move(known)}});
  }

  void type() {
    const Node* type = value_of(root_, "type");
    if (type == nullptr) return;
    for (const std::string& word : words_of(*type)) {
      if (word == "scoring") {
        out_.scoring = true;
      } else if (word == "interactive") {
        out_.interactive = true;
      } else if (word == "multi-pass") {
        out_.multi_pass = true;
      } else if (word == "submit-answer") {
        fail(error("OT576", {word}));
      } else if (word != "pass-fail") {
        fail(bad_value(kFile, "type", *type));
      }
    }
    out_.custom_score = out_.scoring && !out_.legacy;
  }

  void validation() {
    if (const Node* flags = value_of(root_, "validator_flags")) {
      if (!are_words(*flags)) fail(bad_value(kFile, "validator_flags", *flags));
      out_.validator_flags = words_of(*flags);
    }
    const Node* validation = value_of(root_, "validation");
    if (validation == nullptr) return;
    const std::vector<std::string> words = words_of(*validation);
    if (words.empty() || (words[0] != "default" && words[0] != "custom")) return fail(bad_value(kFile, "validation", *validation));
    out_.custom_validation = words[0] == "custom";
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (words[i] == "interactive") {
        out_.interactive = true;
      } else if (words[i] == "score") {
        out_.custom_score = true;
      } else if (words[i] == "multi-pass") {
        out_.multi_pass = true;
      } else {
        fail(bad_value(kFile, "validation", *validation));
      }
    }
  }

  void number(const Node& mapping, const char* key, double least, double most, std::optional<double>& place) {
    const Node* node = value_of(mapping, key);
    if (node == nullptr) return;
    place = number_between(*node, least, most);
    if (!place) fail(bad_value(kFile, key, *node));
  }

  void limits() {
    const Node* limits = value_of(root_, "limits");
    if (limits == nullptr) return;
    if (!limits->is_mapping()) return fail(bad_value(kFile, "limits", *limits));
    warn_of_unknown(*limits, kKnownLimits, kFile, "limits.", warnings_);
    number(*limits, "time_limit", 0.001, kMostSeconds, out_.time_limit);
    number(*limits, "time_multiplier", 1, 1'000, out_.time_multiplier);
    number(*limits, "validation_passes", 1, kMostPasses, out_.passes);
    number(*limits, "time_resolution", 0.001, kMostSeconds, out_.time_resolution);
    if (const Node* multipliers = value_of(*limits, "time_multipliers")) {
      if (multipliers->is_mapping()) {
        number(*multipliers, "ac_to_time_limit", 1, 1'000, out_.time_multiplier);
      } else {
        number(*limits, "time_multipliers", 1, 1'000, out_.time_multiplier);
      }
    }
    own_limits(*limits);
    std::optional<double> memory, output, code;
    number(*limits, "code", 0.001, kMostOutputMib * 1'024, code);
    if (code) out_.code_bytes = static_cast<std::uint64_t>(*code * 1'024);
    number(*limits, "memory", 1, kMostMemoryMib, memory);
    number(*limits, "output", 0.001, kMostOutputMib, output);
    if (memory) out_.memory_bytes = static_cast<std::uint64_t>(*memory * (1 << 20));
    if (output) out_.output_bytes = static_cast<std::uint64_t>(*output * (1 << 20));
  }

  void own_limits(const Node& limits) {
    for (const OwnLimit& own : kOwnLimits) {
      const Node* node = value_of(limits, own.key);
      const auto wanted = node == nullptr ? std::nullopt : number_of(*node);
      if (wanted && *wanted > own.most) warnings_.push_back({"OT559", {kFile, std::string(own.key), node->text, std::string(own.text)}});
    }
  }

  void grading() {
    const Node* grading = value_of(root_, "grading");
    if (grading == nullptr || !grading->is_mapping()) return;
    if (const Node* objective = value_of(*grading, "objective")) out_.minimised = objective->text == "min";
    number(*grading, "accept_score", -HUGE_VAL, HUGE_VAL, out_.accept_score);
    number(*grading, "reject_score", -HUGE_VAL, HUGE_VAL, out_.reject_score);
    if (const Node* range = value_of(*grading, "range")) {
      const std::vector<std::string> ends = words_of(*range);
      const auto low = ends.size() == 2 ? number_of(ends[0]) : std::nullopt;
      const auto high = ends.size() == 2 ? number_of(ends[1]) : std::nullopt;
      if (!low || !high) return fail(bad_value(kFile, "grading.range", *range));
      out_.range = {*low, *high};
    }
    if (const Node* on_reject = value_of(*grading, "on_reject")) {
      if (on_reject->text == "first_error") out_.stop_at_failure = true;
      if (on_reject->text == "grade") out_.stop_at_failure = false;
    }
  }

  void constants() {
    const Node* constants = value_of(root_, "constants");
    if (constants == nullptr) return;
    const auto take = [&](const std::string& name, const Node& value) {
      const bool fits = value.is_scalar() && value.text.size() <= kMostConstantBytes && out_.constants.size() < kMostConstants;
      if (!fits) return fail(bad_value(kFile, "constants." + name, value));
      out_.constants[name] = value.text;
    };
    for (const yaml::Entry& entry : constants->entries) {
      if (!entry.value.is_mapping()) {
        take(entry.key, entry.value);
        take(entry.key + ".value", entry.value);
        continue;
      }
      for (const yaml::Entry& variant : entry.value.entries) {
        take(entry.key + "." + variant.key, variant.value);
        if (variant.key == "value") take(entry.key, variant.value);
      }
    }
  }

  const Node& root_;
  std::vector<Message>& warnings_;
  ProblemSettings out_;
  std::optional<Error> failure_;
};

// The value of a key in lines `key = value`, without its quotes.
std::optional<std::string> ini_value(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto equals = line.find('=');
    if (equals == std::string_view::npos || split_words(line.substr(0, equals)) != std::vector<std::string>{std::string(key)}) continue;
    std::string_view value = line.substr(equals + 1);
    const auto begin = value.find_first_not_of(" \t\r'\"");
    if (begin == std::string_view::npos) return std::string();
    return std::string(value.substr(begin, value.find_last_not_of(" \t\r'\"") - begin + 1));
  }
  return std::nullopt;
}

Status take_time_limit(const std::string& file, std::string_view text, std::optional<double>& place, std::vector<Message>& warnings) {
  const auto number = number_of(text);
  if (!number || *number < 0.001 || *number > kMostSeconds) {
    yaml::Node shown;
    shown.kind = Node::Kind::kScalar;
    shown.text = std::string(text.substr(0, 20));
    return bad_value(file, "timelimit", shown);
  }
  if (!place) {
    place = number;
  } else if (std::fabs(*place - *number) > 1e-9) {
    warnings.push_back({"OT586", {file, std::string(text)}});
  }
  return ok_status();
}

// The bytes of a small file beside problem.yaml; nullopt where there is none.
Result<std::optional<std::string>> read_beside(const PackageFiles& files, const std::string& name) {
  if (!files.has_file(name)) return std::optional<std::string>();
  auto text = files.read(name, kMostYamlBytes);
  if (!text) return text.failure();
  return std::optional<std::string>(std::move(*text));
}

std::string first_word(std::string_view text) {
  std::vector<std::string> words = split_words(text.substr(0, 1'000));
  return words.empty() ? std::string() : std::move(words[0]);
}

}  // namespace

Result<ProblemSettings> read_problem_yaml(std::string text, std::vector<Message>& warnings) {
  const auto root = read_mapping(std::move(text), kFile);
  if (!root) return root.failure();
  return Reader(*root, warnings).read();
}

Result<ProblemSettings> read_settings(const PackageFiles& files, std::vector<Message>& warnings) {
  const std::string ini_file = "domjudge-problem.ini";
  auto yaml = read_beside(files, kFile);
  if (!yaml) return yaml.failure();
  const auto ini = read_beside(files, ini_file);
  if (!ini) return ini.failure();
  if (!*yaml && !*ini) return error("OT570", {files.root()});
  auto settings = read_problem_yaml(std::move(*yaml).value_or(std::string()), warnings);
  if (!settings) return settings;
  if (*ini) {
    if (settings->name.empty()) settings->name = ini_value(**ini, "name").value_or(std::string());
    if (const auto limit = ini_value(**ini, "timelimit")) {
      if (Status taken = take_time_limit(ini_file, *limit, settings->time_limit, warnings); !taken) return taken.failure();
    }
  }
  const auto time = read_beside(files, ".timelimit");
  if (!time) return time.failure();
  if (*time) {
    if (Status taken = take_time_limit(".timelimit", first_word(**time), settings->time_limit, warnings); !taken) return taken.failure();
  }
  const auto memory = read_beside(files, ".memlimit");
  if (!memory) return memory.failure();
  const auto mib = *memory ? number_of(first_word(**memory)) : std::nullopt;
  if (mib && *mib >= 1 && *mib <= kMostMemoryMib && !settings->memory_bytes)
    settings->memory_bytes = static_cast<std::uint64_t>(*mib * (1 << 20));
  return settings;
}

}  // namespace otmetka::packages
