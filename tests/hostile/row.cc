#include "tests/hostile/row.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "model/units.h"

namespace otmetka::hostile {
namespace {

constexpr std::array kModes{"root", "delegated", "bare"};

sandbox::Limits default_limits() {
  return {.cpu = std::chrono::milliseconds(500), .wall = std::chrono::seconds(2), .memory_bytes = 64u << 20, .processes = 8,
          .output_bytes = 64u << 10, .file_bytes = 1u << 20};
}

constexpr std::array kEndings{".c", ".cpp", ".java", ".js", ".pas", ".py"};

bool set_limit(sandbox::Limits& limits, const std::string& word) {
  const auto equals = word.find('=');
  const std::string name = word.substr(0, equals);
  const std::string value = equals == std::string::npos ? std::string() : word.substr(equals + 1);
  const auto time = parse_time_limit(value);
  const auto bytes = parse_bytes(value);
  if (name == "cpu" && time) {
    limits.cpu = *time;
  } else if (name == "wall" && time) {
    limits.wall = *time;
  } else if (name == "memory" && bytes) {
    limits.memory_bytes = *bytes;
  } else if (name == "output" && bytes) {
    limits.output_bytes = *bytes;
  } else if (name == "files" && bytes) {
    limits.file_bytes = *bytes;
  } else if (name == "processes" && bytes) {
    limits.processes = *bytes;
  } else {
    return false;
  }
  return true;
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

// Of a source; false: it is no word of one.
bool set_of_source(Row& row, const std::string& key, const std::string& value) {
  if (key == "compile limits") {
    sandbox::Limits tried;
    row.compile_limits = value;
    row.unread += set_limits(tried, value);
  } else if (key == "name") {
    row.name = value;
  } else if (key == "language") {
    row.language = value;
  } else if (key == "bytes") {
    row.bytes = value;
  } else if (key == "times") {
    row.times = std::stoi(value);
  } else {
    return false;
  }
  return true;
}

void set(Row& row, const std::string& key, const std::string& value) {
  if (set_of_source(row, key, value)) return;
  if (key == "right") {
    for (const char* mode : kModes) row.right.try_emplace(mode, value);
  } else if (std::find(kModes.begin(), kModes.end(), key) != kModes.end()) {
    row.right[key] = value;
  } else if (key == "runs") {
    row.runs = words(value);
  } else if (key == "pair") {
    row.pair = words(value);
  } else if (key == "repeat") {
    row.repeat = std::stoi(value);
  } else if (key == "at once") {
    row.at_once = std::stoi(value);
  } else if (key == "collects") {
    row.collects = words(value);
  } else if (key == "refuses") {
    row.refuses = words(value);
  } else if (key == "input") {
    row.input = value + "\n";
  } else if (key == "gives") {
    row.given_name = value.substr(0, value.find(' '));
    row.given_text = value.substr(value.find(' ') + 1) + "\n";
  } else if (key == "prints") {
    row.prints = value + "\n";
  } else if (key == "limits") {
    row.unread += set_limits(row.limits, value);
  }
}

Row read_row(const std::filesystem::path& file) {
  Row row;
  row.file = file;
  row.limits = default_limits();
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::string_view mark = line.starts_with("// ") ? "// " : line.starts_with("# ") ? "# " : "";
    if (mark.empty()) break;
    line.erase(0, mark.size());
    const auto colon = line.find(": ");
    if (colon == std::string::npos) continue;
    const std::string key = line.substr(0, colon);
    if (row.id.empty()) {
      row.id = key;
      row.about = line.substr(colon + 2);
    } else {
      set(row, key, line.substr(colon + 2));
    }
  }
  return row;
}

}  // namespace

std::vector<Row> read_rows(const std::filesystem::path& folder) {
  std::vector<Row> rows;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string ending = entry.path().extension();
    if (std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end()) rows.push_back(read_row(entry.path()));
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.file < b.file; });
  return rows;
}

std::string set_limits(sandbox::Limits& limits, const std::string& text) {
  std::string unread;
  for (const std::string& word : words(text)) {
    if (!set_limit(limits, word)) unread += word + " ";
  }
  return unread;
}

bool is_contained(const Row& row, const std::string& mode) {
  const auto right = row.right.find(mode);
  return right != row.right.end() && !right->second.starts_with("weak") && !right->second.starts_with("REFUSED");
}

std::string ending_text(const sandbox::RunResult& result) {
  using sandbox::Ending;
  switch (result.ending) {
    case Ending::kExited: return "EXITED " + std::to_string(result.code);
    case Ending::kSignalled: return "SIGNALLED " + std::to_string(result.code);
    case Ending::kTimeLimit: return "TIME_LIMIT";
    case Ending::kIdleLimit: return "IDLE_LIMIT";
    case Ending::kCancelled: return "CANCELLED";
    case Ending::kMemoryLimit: return "MEMORY_LIMIT";
    case Ending::kOutputLimit: return "OUTPUT_LIMIT";
    case Ending::kSecurity: return "SECURITY_VIOLATION";
    case Ending::kNotStarted: return "NOT_STARTED";
  }
  return {};
}

bool is_one_of(const std::string& ending, const std::string& alternatives) {
  std::string rest = alternatives.starts_with("weak ") ? alternatives.substr(5) : alternatives;
  while (!rest.empty()) {
    const auto slash = rest.find(" / ");
    std::string one = rest.substr(0, slash);
    rest = slash == std::string::npos ? std::string() : rest.substr(slash + 3);
    if (one == ending) return true;
    if (one.ends_with(" *") && ending.starts_with(one.substr(0, one.size() - 1))) return true;
  }
  return false;
}

}  // namespace otmetka::hostile
