#include "spec/yaml_to_message.h"

#include <google/protobuf/any.pb.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "model/text.h"
#include "proto/spec.pb.h"
#include "spec/scalar_value.h"
#include "spec/suggest.h"
#include "spec/yaml_schema.h"

namespace otmetka::spec {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using yaml::Node;

std::string element_path(const std::string& list, std::size_t index) { return list + "[" + std::to_string(index) + "]"; }

std::string child_path(const std::string& parent, std::string_view name) {
  return parent.empty() ? std::string(name) : parent + "." + std::string(name);
}

class Converter {
 public:
  Converter(KindTable kinds, LocationMap& locations, Reporter& reporter)
      : kinds_(kinds), locations_(locations), reporter_(reporter) {}

  void message(const Node& node, Message& out, const std::string& path) {
    const Descriptor& type = *out.GetDescriptor();
    switch (special_form(type)) {
      case Special::kRatio: return ratio(node, out, path);
      case Special::kLocalized: return localized(node, out, path);
      case Special::kSampleAnswer: return sample_answer(node, static_cast<v1::SampleAnswer&>(out), path);
      case Special::kNone: break;
    }
    if (node.is_empty()) return complain("OT109", node.range, path);
    const FieldDescriptor* bare = shorthand(type);
    if (node.is_mapping() && is_keyed_wrapper(type)) return field(node, node.range, *bare, out, child_path(path, bare->name()));
    if (node.is_mapping()) return mapping(node, out, path);
    if (bare == nullptr || (node.is_sequence() && !bare->is_repeated())) return complain("OT108", node.range, path, {joined(known_keys(type, kinds_))});
    field(node, {}, *bare, out, child_path(path, bare->name()));
  }

 private:
  void complain(const char* code, const yaml::Range& range, const std::string& path, std::vector<Arg> args = {}) {
    reporter_.error(code, range, path, std::move(args));
  }

  void mapping(const Node& node, Message& out, const std::string& path) {
    const Descriptor& type = *out.GetDescriptor();
    const FieldDescriptor* kind = kind_field(type);
    const KindRow* first_kind = nullptr;
    for (const yaml::Entry& entry : node.entries) {
      const FieldDescriptor* known = type.FindFieldByName(entry.key);
      if (known != nullptr && yaml_options(*known).hidden()) known = nullptr;
      if (known != nullptr && known != kind) {
        field(entry.value, entry.key_range, *known, out, child_path(path, entry.key));
        continue;
      }
      const KindRow* row = kind == nullptr ? nullptr : find_kind(kinds_, entry.key);
      if (row == nullptr) {
        unknown_key(entry, node, type, path);
      } else if (first_kind != nullptr) {
        complain("OT136", entry.key_range, child_path(path, entry.key), {entry.key, std::string(first_kind->name)});
      } else {
        first_kind = row;
        settings(entry, *row, *kind, out, child_path(path, entry.key));
      }
    }
    left_out(node, type, path);
  }

  void left_out(const Node& node, const Descriptor& type, const std::string& path) {
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      const std::string& other = yaml_options(field).stated_beside();
      if (other.empty() || node.find(field.name()) != nullptr) continue;
      const auto beside = std::find_if(node.entries.begin(), node.entries.end(), [&](const yaml::Entry& e) { return e.key == other; });
      if (beside == node.entries.end()) continue;
      reporter_.warning("OT645", beside->key_range, child_path(path, field.name()), {field.name(), other});
    }
  }

  // `{answer: 9,8}` has a key “8” without a value.
  static const yaml::Entry* parted_by_comma(const yaml::Entry& entry, const Node& mapping) {
    const bool bare = mapping.flow && entry.value.is_empty() && &entry != mapping.entries.data();
    const yaml::Entry* before = bare ? &entry - 1 : nullptr;
    return bare && before->value.is_scalar() && !before->value.quoted() ? before : nullptr;
  }

  void unknown_key(const yaml::Entry& entry, const Node& mapping, const Descriptor& type, const std::string& path) {
    if (const yaml::Entry* before = parted_by_comma(entry, mapping)) {
      return complain("OT640", entry.key_range, path, {entry.key, before->key, before->value.text});
    }
    if (entry.key.size() > 1 && entry.key.front() == '-') return complain("OT646", entry.key_range, path, {entry.key});
    const auto keys = known_keys(type, kinds_);
    reporter_.error("OT107", entry.key_range, path, {entry.key, joined(keys)}, nearest(entry.key, keys));
  }

  void settings(const yaml::Entry& entry, const KindRow& row, const FieldDescriptor& kind, Message& out, const std::string& path) {
    locations_.add(path, entry.key_range, entry.value.range, &entry.value);
    const Message* prototype = google::protobuf::MessageFactory::generated_factory()->GetPrototype(row.settings);
    if (prototype == nullptr) return;
    const std::unique_ptr<Message> filled(prototype->New());
    message(entry.value, *filled, path);
    auto& any = static_cast<google::protobuf::Any&>(*out.GetReflection()->MutableMessage(&out, &kind));
    any.PackFrom(*filled);
  }

