// The JSON Schema of a spec's YAML form. Covered by schema_test.cc.
#include <string>
#include <string_view>

#include "spec/formats.h"
#include "spec/json_writer.h"
#include "spec/schema_files.h"
#include "spec/yaml_schema.h"

namespace otmetka::spec {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr std::string_view kRatioPattern = "^[-+−]?[0-9]+([.,][0-9]+)?%?$|^[-+−]?[0-9]+/[0-9]+$";
constexpr std::string_view kDurationPattern = "^(0|([0-9]+[dhms])+)$";
constexpr std::string_view kIdPattern = "^[\\p{L}\\p{N}][\\p{L}\\p{N}_-]*$";
constexpr std::string_view kLocalePattern = "^(ru|en)(-[A-Za-z0-9]{1,8})*$";

class SchemaWriter {
 public:
  explicit SchemaWriter(const SchemaFiles& files) : files_(files), out_(2) {}

  std::string write() {
    out_.start_object();
    text("$schema", "https://json-schema.org/draft/2020-12/schema");
    text("$id", "urn:otmetka:spec:v1");
    text("title", "Otmetka assignment");
    text("$ref", reference(files_.root()));
    key("$defs");
    out_.start_object();
    for (const Descriptor* message : files_.messages()) {
      key(message->name());
      definition(*message);
      if (is_keyed_element(*message)) {
        key(message->name() + ".keyed");
        keyed_definition(*message);
      }
    }
    special_definitions();
    out_.end_object();
    out_.end_object();
    return out_.text() + "\n";
  }

 private:
  void key(std::string_view name) { out_.key(name); }
  void string(std::string_view value) { out_.string(value); }
  void text(std::string_view name, std::string_view value) {
    key(name);
    string(value);
  }
  void type(std::initializer_list<std::string_view> names) {
    key("type");
    if (names.size() == 1) return string(*names.begin());
    out_.start_array();
    for (const std::string_view name : names) string(name);
    out_.end_array();
  }
  static std::string reference(const Descriptor& message) { return "#/$defs/" + message.name(); }

  // A list element whose key a mapping can give, so that its own schema does without the key.
  bool is_keyed_element(const Descriptor& message) const { return key_field_of(message) != nullptr; }
  const FieldDescriptor* key_field_of(const Descriptor& message) const {
    for (const Descriptor* user : files_.messages()) {
      for (int i = 0; i < user->field_count(); ++i) {
        if (user->field(i)->message_type() != &message) continue;
        if (const auto* key = key_of_element(*user->field(i)); key != nullptr) return key;
      }
    }
    return nullptr;
  }

  void definition(const Descriptor& message) {
    out_.start_object();
    if (const std::string comment = SchemaFiles::comment(message); !comment.empty()) text("description", comment);
    const FieldDescriptor* bare = shorthand(message);
    if (is_keyed_wrapper(message)) {
      field_type(*bare);
    } else if (bare == nullptr) {
      object(message, nullptr);
    } else {
      any_of_with_bare(message, *bare, nullptr);
    }
    out_.end_object();
  }

  void keyed_definition(const Descriptor& message) {
    const FieldDescriptor* bare = shorthand(message);
    out_.start_object();
    if (bare == nullptr) {
      object(message, key_field_of(message));
    } else {
      any_of_with_bare(message, *bare, key_field_of(message));
    }
    out_.end_object();
  }

  void any_of_with_bare(const Descriptor& message, const FieldDescriptor& bare, const FieldDescriptor* without) {
    key("anyOf");
    out_.start_array();
    out_.start_object();
    object(message, without);
    out_.end_object();
    out_.start_object();
    field_type(bare);
    out_.end_object();
    out_.end_array();
  }

  void object(const Descriptor& message, const FieldDescriptor* without) {
    type({"object"});
    key("additionalProperties");
    out_.boolean(false);
    key("properties");
    out_.start_object();
    for (int i = 0; i < message.field_count(); ++i) {
      if (message.field(i) != without && !yaml_options(*message.field(i)).hidden()) property(*message.field(i));
    }
    out_.end_object();
    required_keys(message, without);
  }

  void property(const FieldDescriptor& field) {
    if (yaml_options(field).kind()) {
      for (const KindRow& row : files_.kinds()) {
        key(row.name);
        out_.start_object();
        text("$ref", reference(*row.settings));
        out_.end_object();
      }
      return;
    }
    key(field.name());
    out_.start_object();
    if (const std::string comment = SchemaFiles::comment(field); !comment.empty()) text("description", comment);
    if (const std::string& value = yaml_options(field).default_text(); !value.empty()) text("default", value);
    field_type(field);
    out_.end_object();
  }

  void required_keys(const Descriptor& message, const FieldDescriptor* without) {
    key("required");
    out_.start_array();
    for (int i = 0; i < message.field_count(); ++i) {
      const v1::YamlField& options = yaml_options(*message.field(i));
      if (options.required() && !options.kind() && message.field(i) != without) string(message.field(i)->name());
    }
    out_.end_array();
    const FieldDescriptor* kind = kind_field(message);
    if (kind == nullptr || !yaml_options(*kind).required()) return;
    key("oneOf");
    out_.start_array();
    for (const KindRow& row : files_.kinds()) {
      out_.start_object();
      key("required");
      out_.start_array();
      string(row.name);
      out_.end_array();
      out_.end_object();
    }
    out_.end_array();
  }

