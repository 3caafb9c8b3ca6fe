#include "cli/result_schema.h"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <set>

#include "proto/result.pb.h"

namespace otmetka::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using Writer = rapidjson::PrettyWriter<rapidjson::StringBuffer>;

class ResultSchema {
 public:
  ResultSchema() : out_(buffer_) { out_.SetIndent(' ', 2); }

  std::string write(const Descriptor& root) {
    out_.StartObject();
    pair("$schema", "https://json-schema.org/draft/2020-12/schema");
    pair("$id", "urn:otmetka:result:v1");
    pair("title", "Otmetka result");
    pair("$ref", "#/$defs/" + root.name());
    out_.Key("$defs");
    out_.StartObject();
    collect(root);
    for (const Descriptor* message : order_) definition(*message);
    out_.EndObject();
    out_.EndObject();
    return std::string(buffer_.GetString()) + "\n";
  }

 private:
  void pair(const char* key, const std::string& value) {
    out_.Key(key);
    out_.String(value.c_str());
  }

  void collect(const Descriptor& message) {
    if (message.full_name() == "google.protobuf.Timestamp" || !seen_.insert(&message).second) return;
    order_.push_back(&message);
    for (int i = 0; i < message.field_count(); ++i) {
      if (const Descriptor* inner = message.field(i)->message_type()) collect(*inner);
    }
  }

  void definition(const Descriptor& message) {
    out_.Key(message.name().c_str());
    out_.StartObject();
    pair("type", "object");
    out_.Key("properties");
    out_.StartObject();
    for (int i = 0; i < message.field_count(); ++i) {
      out_.Key(message.field(i)->name().c_str());
      field(*message.field(i));
    }
    out_.EndObject();
    out_.EndObject();
  }

  void field(const FieldDescriptor& field) {
    if (!field.is_repeated()) return type_of(field);
    out_.StartObject();
    pair("type", "array");
    out_.Key("items");
    type_of(field);
    out_.EndObject();
  }

  void type_of(const FieldDescriptor& field) {
    out_.StartObject();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (field.message_type()->full_name() == "google.protobuf.Timestamp") {
          pair("type", "string");
          pair("format", "date-time");
        } else {
          pair("$ref", "#/$defs/" + field.message_type()->name());
        }
        break;
      case FieldDescriptor::CPPTYPE_ENUM: words(*field.enum_type()); break;
      case FieldDescriptor::CPPTYPE_BOOL: pair("type", "boolean"); break;
      case FieldDescriptor::CPPTYPE_INT32: pair("type", "integer"); break;
      case FieldDescriptor::CPPTYPE_INT64:  // protobuf writes 64-bit integers as strings
        pair("type", "string");
        pair("pattern", "^-?[0-9]+$");
        break;
      default: pair("type", "string");
    }
    out_.EndObject();
  }

  void words(const EnumDescriptor& type) {
    out_.Key("enum");
    out_.StartArray();
    for (int i = 0; i < type.value_count(); ++i) out_.String(type.value(i)->name().c_str());
    out_.EndArray();
  }

  rapidjson::StringBuffer buffer_;
  Writer out_;
  std::set<const Descriptor*> seen_;
  std::vector<const Descriptor*> order_;
};

}  // namespace

std::string result_schema() { return ResultSchema().write(*v1::ScoredResult::descriptor()); }

}  // namespace otmetka::cli
