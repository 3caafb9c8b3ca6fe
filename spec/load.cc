#include "spec/load.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <utility>

#include "spec/constraints.h"
#include "spec/reporter.h"
#include "spec/rules.h"
#include "spec/textproto_to_message.h"
#include "spec/yaml_to_message.h"

namespace otmetka::spec {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20;

// One byte past the limit is enough to know that a file is too large.
std::optional<std::string> read_stream(std::istream& in) {
  std::string text(kMostBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return std::nullopt;
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

std::optional<std::string> read_file(const std::string& path) {
  if (path == "-") return read_stream(std::cin);
  std::error_code failed;
  if (std::filesystem::is_directory(path, failed)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return read_stream(in);
}

// The file as bytes and, for YAML, as YAML. For text protobuf only the bytes are looked at.
yaml::Document open_document(std::string text, Form form) {
  if (form == Form::kYaml) return yaml::read(std::move(text));
  yaml::Document document{yaml::Source(std::move(text)), std::nullopt, {}};
  if (auto refused = yaml::refuse_bytes(document.source, {})) document.problems.push_back(std::move(*refused));
  return document;
}

// A problem of the text itself belongs to the item it stands in.
void name_items(const LocationMap& locations, int items, std::vector<Diagnostic>& diagnostics) {
  int item = -1;
  for (Diagnostic& diagnostic : diagnostics) {
    while (item + 1 < items && locations.at("items[" + std::to_string(item + 1) + "]").offset <= diagnostic.range.offset) ++item;
    if (diagnostic.path.empty() && diagnostic.range.known() && item >= 0) diagnostic.path = "items[" + std::to_string(item) + "]";
  }
}

}  // namespace

Form form_of(const std::string& path) {
  for (const char* ending : {".textproto", ".txtpb", ".pbtxt"}) {
    if (path.ends_with(ending)) return Form::kTextproto;
  }
  return Form::kYaml;
}

LoadedSpec load_text(std::string text, Form form, const LoadOptions& options) {
  const auto document = std::make_shared<const yaml::Document>(open_document(std::move(text), form));
  LoadedSpec loaded{{}, LocationMap(document), {}};
  Reporter reporter(options.name);
  for (const yaml::Problem& problem : document->problems) reporter.error(problem.message.id, problem.range, "", problem.message.args);
  bool read = false;
  if (form == Form::kYaml && document->root) {
    yaml_to_message(*document->root, options.kinds, loaded.message, loaded.locations, reporter);
    read = document->root->is_mapping();
  } else if (form == Form::kTextproto && document->problems.empty()) {
    read = textproto_to_message(document->source, options.kinds, loaded.message, loaded.locations, reporter);
  }
  if (read) {
    check_constraints(loaded.message, options.kinds, loaded.locations, options.folder, reporter);
    check_rules(loaded.message, loaded.locations, reporter);
  }
  loaded.diagnostics = reporter.take();
  sort_by_position(loaded.diagnostics);
  name_items(loaded.locations, loaded.message.items_size(), loaded.diagnostics);
  return loaded;
}

LoadedSpec load_file(const std::string& path, KindTable kinds) {
  auto text = read_file(path);
  if (!text) {
    LoadedSpec loaded;
    const Message message{"OT100", {path, std::string(std::strerror(errno))}};
    loaded.diagnostics.push_back({message, messages::Severity::kError, path, {}, {}, {}});
    return loaded;
  }
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  const bool from_file = path != "-";
  return load_text(std::move(*text), form_of(path), {kinds, from_file ? path : "", from_file && parent.empty() ? "." : parent});
}

}  // namespace otmetka::spec
