#include <algorithm>
#include <array>
#include <cctype>

#include <sys/stat.h>

#include "engine/answers/charset.h"
#include "engine/answers/csv_reader.h"
#include "engine/answers/folder_reader.h"
#include "engine/answers/json_lines.h"
#include "queue/codec_utf8.h"

namespace otmetka::engine::answers {
namespace {

enum class Format { kJsonLines, kCsv };

std::optional<Format> format_by_extension(const std::string& path) {
  const std::size_t dot = path.find_last_of("./");
  if (dot == std::string::npos || path[dot] == '/') return std::nullopt;
  std::string extension = path.substr(dot + 1);
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  static constexpr std::array<std::string_view, 3> kJson = {"jsonl", "ndjson", "json"};
  static constexpr std::array<std::string_view, 3> kTable = {"csv", "tsv", "txt"};
  if (std::find(kJson.begin(), kJson.end(), extension) != kJson.end()) return Format::kJsonLines;
  if (std::find(kTable.begin(), kTable.end(), extension) != kTable.end()) return Format::kCsv;
  return std::nullopt;
}

Result<Format> find_format(const std::string& path, std::string_view beginning) {
  const std::string_view mark = beginning.substr(0, 2);
  if (mark == "\xFF\xFE" || mark == "\xFE\xFF" || looks_like_utf16(beginning)) return error("OT351");
  if (beginning.substr(0, 3) == "\xEF\xBB\xBF") beginning.remove_prefix(3);
  const std::size_t at = beginning.find_first_not_of(" \t\r\n");
  const char first = at == std::string_view::npos ? '\0' : beginning[at];
  const auto by_name = format_by_extension(path);
  if (first == '[' && by_name != Format::kCsv) return error("OT352");
  if (by_name) return *by_name;
  if (first == '{' || at == std::string_view::npos) return Format::kJsonLines;
  const bool binary = beginning.find('\0') != std::string_view::npos;
  return binary ? Result<Format>(error("OT366", {queue::to_utf8(path)})) : Result<Format>(Format::kCsv);
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

Result<std::unique_ptr<AnswersReader>> open_answers(const std::string& path, const Shapes& shapes) {
  struct stat info {};
  if (path != "-" && ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) {
    auto folder = Folder::open(path);
    return folder ? FolderReader::open(std::move(*folder), shapes) : Result<std::unique_ptr<AnswersReader>>(folder.failure());
  }
  auto input = InputFile::open(path);
  if (!input) return input.failure();
  // One read is enough to tell, and a pipe whose writer waits for its first answer is not kept waiting.
  auto format = find_format(path, input->peek(1));
  if (input->failure()) return *input->failure();
  if (!format) return format.failure();
  if (*format == Format::kCsv) return CsvReader::open(std::move(*input), shapes);
  std::shared_ptr<const Folder> folder;
  if (path != "-") {
    auto beside = Folder::open(folder_of(path));
    if (beside) folder = std::make_shared<const Folder>(std::move(*beside));
  }
  return std::unique_ptr<AnswersReader>(std::make_unique<JsonLinesReader>(std::move(*input), std::move(folder)));
}

}  // namespace otmetka::engine::answers
