#include "cli/config.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "cli/commands.h"
#include "cli/spec_input.h"
#include "cli/stores.h"
#include "cli/table.h"
#include "engine/answers/folder.h"
#include "queue/codec.h"
#include "yaml/reader.h"

namespace otmetka::cli {
namespace {

struct Known {
  const char* key;
  const char* default_value;
  const char* help_id;
  int most;                      // of a whole number; 0: text
  std::string_view words = {};   // the text is one of these, parted by commas; empty: any text
  bool several = false;          // or several of them, parted by commas
};

constexpr Known kKnown[] = {
    {"queue", "embedded:otmetka-data/queue", "cli.option.queue", 0},
    {"gradebook", "sqlite:otmetka-data/gradebook.db", "cli.option.gradebook", 0},
    {"specs", "specs", "cli.option.specs", 0},
    {"workers", "0", "cli.option.workers", 1024},
    {"commit_interval_ms", "250", "cli.option.commit_interval", 60'000},
    {"retry_tries", "4", "cli.option.retry_tries", 100},
    {"retry_base_ms", "100", "cli.option.retry_base", 60'000},
    {"spec_patience_ms", "30000", "cli.option.spec_patience", 3'600'000},
    {"listen", "", "cli.option.listen", 0},
    {"watchdog_ms", "60000", "cli.option.watchdog", 3'600'000},
    {"keep_results", "100000", "cli.option.keep_results", 1'000'000'000},
    {"slots", "0", "cli.option.slots", 64},
    {"languages", "", "cli.option.languages", 0},
    {"cache", "", "cli.option.cache", 0},
    {"allow_weak_sandbox", "0", "cli.option.weak", 1},
    {"prefix", "otmetka", "cli.option.prefix", 0},
    {"group", "", "cli.option.group", 0},
    {"instance", "", "cli.option.instance", 0},
    {"delivery", "exactly_once", "cli.option.delivery", 0, "exactly_once,at_least_once"},
    {"lanes", "submissions,programs,batch,retry", "cli.option.lanes", 0, "submissions,programs,batch,retry", true},
    {"forward", "programs,batch,retry", "cli.option.forward", 0, "programs,batch,retry,none", true},
    {"retry_rounds", "1", "cli.option.retry_rounds", 100},
    {"retry_delay_ms", "30000", "cli.option.retry_delay", 3'600'000},
    {"state", "", "cli.option.state", 0},
    {"results_encoding", "protobuf", "cli.option.results_encoding", 0, "protobuf,json"},
};

// Options of librdkafka: kafka.NAME in the file, or NAME within `kafka:`; OTMETKA_KAFKA_ and the name in capitals with _ for its dots.
constexpr std::string_view kKafka = "kafka.";
constexpr std::string_view kKafkaVariable = "OTMETKA_KAFKA_";

std::vector<std::string> known_keys() {
  std::vector<std::string> keys;
  for (const Known& known : kKnown) keys.push_back(known.key);
  return keys;
}

const Known* find_known(std::string_view key) {
  for (const Known& known : kKnown) {
    if (key == known.key) return &known;
  }
  return nullptr;
}

bool are_words(const Known& known, const std::string& value) {
  const std::vector<std::string> words = comma_separated(known.words);
  const std::vector<std::string> said = known.several ? comma_separated(value) : std::vector<std::string>{value};
  const auto is_word = [&](const std::string& one) { return std::find(words.begin(), words.end(), one) != words.end(); };
  return !said.empty() && std::all_of(said.begin(), said.end(), is_word);
}

std::optional<Error> check_value(const Known& known, const std::string& value, const std::string& origin) {
  if (!known.words.empty() && !are_words(known, value)) {
    return error("OT460", {std::string(known.key), value, std::string(known.words), origin});
  }
  if (known.most == 0) return std::nullopt;
  int number = 0;
  const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (problem == std::errc{} && end == value.data() + value.size() && number >= 0 && number <= known.most) return std::nullopt;
  return error("OT514", {std::string(known.key), value, std::int64_t{known.most}, origin});
}

std::string variable_of(std::string_view key) {
  std::string out = "OTMETKA_";
  for (const char c : key) out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

// What they mean librdkafka knows, and whether they are right.
Status set_kafka(Config& config, const std::string& key, const std::string& value, const std::string& origin) {
  std::erase_if(config.settings, [&](const Setting& setting) { return setting.key == key; });
  config.settings.push_back({key, value, origin, "cli.option.kafka"});
  return ok_status();
}

std::string option_of(std::string_view variable) {
  std::string out;
  for (const char c : variable.substr(kKafkaVariable.size())) {
    out += c == '_' ? '.' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

Status set(Config& config, std::string_view key, const std::string& value, const std::string& origin) {
  if (key.starts_with(kKafka) && key.size() > kKafka.size()) return set_kafka(config, std::string(key), value, origin);
  const Known* known = find_known(key);
  if (known == nullptr) {
    const std::string close = nearest(key, known_keys());
    return error(close.empty() ? "OT512" : "OT513", {std::string(key), origin, close});
  }
  if (const auto bad = check_value(*known, value, origin)) return *bad;
  for (Setting& setting : config.settings) {
    if (setting.key != key) continue;
    setting.value = value;
    setting.origin = origin;
  }
  return ok_status();
}

// Of no use for a spec, but /dev/null and a file of comments are configurations: they set nothing.
bool is_empty(const yaml::Document& document) {
  return !document.problems.empty() && document.problems.front().message.id == "OT104";
}

// `kafka:` holds entries of its own; every other one holds a value.
Status set_entry(Config& config, const yaml::Entry& entry, const std::string& key, const std::string& path) {
  const std::string origin = path + ":" + std::to_string(entry.key_range.line);
  if (key == "kafka" && entry.value.is_mapping()) {
    for (const yaml::Entry& inner : entry.value.entries) {
      if (Status done = set_entry(config, inner, std::string(kKafka) + inner.key, path); !done) return done;
    }
    return ok_status();
  }
  if (!entry.value.is_scalar()) return error("OT515", {key, origin});
  return set(config, key, entry.value.text, origin);
}

Status read_file(const std::string& path, Config& config) {
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown)) return engine::answers::open_failure(path, EISDIR);
  if (is_forbidden(path)) return engine::answers::open_failure(path, EACCES);
  std::ifstream in(path, std::ios::binary);
  if (!in) return error("OT510", {path});
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad() || text.bad()) return error("OT510", {path});
  const yaml::Document document = yaml::read(text.str());
  if (is_empty(document)) return ok_status();
  if (!document.problems.empty()) {
    const yaml::Problem& problem = document.problems.front();
    return error("OT511", {path, std::int64_t{problem.range.line}, problem.message.id});
  }
  if (!document.root || document.root->is_empty()) return ok_status();
  if (!document.root->is_mapping()) return error("OT511", {path, std::int64_t{1}, std::string("OT105")});
  for (const yaml::Entry& entry : document.root->entries) {
    if (Status done = set_entry(config, entry, entry.key, path); !done) return done;
  }
  return ok_status();
}

void set_by_variables(Config& config) {
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (!text.starts_with(kKafkaVariable) || equals == std::string_view::npos || equals == kKafkaVariable.size()) continue;
    const std::string name(text.substr(0, equals));
    static_cast<void>(set_kafka(config, std::string(kKafka) + option_of(name), std::string(text.substr(equals + 1)), name));
  }
}

std::string config_file(const std::string& asked) {
  if (!asked.empty()) return asked;
  if (const char* named = std::getenv("OTMETKA_CONFIG"); named != nullptr && *named != '\0') return named;
  return std::ifstream("otmetka.yaml") ? "otmetka.yaml" : std::string();
}

Result<std::string> after_prefix(const std::string& value, std::string_view prefix, const char* code) {
  if (!value.starts_with(prefix) || value.size() == prefix.size()) return error(code, {value});
  return value.substr(prefix.size());
}

struct ShowOptions {
  std::string file;
  std::string format;
};

// Whatever of librdkafka's options may hold one, today or in a later version; where a key lies is none.
bool is_secret(const std::string& key) {
  if (key.ends_with(".location") || key.ends_with(".url")) return false;
  static constexpr std::array<std::string_view, 6> kSigns = {"password", "secret", "key", "token", "pem", "oauthbearer.config"};
  const auto bears = [&](std::string_view sign) { return key.find(sign, kKafka.size()) != std::string::npos; };
  return std::any_of(kSigns.begin(), kSigns.end(), bears);
}

std::string shown(const Config& config, const Setting& setting) {
  if (setting.key.starts_with(kKafka)) return is_secret(setting.key) && !setting.value.empty() ? "…" : setting.value;
  return setting.key == "gradebook" ? shown_gradebook(config) : setting.value;
}

int show(const Context& context, const ShowOptions& options) {
  const auto config = read_config(options.file, {});
  if (!config) return report(context, config.failure());
  if (options.format == "json") {
    std::string out = "{";
    for (const Setting& setting : config->settings) {
      if (out.size() > 1) out += ',';
      queue::append_json_string(setting.key, out);
      out += ":{\"value\":";
      queue::append_json_string(shown(*config, setting), out);
      out += ",\"origin\":";
      queue::append_json_string(setting.origin, out);
      out += '}';
    }
    std::cout << out << "}\n";
    return kDone;
  }
  Table table({say(context, "cli.config.key"), say(context, "cli.config.value"), say(context, "cli.config.origin"),
               say(context, "cli.config.meaning")});
  for (const Setting& setting : config->settings) {
    table.row({setting.key, shown(*config, setting), setting.origin, say(context, setting.help_id)});
  }
  table.print(std::cout, context.colour_out);
  return kDone;
}

}  // namespace

const std::string& Config::get(std::string_view key) const {
  const auto it = std::find_if(settings.begin(), settings.end(), [&](const Setting& s) { return s.key == key; });
  assert(it != settings.end());
  return it->value;
}

int Config::get_int(std::string_view key) const {
  const std::string& text = get(key);
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Result<Config> read_config(const std::string& file, const Flags& flags) {
  Config config;
  for (const Known& known : kKnown) config.settings.push_back({known.key, known.default_value, "default", known.help_id});
  const std::string path = config_file(file);
  if (!path.empty()) {
    if (Status done = read_file(path, config); !done) return done.failure();
  }
  for (const Known& known : kKnown) {
    const std::string variable = variable_of(known.key);
    const char* value = std::getenv(variable.c_str());
    if (value == nullptr || *value == '\0') continue;
    if (Status done = set(config, known.key, value, variable); !done) return done.failure();
  }
  set_by_variables(config);
  for (const auto& [key, value] : flags) {
    if (value.empty()) continue;
    if (Status done = set(config, key, value, "--" + key); !done) return done.failure();
  }
  return config;
}

void warn_of_unknown_variables(const Context& context) {
  static constexpr std::string_view kPrefix = "OTMETKA_";
  std::vector<std::string> known = known_keys();
  known.insert(known.end(), {"config", "lang"});
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (!text.starts_with(kPrefix) || text.starts_with(kKafkaVariable)) continue;
    const std::string name(text.substr(0, text.find('=')));
    if (std::any_of(known.begin(), known.end(), [&](const std::string& key) { return variable_of(key) == name; })) continue;
    std::string key = name.substr(kPrefix.size());
    for (char& c : key) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const std::string close = nearest(key, known);
    warn(context, close.empty() ? Message{"OT518", {name}} : Message{"OT519", {name, variable_of(close)}});
  }
}

const std::string& Config::origin(std::string_view key) const {
  return std::find_if(settings.begin(), settings.end(), [&](const Setting& s) { return s.key == key; })->origin;
}

std::vector<std::string> comma_separated(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view one = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (!one.empty()) out.emplace_back(one);
  }
  return out;
}

Result<QueuePlace> queue_place(const Config& config) {
  const std::string& value = config.get("queue");
  for (const std::string_view prefix : {"embedded:", "kafka:"}) {
    if (auto rest = after_prefix(value, prefix, "OT516")) return QueuePlace{prefix == "kafka:", std::move(*rest)};
  }
  return error("OT516", {value});
}

bool has_gradebook(const Config& config) { return config.get("gradebook") != "none"; }

Result<GradebookPlace> gradebook_place(const Config& config) {
  const std::string& value = config.get("gradebook");
  if (value == "none") return error("OT469");
  if (value.starts_with("postgres://") || value.starts_with("postgresql://")) return GradebookPlace{true, value};
  for (const std::string_view prefix : {"sqlite:", "postgres:"}) {
    if (auto rest = after_prefix(value, prefix, "OT517")) return GradebookPlace{prefix == "postgres:", std::move(*rest)};
  }
  return error("OT517", {shown_gradebook(config)});
}

std::string config_schema() {
  std::string out = "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"$id\": \"urn:otmetka:config:v1\",\n"
                    "  \"title\": \"Otmetka configuration\",\n  \"type\": \"object\",\n  \"additionalProperties\": false,\n"
                    "  \"properties\": {";
  const Context english;
  const char* comma = "";
  for (const Known& known : kKnown) {
    out += std::string(comma) + "\n    \"" + known.key +
           "\": {\"type\": " + (known.most > 0 ? "\"integer\", \"minimum\": 0, \"maximum\": " + std::to_string(known.most) : "\"string\"") +
           ", \"description\": ";
    queue::append_json_string(say(english, known.help_id), out);
    if (!known.words.empty() && !known.several) {
      out += ", \"enum\": [";
      for (const std::string& word : comma_separated(known.words)) out += (out.ends_with('[') ? "\"" : ", \"") + word + '"';
      out += ']';
    }
    out += ", \"default\": ";
    if (known.most > 0) {
      out += known.default_value;
    } else {
      queue::append_json_string(known.default_value, out);
    }
    out += '}';
    comma = ",";
  }
  const std::string any = "{\"type\": [\"string\", \"number\", \"boolean\"]}";
  out += ",\n    \"kafka\": {\"type\": \"object\", \"additionalProperties\": " + any + ", \"description\": ";
  queue::append_json_string(say(english, "cli.option.kafka"), out);
  return out + "}\n  },\n  \"patternProperties\": {\"^kafka\\\\.\": " + any + "}\n}\n";
}

Command config_command() {
  static ShowOptions options;
  return {.name = "config", .summary_id = "cli.config.summary", .subcommands = {{.name = "config show",
           .summary_id = "cli.config.summary",
           .options = {{.name = "--config", .value_name = "FILE", .help_id = "cli.option.config", .text = &options.file},
                       {.name = "--format", .value_name = "FORMAT", .help_id = "cli.option.format", .choices = {"table", "json"},
                        .text = &options.format}},
           .run = [](const Context& context) { return show(context, options); }}}};
}

}  // namespace otmetka::cli
