#include "spec/constraints.h"

#include <google/protobuf/any.pb.h>

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>

#include "model/text.h"
#include "spec/file_reference.h"
#include "spec/formats.h"
#include "spec/scalar_value.h"
#include "spec/yaml_schema.h"

namespace otmetka::spec {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int kDeepest = 32;  // of nested messages; a file's own limit is lower
constexpr std::int64_t kMostElements = 100'000;  // of a list without a bound of its own

std::string child_path(const std::string& parent, std::string_view name) {
  return parent.empty() ? std::string(name) : parent + "." + std::string(name);
}

class Walk {
 public:
  Walk(KindTable kinds, const LocationMap& locations, const std::filesystem::path& folder, Reporter& reporter)
      : kinds_(kinds), locations_(locations), folder_(folder), reporter_(reporter) {}

  void message(const google::protobuf::Message& m, const std::string& path, int depth) {
    if (depth > kDeepest || special_form(*m.GetDescriptor()) != Special::kNone) return;
    const Descriptor& type = *m.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& f = *type.field(i);
      if (yaml_options(f).kind()) {
        kind(m, f, path, depth);
      } else {
        field(m, f, path, child_path(path, f.name()), depth);
      }
    }
  }

 private:
  void report(std::optional<Message> refused, const std::string& path) {
    if (refused) reporter_.error(refused->id, locations_.at(path), path, std::move(refused->args));
  }

  static bool is_set(const google::protobuf::Message& m, const FieldDescriptor& f) {
    return f.is_repeated() ? m.GetReflection()->FieldSize(m, &f) > 0 : m.GetReflection()->HasField(m, &f);
  }

  void kind(const google::protobuf::Message& m, const FieldDescriptor& f, const std::string& path, int depth) {
    if (!m.GetReflection()->HasField(m, &f)) {
      if (yaml_options(f).required() && !reporter_.has_unknown_key(path) && !reporter_.has_refused(path)) {
        reporter_.error("OT135", locations_.at(path), path, {joined(kind_names())});
      }
      return;
    }
    const auto& any = static_cast<const google::protobuf::Any&>(m.GetReflection()->GetMessage(m, &f));
    const KindRow* row = find_kind_of(kinds_, type_name(any.type_url()));
    const auto* prototype = row == nullptr ? nullptr : google::protobuf::MessageFactory::generated_factory()->GetPrototype(row->settings);
    if (prototype == nullptr) {
      return reporter_.error("OT134", locations_.at(child_path(path, f.name())), path, {any.type_url(), joined(kind_names())});
    }
    const std::unique_ptr<google::protobuf::Message> settings(prototype->New());
    if (!settings->ParseFromString(any.value())) {
      return reporter_.error("OT134", locations_.at(path), path, {any.type_url(), joined(kind_names())});
    }
    message(*settings, child_path(path, row->name), depth + 1);
  }

  std::vector<std::string> kind_names() const {
    std::vector<std::string> names;
    for (const KindRow& row : kinds_) names.emplace_back(row.name);
    return names;
  }

  void field(const google::protobuf::Message& m, const FieldDescriptor& f, const std::string& parent, const std::string& path, int depth) {
    const bool set = is_set(m, f);
    const bool said = locations_.has(path);
    if (!set && !said) {
      const bool told = reporter_.has_fix(parent, f.name()) || reporter_.has_refused(parent);
      if (yaml_options(f).required() && !told) reporter_.error("OT106", locations_.at(parent), parent, {f.name()});
      return;
    }
    if (f.is_repeated()) {
      repeated(m, f, path, depth);
    } else if (f.message_type() != nullptr) {
      if (set) value_message(m.GetReflection()->GetMessage(m, &f), f, path, depth);
    } else {
      scalar(m, f, path, set);
    }
  }

  void repeated(const google::protobuf::Message& m, const FieldDescriptor& f, const std::string& path, int depth) {
    const auto& reflection = *m.GetReflection();
    const int size = reflection.FieldSize(m, &f);
    const v1::YamlField& options = yaml_options(f);
    const bool refused = size == 0 && (reporter_.has_problem_at(path) || reporter_.has_problem_at(path + "[0]"));
    const std::int64_t most = options.max() > 0 ? options.max() : kMostElements;
    if ((size < options.min() && !refused) || size > most) {
      return reporter_.error("OT139", locations_.at(path), path, {f.name(), std::int64_t{size}, options.min(), most});
    }
    for (int i = 0; i < size; ++i) {
      const std::string at = path + "[" + std::to_string(i) + "]";
      if (f.message_type() != nullptr) {
        value_message(reflection.GetRepeatedMessage(m, &f, i), f, at, depth);
      } else if (f.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        text(reflection.GetRepeatedString(m, &f, i), f, at);
      }
    }
    equal_keys(m, f, path);
  }

