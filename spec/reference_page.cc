// docs/spec-reference.md, made from the .proto files. Covered by schema_test.cc.
#include <algorithm>
#include <string>
#include <vector>

#include "spec/schema_files.h"
#include "spec/yaml_schema.h"

namespace otmetka::spec {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

std::string in_cell(std::string text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

// GitHub's anchor of a heading that is one word.
std::string link(const Descriptor& message) {
  std::string anchor = message.name();
  std::transform(anchor.begin(), anchor.end(), anchor.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return "[" + message.name() + "](#" + anchor + ")";
}

std::string number_bounds(const FieldDescriptor& field) {
  const v1::YamlField& options = yaml_options(field);
  if (options.min() == 0 && options.max() == 0) return {};
  return ", " + std::to_string(options.min()) + (options.max() == 0 ? " and more" : "–" + std::to_string(options.max()));
}

std::string format_words(v1::Format format) {
  switch (format) {
    case v1::FORMAT_ID: return "name";
    case v1::FORMAT_LOCALE: return "`ru` or `en`";
    case v1::FORMAT_DURATION: return "length of time (`10m`, `1h30m`)";
    case v1::FORMAT_SHARE: return "share (`50%`, `0.5`, `1/2`)";
    case v1::FORMAT_POSITIVE: return "number above zero";
    case v1::FORMAT_RATIO: return "number";
    case v1::FORMAT_FILE: return "text or `file:PATH`";
    default: return {};
  }
}

std::string value_type(const FieldDescriptor& field) {
  const std::string format = format_words(yaml_options(field).format());
  if (field.message_type() != nullptr) {
    switch (special_form(*field.message_type())) {
      case Special::kRatio: return format.empty() ? "number" : format;
      case Special::kLocalized: return "text, or `{ru: …, en: …}`";
      case Special::kSampleAnswer: return "answer";
      case Special::kNone: return link(*field.message_type());
    }
  }
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: return format.empty() ? "text" : format;
    case FieldDescriptor::CPPTYPE_BOOL: return "`yes` or `no`";
    case FieldDescriptor::CPPTYPE_ENUM: return "word";
    default: return format.empty() ? "whole number" + (field.is_repeated() ? "" : number_bounds(field)) : format;
  }
}

std::string field_type(const FieldDescriptor& field) {
  if (!field.is_repeated()) return value_type(field);
  std::string out = "list of " + value_type(field);
  if (const FieldDescriptor* key = key_of_element(field)) out += ", or a mapping by `" + key->name() + "`";
  if (yaml_options(field).single()) out += ", or one";
  return out + number_bounds(field);
}

std::string enum_meanings(const FieldDescriptor& field) {
  std::string out;
  for (int i = 0; field.enum_type() != nullptr && i < field.enum_type()->value_count(); ++i) {
    const auto& value = *field.enum_type()->value(i);
    if (enum_word(value).empty()) continue;
    const std::string comment = SchemaFiles::comment(value);
    out += "<br>`" + enum_word(value) + "`" + (comment.empty() ? "" : ": " + comment);
  }
  return out;
}

std::string default_cell(const FieldDescriptor& field) {
  const v1::YamlField& options = yaml_options(field);
  if (options.required()) return "**required**";
  return options.default_text().empty() ? "" : "`" + options.default_text() + "`";
}

void row(const FieldDescriptor& field, const SchemaFiles& files, std::string& out) {
  if (!yaml_options(field).kind()) {
    out += "| `" + field.name() + "` | " + in_cell(field_type(field)) + " | " + default_cell(field) + " | " +
           in_cell(SchemaFiles::comment(field) + enum_meanings(field)) + " |\n";
    return;
  }
  for (const KindRow& kind : files.kinds()) {
    out += "| `" + std::string(kind.name) + "` | " + link(*kind.settings) + " | one of these | " + in_cell(SchemaFiles::comment(*kind.settings)) + " |\n";
  }
}

std::string kind_of(const Descriptor& message, const SchemaFiles& files) {
  for (const KindRow& kind : files.kinds()) {
    if (kind.settings == &message) return std::string(kind.name);
  }
  return {};
}

void section(const Descriptor& message, const SchemaFiles& files, std::string& out) {
  out += "## " + message.name() + "\n\n";
  if (const std::string kind = kind_of(message, files); !kind.empty()) out += "The settings of the kind `" + kind + "`.\n\n";
  if (const std::string comment = SchemaFiles::comment(message); !comment.empty()) out += comment + "\n\n";
  if (const FieldDescriptor* bare = shorthand(message); bare != nullptr && is_keyed_wrapper(message)) {
    out += "Written as a mapping by `" + key_of_element(*bare)->name() + "`: each value is a " + link(*bare->message_type()) + ".\n\n";
    return;
  } else if (bare != nullptr) {
    out += "A bare value stands for `" + bare->name() + "`.\n\n";
  }
  out += "| key | type | default | meaning |\n| --- | --- | --- | --- |\n";
  for (int i = 0; i < message.field_count(); ++i) {
    if (!yaml_options(*message.field(i)).hidden()) row(*message.field(i), files, out);
  }
  out += "\n";
}

}  // namespace

std::string reference_page(const SchemaFiles& files) {
  std::string out =
      "# The spec: every key\n\nMade from the comments of the `.proto` files by `otmetka schema reference`. Keys are the same in\n"
      "`.textproto`, where a kind is written `kind { [type.googleapis.com/otmetka.v1.TextSettings] { … } }`.\n\n";
  for (const Descriptor* message : files.messages()) section(*message, files, out);
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace otmetka::spec