  void field(const Node& node, const yaml::Range& key, const FieldDescriptor& descriptor, Message& out, const std::string& path) {
    locations_.add(path, key, node.range, &node);
    if (descriptor.is_repeated()) return repeated(node, descriptor, out, path);
    if (descriptor.message_type() != nullptr) return message(node, *out.GetReflection()->MutableMessage(&out, &descriptor), path);
    scalar(node, descriptor, out, path);
  }

  void repeated(const Node& node, const FieldDescriptor& descriptor, Message& out, const std::string& path) {
    if (node.is_empty()) return complain("OT109", node.range, path);
    if (node.is_mapping() && key_of_element(descriptor) != nullptr) return keyed(node, descriptor, out, path);
    if (!node.is_sequence()) {
      if (!yaml_options(descriptor).single()) return complain("OT129", node.range, path);
      return element(node, {}, descriptor, out, element_path(path, 0));
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) element(node.items[i], {}, descriptor, out, element_path(path, i));
  }

  void element(const Node& node, const yaml::Range& key, const FieldDescriptor& descriptor, Message& out, const std::string& path) {
    locations_.add(path, key, node.range, &node);
    if (descriptor.message_type() == nullptr) return scalar(node, descriptor, out, path);
    message(node, *out.GetReflection()->AddMessage(&out, &descriptor), path);
  }

  // `a: 1, b: 2` → elements with the key in one field and the value in the rest.
  void keyed(const Node& node, const FieldDescriptor& descriptor, Message& out, const std::string& path) {
    const FieldDescriptor& key_field = *key_of_element(descriptor);
    for (std::size_t i = 0; i < node.entries.size(); ++i) {
      const yaml::Entry& entry = node.entries[i];
      const std::string at = element_path(path, i);
      locations_.add(at, entry.key_range, entry.value.range, &entry.value);
      locations_.add(child_path(at, key_field.name()), entry.key_range, entry.key_range, nullptr);
      Message& added = *out.GetReflection()->AddMessage(&out, &descriptor);
      key(entry, key_field, added, child_path(at, key_field.name()));
      message(entry.value, added, at);
    }
  }

  void key(const yaml::Entry& entry, const FieldDescriptor& key_field, Message& added, const std::string& path) {
    if (key_field.message_type() != nullptr) {
      Node text;
      text.kind = Node::Kind::kScalar;
      text.range = entry.key_range;
      text.text = entry.key;
      return message(text, *added.GetReflection()->MutableMessage(&added, &key_field), path);
    }
    if (auto problem = set_scalar(key_field, entry.key, added)) {
      reporter_.error(problem->code, entry.key_range, path, std::move(problem->args), std::move(problem->fix));
    }
  }

  void scalar(const Node& node, const FieldDescriptor& descriptor, Message& out, const std::string& path) {
    if (node.is_empty()) return complain("OT109", node.range, path);
    if (!node.is_scalar()) return complain("OT130", node.range, path);
    if (auto problem = set_scalar(descriptor, node.text, out)) {
      reporter_.error(problem->code, node.range, path, std::move(problem->args), std::move(problem->fix));
    }
  }

  void ratio(const Node& node, Message& out, const std::string& path) {
    if (node.is_empty()) return complain("OT109", node.range, path);
    if (!node.is_scalar()) return complain("OT130", node.range, path);
    if (auto problem = set_ratio(node.text, out)) complain(problem->code.c_str(), node.range, path, std::move(problem->args));
  }

  void localized(const Node& node, Message& out, const std::string& path) {
    if (node.is_mapping()) return mapping(node, out, path);
    if (node.is_empty()) return complain("OT109", node.range, path);
    if (!node.is_scalar()) return complain("OT130", node.range, path);
    const Descriptor& type = *out.GetDescriptor();
    for (const char* language : {"ru", "en"}) set_scalar(*type.FindFieldByName(language), node.text, out);
  }

  void sample_answer(const Node& node, v1::SampleAnswer& out, const std::string& path) {
    if (node.is_empty()) return complain("OT109", node.range, path);
    if (node.is_scalar()) return out.set_text(node.text);
    if (node.is_mapping()) {
      out.mutable_mapping();
      for (const yaml::Entry& entry : node.entries) {
        const std::string at = child_path(path, entry.key);
        locations_.add(at, entry.key_range, entry.value.range, &entry.value);
        auto& added = *out.mutable_mapping()->add_entries();
        added.set_key(entry.key);
        sample_answer(entry.value, *added.mutable_value(), at);
      }
      return;
    }
    out.mutable_list();
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const std::string at = element_path(path, i);
      locations_.add(at, {}, node.items[i].range, &node.items[i]);
      if (!node.items[i].is_scalar()) {
        complain(node.items[i].is_empty() ? "OT109" : "OT130", node.items[i].range, at);
      } else {
        out.mutable_list()->add_elements(node.items[i].text);
      }
    }
  }

  KindTable kinds_;
  LocationMap& locations_;
  Reporter& reporter_;
};

}  // namespace

void yaml_to_message(const Node& root, KindTable kinds, Message& out, LocationMap& locations, Reporter& reporter) {
  locations.add("", {}, root.range, &root);
  if (!root.is_mapping()) {
    reporter.error("OT105", root.range, "");
    return;
  }
  Converter(kinds, locations, reporter).message(root, out, "");
}

}  // namespace otmetka::spec