  void field_type(const FieldDescriptor& field) {
    if (!field.is_repeated()) return value_type(field);
    const bool keyed = key_of_element(field) != nullptr;
    if (!keyed && !yaml_options(field).single()) return list(field);
    key("anyOf");
    out_.start_array();
    out_.start_object();
    list(field);
    out_.end_object();
    if (keyed) {
      out_.start_object();
      mapping(field);
      out_.end_object();
    }
    if (yaml_options(field).single()) {
      out_.start_object();
      value_type(field);
      out_.end_object();
    }
    out_.end_array();
  }

  void list(const FieldDescriptor& field) {
    type({"array"});
    key("items");
    out_.start_object();
    value_type(field);
    out_.end_object();
    bounds("minItems", "maxItems", field);
  }

  void mapping(const FieldDescriptor& field) {
    type({"object"});
    key("additionalProperties");
    out_.start_object();
    text("$ref", reference(*field.message_type()) + ".keyed");
    out_.end_object();
    bounds("minProperties", "maxProperties", field);
  }

  void bounds(const char* least, const char* most, const FieldDescriptor& field) {
    const v1::YamlField& options = yaml_options(field);
    if (options.min() != 0) {
      key(least);
      out_.integer(options.min());
    }
    if (options.max() != 0) {
      key(most);
      out_.integer(options.max());
    }
  }

  void value_type(const FieldDescriptor& field) {
    if (field.message_type() != nullptr) return message_type(field);
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING: return string_type(yaml_options(field).format());
      case FieldDescriptor::CPPTYPE_ENUM: return words(field);
      case FieldDescriptor::CPPTYPE_BOOL:
        key("enum");
        out_.start_array();
        out_.boolean(true);
        out_.boolean(false);
        string("yes");
        string("no");
        out_.end_array();
        return;
      default: break;
    }
    if (yaml_options(field).format() == v1::FORMAT_DURATION) {
      type({"string", "integer"});
      return text("pattern", kDurationPattern);
    }
    type({"integer"});
    bounds("minimum", "maximum", field);
  }

  void message_type(const FieldDescriptor& field) {
    const v1::Format format = yaml_options(field).format();
    if (special_form(*field.message_type()) != Special::kRatio || format == v1::FORMAT_NONE || format == v1::FORMAT_RATIO) {
      return text("$ref", reference(*field.message_type()));
    }
    type({"number", "string"});
    text("pattern", kRatioPattern);
    key(format == v1::FORMAT_SHARE ? "minimum" : "exclusiveMinimum");
    out_.integer(0);
    key("maximum");
    out_.integer(format == v1::FORMAT_SHARE ? 1 : kMostPoints);
  }

  // What a person types without quotes, an editor takes for a number or a boolean: all of it is text to the reader.
  void string_type(v1::Format format) {
    type({"string", "number", "boolean", "null"});
    if (format == v1::FORMAT_ID) {
      text("pattern", kIdPattern);
      key("maxLength");
      out_.integer(static_cast<std::int64_t>(kLongestId));
    } else if (format == v1::FORMAT_LOCALE) {
      text("pattern", kLocalePattern);
    }
  }

  void words(const FieldDescriptor& field) {
    key("anyOf");
    out_.start_array();
    for (int i = 0; i < field.enum_type()->value_count(); ++i) {
      const auto& value = *field.enum_type()->value(i);
      if (enum_word(value).empty()) continue;
      out_.start_object();
      text("const", enum_word(value));
      if (const std::string comment = SchemaFiles::comment(value); !comment.empty()) text("description", comment);
      out_.end_object();
    }
    out_.end_array();
  }

  void special_definitions() {
    key("Ratio");
    out_.start_object();
    text("description", "A number or share: 50%, 0.5, 2/3.");
    type({"number", "string"});
    text("pattern", kRatioPattern);
    out_.end_object();
    key("LocalizedText");
    out_.start_object();
    text("description", "A text, or one in each language.");
    type({"string", "number", "boolean", "null", "object"});
    key("properties");
    out_.start_object();
    for (const char* language : {"ru", "en"}) {
      key(language);
      out_.start_object();
      string_type(v1::FORMAT_NONE);
      out_.end_object();
    }
    out_.end_object();
    key("additionalProperties");
    out_.boolean(false);
    out_.end_object();
    key("SampleAnswer");
    out_.start_object();
    text("description", "An answer: a text, a list or a mapping.");
    type({"string", "number", "boolean", "null", "array", "object"});
    out_.end_object();
  }

  const SchemaFiles& files_;
  JsonWriter out_;
};

}  // namespace

std::string json_schema(const SchemaFiles& files) { return SchemaWriter(files).write(); }

}  // namespace otmetka::spec
