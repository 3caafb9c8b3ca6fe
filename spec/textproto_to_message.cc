#include "spec/textproto_to_message.h"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "model/text.h"
#include "spec/suggest.h"
#include "spec/yaml_schema.h"

namespace otmetka::spec {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::TextFormat;

constexpr int kDeepest = 32;

// protobuf's tokenizer counts columns in bytes and lets a tab go to the next multiple of eight.
std::size_t byte_of_column(std::string_view line, int column) {
  std::size_t at = 0;
  for (int reached = 0; at < line.size() && reached < column; ++at) reached += line[at] == '\t' ? 8 - reached % 8 : 1;
  return at;
}

std::size_t offset_of(const yaml::Source& source, int line0, int column) {
  if (line0 < 0 || static_cast<std::uint32_t>(line0) >= source.line_count()) return source.text().size();
  const std::string_view line = source.line(static_cast<std::uint32_t>(line0) + 1);
  return static_cast<std::size_t>(line.data() - source.text().data()) + byte_of_column(line, column);
}

yaml::Range word_at(const yaml::Source& source, std::size_t offset) {
  std::size_t end = offset;
  const std::string_view text = source.text();
  while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_' || static_cast<unsigned char>(text[end]) >= 0x80)) ++end;
  return source.range(offset, end > offset ? end - offset : 1);
}

struct FirstError final : google::protobuf::io::ErrorCollector {
  std::optional<int> line;
  int column = 0;
  std::string message;
  void AddError(int at_line, google::protobuf::io::ColumnNumber at_column, const std::string& text) override {
    if (line) return;
    line = at_line;
    column = at_column;
    message = text;
  }
};

struct KindFinder final : TextFormat::Finder {
  KindTable kinds;
  mutable std::string unknown;
  explicit KindFinder(KindTable table) : kinds(table) {}
  const Descriptor* FindAnyType(const Message&, const std::string& prefix, const std::string& name) const override {
    const KindRow* row = prefix == "type.googleapis.com/" ? find_kind_of(kinds, name) : nullptr;
    if (row == nullptr) unknown = prefix + name;
    return row == nullptr ? nullptr : row->settings;
  }
};

std::string quoted_part(const std::string& text, std::size_t nth) {
  std::size_t open = std::string::npos;
  std::size_t close = std::string::npos;
  for (std::size_t i = 0; i <= nth; ++i) {
    open = text.find('"', close == std::string::npos ? 0 : close + 1);
    if (open == std::string::npos) return {};
    close = text.find('"', open + 1);
    if (close == std::string::npos) return {};
  }
  return text.substr(open + 1, close - open - 1);
}

const Descriptor* known_type(const std::string& name, const Message& root, KindTable kinds) {
  if (const KindRow* row = find_kind_of(kinds, name)) return row->settings;
  return root.GetDescriptor()->file()->pool()->FindMessageTypeByName(name);
}

// protobuf points past a name that it does not know.
yaml::Range name_before(const yaml::Source& source, std::size_t offset, const std::string& name) {
  const std::size_t start = source.text().rfind(name, offset);
  return name.empty() || start == std::string_view::npos ? word_at(source, offset) : source.range(start, name.size());
}

void report(const FirstError& error, const KindFinder& finder, const yaml::Source& source, const Message& root, Reporter& reporter) {
  const std::size_t offset = offset_of(source, error.line.value_or(0), error.column);
  if (!finder.unknown.empty()) {
    std::vector<std::string> names;
    for (const KindRow& row : finder.kinds) names.push_back("type.googleapis.com/" + row.settings->full_name());
    return reporter.error("OT134", name_before(source, offset, finder.unknown), "", {finder.unknown, joined(names)});
  }
  // Message type "otmetka.v1.Item" has no field named "pionts".
  if (error.message.find("has no field named") != std::string::npos) {
    const std::string typed = quoted_part(error.message, 1);
    const Descriptor* type = known_type(quoted_part(error.message, 0), root, finder.kinds);
    std::vector<std::string> names;
    for (int i = 0; type != nullptr && i < type->field_count(); ++i) names.push_back(type->field(i)->name());
    return reporter.error("OT107", name_before(source, offset, typed), "", {typed, joined(names)}, nearest(typed, names));
  }
  reporter.error("OT128", word_at(source, offset), "", {error.message});
}

class Recorder {
 public:
  Recorder(const yaml::Source& source, KindTable kinds, LocationMap& locations) : source_(source), kinds_(kinds), locations_(locations) {}

  void message(const Message& m, const TextFormat::ParseInfoTree& tree, const std::string& path) {
    const Descriptor& type = *m.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& f = *type.field(i);
      const int size = f.is_repeated() ? m.GetReflection()->FieldSize(m, &f) : 1;
      for (int n = 0; n < size; ++n) value(m, f, n, tree, path);
    }
  }

 private:
  void value(const Message& m, const FieldDescriptor& f, int n, const TextFormat::ParseInfoTree& tree, const std::string& parent) {
    const int index = f.is_repeated() ? n : -1;
    const auto found = tree.GetLocationRange(&f, index);
    if (found.start.line < 0) return;
    const yaml::Range range = word_at(source_, offset_of(source_, found.start.line, found.start.column));
    const std::string name = parent.empty() ? f.name() : parent + "." + f.name();
    const std::string path = f.is_repeated() ? name + "[" + std::to_string(n) + "]" : name;
    if (f.is_repeated() && n == 0) locations_.add(name, range, range, nullptr);
    locations_.add(path, range, range, nullptr);
    const TextFormat::ParseInfoTree* nested = f.message_type() == nullptr ? nullptr : tree.GetTreeForNested(&f, index);
    if (nested == nullptr) return;
    const Message& inner = f.is_repeated() ? m.GetReflection()->GetRepeatedMessage(m, &f, n) : m.GetReflection()->GetMessage(m, &f);
    if (yaml_options(f).kind()) {
      settings(static_cast<const google::protobuf::Any&>(inner), *nested, range, parent);
    } else {
      message(inner, *nested, path);
    }
  }

  // protobuf records the fields of an expanded Any in the tree of the Any itself.
  void settings(const google::protobuf::Any& any, const TextFormat::ParseInfoTree& tree, const yaml::Range& range, const std::string& parent) {
    const KindRow* row = find_kind_of(kinds_, type_name(any.type_url()));
    const auto* prototype = row == nullptr ? nullptr : google::protobuf::MessageFactory::generated_factory()->GetPrototype(row->settings);
    if (prototype == nullptr) return;
    const std::unique_ptr<Message> filled(prototype->New());
    if (!filled->ParseFromString(any.value())) return;
    const std::string path = (parent.empty() ? "" : parent + ".") + std::string(row->name);
    locations_.add(path, range, range, nullptr);
    message(*filled, tree, path);
  }

  const yaml::Source& source_;
  KindTable kinds_;
  LocationMap& locations_;
};

}  // namespace

bool textproto_to_message(const yaml::Source& source, KindTable kinds, Message& out, LocationMap& locations, Reporter& reporter) {
  FirstError error;
  const KindFinder finder(kinds);
  TextFormat::ParseInfoTree tree;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  parser.SetFinder(&finder);
  parser.WriteLocationsTo(&tree);
  parser.SetRecursionLimit(kDeepest);
  locations.add("", {}, source.range(source.body_offset(), 0), nullptr);
  const bool parsed = parser.ParseFromString(std::string(source.text().substr(source.body_offset())), &out);
  if (!parsed) {
    report(error, finder, source, out, reporter);
    return false;
  }
  Recorder(source, kinds, locations).message(out, tree, "");
  return true;
}

}  // namespace otmetka::spec
