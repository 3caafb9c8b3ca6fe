// The .proto files of the spec with their comments: what the editor's schema and the reference page are generated from.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include "model/result.h"
#include "spec/kind_table.h"

namespace otmetka::spec {

// Descriptors linked into the program carry no comments, so they are read from the output of
// `protoc --include_imports --include_source_info --descriptor_set_out=…`. Immutable; safe from any thread.
class SchemaFiles {
 public:
  // `kinds` names the rows by their linked descriptors; `files` must hold proto/spec.proto and every kind's file. OT599 when
  // a file is missing or contradicts another.
  static Result<SchemaFiles> open(const google::protobuf::FileDescriptorSet& files, KindTable kinds);

  const google::protobuf::Descriptor& root() const { return *root_; }
  KindTable kinds() const { return kinds_; }

  // The comment above a declaration without its marks, paragraphs kept; empty when there is none.
  static std::string comment(const google::protobuf::Descriptor& message);
  static std::string comment(const google::protobuf::FieldDescriptor& field);
  static std::string comment(const google::protobuf::EnumValueDescriptor& value);

  // The root, then every message reachable from it, each kind's settings after what comes before the kinds; messages with
  // a YAML form of their own are left out.
  std::vector<const google::protobuf::Descriptor*> messages() const;

 private:
  SchemaFiles() = default;
  std::unique_ptr<google::protobuf::DescriptorPool> pool_;
  const google::protobuf::Descriptor* root_ = nullptr;
  std::vector<KindRow> kinds_;
};

// A JSON Schema (draft 2020-12) of the YAML form, for editors: keys, types, bounds, words, descriptions. It is a little
// wider than the reader where JSON Schema cannot say more.
std::string json_schema(const SchemaFiles& files);

// A Markdown page: every message, key, type, default and meaning.
std::string reference_page(const SchemaFiles& files);

}  // namespace otmetka::spec
