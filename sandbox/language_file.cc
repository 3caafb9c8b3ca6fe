// The YAML of sandbox/languages/: docs/languages.md says what each key means.
#include <algorithm>
#include <cassert>
#include <optional>

#include "model/units.h"
#include "sandbox/built_in_languages.h"
#include "sandbox/language.h"
#include "yaml/reader.h"

namespace otmetka::sandbox {
namespace {

using yaml::Node;

class Reader {
 public:
  explicit Reader(const std::string& name) : name_(name) {}

  Status read(const Node& root, Language& out) {
    root_ = &root;
    if (!root.is_mapping()) return fail(root, "mapping");
    take_texts(out);
    take_limits("compile_limits", out.compile_limits);
    take_precompile(out);
    take_runtime(out);
    for (const yaml::Entry& entry : root.entries) {
      if (std::find(known_.begin(), known_.end(), entry.key) == known_.end()) note(entry.key_range, entry.key);
    }
    if (out.id.empty() || out.endings.empty()) note(root.range, out.id.empty() ? "language" : "endings");
    const bool runs = !out.run.empty() || !out.executable.empty();
    if (!runs) note(root.range, "run");
    return failure_ ? Status(*failure_) : ok_status();
  }

 private:
  void take_texts(Language& out) {
    out.id = text("language");
    out.title = text("title");
    out.main = text("main");
    out.packages = text("packages");
    out.executable = text("executable");
    out.endings = list("endings");
    out.headers = list("headers");
    out.reads = list("reads");
    out.needs = list("needs");
    out.version = list("version");
    out.compile = list("compile");
    out.keep = list("keep");
    out.run = list("run");
    if (out.title.empty()) out.title = out.id;
    out.keep_sources = text("keep_sources") == "true";
    out.memory_says = text("memory_says");
    for (const std::string& status : list("memory_exits")) {
      out.memory_exits.push_back(static_cast<int>(number(status, 255)));
      if (out.memory_exits.back() == 0) note(find("memory_exits")->range, "memory_exits");  // 0 is a good end
    }
    if (const std::string factor = text("time_factor"); !factor.empty()) {
      const auto read = parse_ratio(factor);
      if (!read || *read < Ratio(1) || *read > Ratio(20)) return note(find("time_factor")->range, "time_factor");
      out.time_factor =
          static_cast<double>(static_cast<std::int64_t>(read->num())) / static_cast<double>(static_cast<std::int64_t>(read->den()));
    }
  }

  void take_limits(const char* key, Limits& limits) {
    const Node* node = find(key);
    if (node == nullptr) return;
    for (const yaml::Entry& entry : node->entries) {
      const std::string& value = entry.value.text;
      bool good = true;
      if (entry.key == "cpu" || entry.key == "wall") {
        const auto time = parse_time_limit(value);
        good = time.has_value();
        if (good) (entry.key == "cpu" ? limits.cpu : limits.wall) = *time;
      } else if (entry.key == "processes") {
        limits.processes = number(value, 1'000);
        good = limits.processes != 0;
      } else if (auto* const place = size_of(limits, entry.key)) {
        const auto bytes = parse_bytes(value);
        good = bytes.has_value();
        if (good) *place = *bytes;
      } else {
        good = false;
      }
      if (!good) note(entry.key_range, std::string(key) + "." + entry.key);
    }
  }

  static std::uint64_t* size_of(Limits& limits, const std::string& key) {
    return key == "memory" ? &limits.memory_bytes : key == "output" ? &limits.output_bytes : key == "file" ? &limits.file_bytes : nullptr;
  }

  void take_precompile(Language& out) {
    const Node* node = find("precompile");
    if (node == nullptr) return;
    const Node* header = node->find("header");
    const Node* command = node->find("command");
    if (header == nullptr || command == nullptr || !command->is_sequence()) return note(node->range, "precompile");
    out.precompiled = header->text;
    for (const Node& item : command->items) out.precompile.push_back(item.text);
  }

  void take_runtime(Language& out) {
    const Node* node = find("runtime");
    if (node == nullptr) return;
    if (const Node* memory = node->find("memory")) {
      const auto bytes = parse_bytes(memory->text);
      if (!bytes) return note(memory->range, "runtime.memory");
      out.runtime_memory = *bytes;
    }
    if (const Node* reserves = node->find("reserves")) {
      const auto bytes = parse_bytes(reserves->text);
      if (!bytes) return note(reserves->range, "runtime.reserves");
      out.reserved_bytes = *bytes;
    }
    if (const Node* processes = node->find("processes")) out.runtime_processes = number(processes->text, 1'000);
  }

  const Node* find(const char* key) {
    known_.emplace_back(key);
    return root_->find(key);
  }

  std::string text(const char* key) {
    const Node* node = find(key);
    if (node == nullptr) return {};
    if (!node->is_scalar()) note(node->range, key);
    return node->text;
  }

  std::vector<std::string> list(const char* key) {
    std::vector<std::string> out;
    const Node* node = find(key);
    if (node == nullptr) return out;
    if (!node->is_sequence()) note(node->range, key);
    for (const Node& item : node->items) {
      if (!item.is_scalar()) note(item.range, key);
      out.push_back(item.text);
    }
    return out;
  }

  // 0 for what is no number up to `most`.
  static std::uint64_t number(const std::string& text, std::uint64_t most) {
    std::uint64_t value = 0;
    for (const char digit : text) {
      if (digit < '0' || digit > '9' || value > most) return 0;
      value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    return value <= most ? value : 0;
  }

  void note(const yaml::Range& range, const std::string& key) {
    if (failure_) return;
    failure_ = error("OT560", {name_, static_cast<std::int64_t>(range.line), key});
  }
  Status fail(const Node& node, const std::string& key) {
    note(node.range, key);
    return *failure_;
  }

  const std::string& name_;
  const Node* root_ = nullptr;
  std::vector<std::string> known_;
  std::optional<Error> failure_;
};

}  // namespace

Result<Language> read_language(std::string text, const std::string& name) {
  const yaml::Document document = yaml::read(std::move(text));
  if (!document.ok()) {
    const std::int64_t line = document.problems.empty() ? 1 : std::int64_t{document.problems[0].range.line};
    return error("OT560", {name, line, std::string("YAML")});
  }
  Language language;
  Reader reader(name);
  if (Status read = reader.read(*document.root, language); !read) return read.failure();
  return language;
}

const Language& scripts() {
  static const Language kScripts = [] {
    Language out;
    out.id = "build+run";
    out.title = "build, run";
    out.needs = {"/bin/sh"};
    out.compile = {"/bin/sh", "-c", "if [ -e build ]; then ./build || exit; fi; [ -e run ] || { echo 'there is no run' >&2; exit 1; }"};
    out.keep = {"*"};
    out.any_file = true;
    out.run = {"/w/run"};
    for (const Language& language : built_in_languages()) {
      if (language.id == "cpp") out.compile_limits = language.compile_limits;  // it is most often C++ that is built
    }
    return out;
  }();
  return kScripts;
}

const std::vector<Language>& built_in_languages() {
  static const std::vector<Language> kLanguages = [] {
    std::vector<Language> out;
    for (const auto& [name, text] : language_files()) {
      auto language = read_language(std::string(text), std::string(name));
      assert(language.ok());  // a test reads each of them
      if (language) out.push_back(std::move(*language));
    }
    return out;
  }();
  return kLanguages;
}

}  // namespace otmetka::sandbox
