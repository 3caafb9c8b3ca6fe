// Settings and where they come from: default < file < environment (OTMETKA_…) < flag.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command_line.h"
#include "model/result.h"

namespace otmetka::cli {

// One setting after all sources have spoken.
struct Setting {
  std::string key;          // in the file; the variable is OTMETKA_ and the key in capitals; the flag is --key
  std::string value;
  std::string origin;       // "default", "file otmetka.yaml:3", "environment", "flag"
  std::string help_id;
};

struct Config {
  std::vector<Setting> settings;
  const std::string& get(std::string_view key) const;  // key must be known
  const std::string& origin(std::string_view key) const;
  int get_int(std::string_view key) const;             // of a setting that holds a whole number (checked on reading)
};

// What the flags gave: key and value; empty values are flags that were not used.
using Flags = std::vector<std::pair<std::string, std::string>>;

// `file` empty: OTMETKA_CONFIG, else otmetka.yaml in this folder if it is there. OT51x with file and line on a bad file, an
// unknown key (the nearest known one is named), a value that does not fit; the same for variables.
Result<Config> read_config(const std::string& file, const Flags& flags);

// A notice, OT518 or OT519 with the nearest known one, for each OTMETKA_… in the environment that means nothing.
void warn_of_unknown_variables(const Context& context);

// "embedded:DIR" or "kafka:BROKERS"; OT516 for another kind.
struct QueuePlace {
  bool on_kafka = false;
  std::string where;  // DIR or BROKERS, never empty
};
Result<QueuePlace> queue_place(const Config& config);

// The parts without the blanks around them; empty ones are left out.
std::vector<std::string> comma_separated(std::string_view text);

// Whether the setting is anything but "none": a worker on Kafka may leave the gradebook to another process.
bool has_gradebook(const Config& config);

// "sqlite:FILE", "postgres:DSN", or a DSN that begins with postgres:// or postgresql://; OT517 for another kind, OT469 for
// "none".
struct GradebookPlace {
  bool on_server = false;  // in a PostgreSQL database
  std::string where;       // FILE or DSN, never empty
};
Result<GradebookPlace> gradebook_place(const Config& config);

// The JSON Schema of the configuration file.
std::string config_schema();

}  // namespace otmetka::cli
