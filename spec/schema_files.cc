#include "spec/schema_files.h"

#include <algorithm>
#include <utility>

#include "spec/yaml_schema.h"

namespace otmetka::spec {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;

// Collects what stands in the way instead of printing it.
struct Complaints final : DescriptorPool::ErrorCollector {
  std::string first;
  void AddError(const std::string& file, const std::string& element, const google::protobuf::Message*, ErrorLocation,
                const std::string& message) override {
    if (first.empty()) first = file + ": " + element + ": " + message;
  }
};

std::string without_marks(const std::string& comment) {
  std::string out;
  for (std::size_t start = 0; start < comment.size();) {
    const std::size_t end = std::min(comment.find('\n', start), comment.size());
    std::string line = comment.substr(start, end - start);
    line.erase(0, std::min(line.find_first_not_of(' '), line.size()));
    if (line.empty()) {
      if (!out.empty() && !out.ends_with('\n')) out += "\n\n";
    } else {
      out += (out.empty() || out.ends_with('\n') ? "" : " ") + line;
    }
    start = end + 1;
  }
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

template <class Element>
std::string comment_of(const Element& element) {
  google::protobuf::SourceLocation location;
  return element.GetSourceLocation(&location) ? without_marks(location.leading_comments) : std::string();
}

void collect(const Descriptor* message, KindTable kinds, std::vector<const Descriptor*>& out) {
  if (special_form(*message) != Special::kNone || std::find(out.begin(), out.end(), message) != out.end()) return;
  out.push_back(message);
  for (int i = 0; i < message->field_count(); ++i) {
    const FieldDescriptor& field = *message->field(i);
    if (field.message_type() != nullptr && !yaml_options(field).kind() && !yaml_options(field).hidden()) collect(field.message_type(), kinds, out);
  }
}

}  // namespace

Result<SchemaFiles> SchemaFiles::open(const google::protobuf::FileDescriptorSet& files, KindTable kinds) {
  SchemaFiles opened;
  opened.pool_ = std::make_unique<DescriptorPool>();
  Complaints complaints;
  for (const auto& file : files.file()) {
    if (opened.pool_->BuildFileCollectingErrors(file, &complaints) == nullptr) return error("OT599", {complaints.first});
  }
  opened.root_ = opened.pool_->FindMessageTypeByName("otmetka.v1.AssessmentSpec");
  if (opened.root_ == nullptr) return error("OT599", {std::string("otmetka.v1.AssessmentSpec")});
  for (const KindRow& row : kinds) {
    const Descriptor* settings = opened.pool_->FindMessageTypeByName(row.settings->full_name());
    if (settings == nullptr) return error("OT599", {row.settings->full_name()});
    opened.kinds_.push_back({row.name, settings});
  }
  return opened;
}

std::string SchemaFiles::comment(const Descriptor& message) { return comment_of(message); }
std::string SchemaFiles::comment(const FieldDescriptor& field) { return comment_of(field); }
std::string SchemaFiles::comment(const google::protobuf::EnumValueDescriptor& value) { return comment_of(value); }

std::vector<const Descriptor*> SchemaFiles::messages() const {
  std::vector<const Descriptor*> out;
  collect(root_, kinds_, out);
  for (const KindRow& row : kinds_) collect(row.settings, kinds_, out);
  return out;
}

}  // namespace otmetka::spec