  void equal_keys(const google::protobuf::Message& m, const FieldDescriptor& f, const std::string& path) {
    const FieldDescriptor* key = key_of_element(f);
    if (key == nullptr || key->cpp_type() != FieldDescriptor::CPPTYPE_STRING) return;
    std::unordered_set<std::string> seen;
    for (int i = 0; i < m.GetReflection()->FieldSize(m, &f); ++i) {
      const auto& element = m.GetReflection()->GetRepeatedMessage(m, &f, i);
      const std::string value = element.GetReflection()->GetString(element, key);
      if (value.empty() || seen.insert(value).second) continue;
      const std::string at = child_path(path + "[" + std::to_string(i) + "]", key->name());
      reporter_.error("OT167", locations_.at(at), at, {value});
    }
  }

  void value_message(const google::protobuf::Message& value, const FieldDescriptor& f, const std::string& path, int depth) {
    if (special_form(*value.GetDescriptor()) != Special::kRatio) return message(value, path, depth + 1);
    if (reporter_.has_problem_at(path)) return;
    const auto number = ratio_of(value);
    if (!number) return reporter_.error("OT132", locations_.at(path), path, {value.ShortDebugString()});
    report(refuse_number(yaml_options(f).format(), *number), path);
  }

  void scalar(const google::protobuf::Message& m, const FieldDescriptor& f, const std::string& path, bool set) {
    const auto& reflection = *m.GetReflection();
    switch (f.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING: {
        const std::string value = reflection.GetString(m, &f);
        if (!value.empty()) return text(value, f, path);
        if (yaml_options(f).required() && !reporter_.has_problem_at(path)) reporter_.error("OT109", locations_.at(path), path);
        return;
      }
      case FieldDescriptor::CPPTYPE_INT32: return whole(reflection.GetInt32(m, &f), f, path);
      case FieldDescriptor::CPPTYPE_INT64: return whole(reflection.GetInt64(m, &f), f, path);
      case FieldDescriptor::CPPTYPE_UINT32: return whole(reflection.GetUInt32(m, &f), f, path);
      case FieldDescriptor::CPPTYPE_ENUM:
        if (set && reflection.GetEnum(m, &f)->number() != reflection.GetEnumValue(m, &f)) {
          reporter_.error("OT134", locations_.at(path), path, {std::to_string(reflection.GetEnumValue(m, &f)), joined(enum_words(*f.enum_type()))});
        }
        return;
      default: return;
    }
  }

  void whole(std::int64_t value, const FieldDescriptor& f, const std::string& path) {
    const v1::YamlField& options = yaml_options(f);
    if ((options.min() == 0 && options.max() == 0) || reporter_.has_problem_at(path)) return;
    const std::int64_t most = options.max() == 0 ? INT64_MAX : options.max();
    if (value < options.min() || value > most) {
      reporter_.error("OT137", locations_.at(path), path, {std::to_string(value), options.min(), most});
    }
  }

  void text(const std::string& value, const FieldDescriptor& f, const std::string& path) {
    const v1::Format format = yaml_options(f).format();
    if (auto refused = refuse_text(format, value)) {
      reporter_.error(refused->message.id, locations_.inside(path, refused->offset, refused->length), path, std::move(refused->message.args));
    }
    if (format != v1::FORMAT_FILE) return;
    if (const auto file = referenced_path(value)) report(refuse_path(*file, folder_), path);
  }

  KindTable kinds_;
  const LocationMap& locations_;
  const std::filesystem::path& folder_;
  Reporter& reporter_;
};

}  // namespace

void check_constraints(const google::protobuf::Message& message, KindTable kinds, const LocationMap& locations,
                       const std::filesystem::path& folder, Reporter& reporter) {
  Walk(kinds, locations, folder, reporter).message(message, "", 0);
}

}  // namespace otmetka::spec
