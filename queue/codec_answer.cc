#include "queue/codec_answer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "queue/codec.h"
#include "queue/codec_utf8.h"

namespace otmetka::queue {
namespace {

constexpr std::string_view kUnreadPath = "OT324";
constexpr std::size_t kMaxPath = 4096;  // one more than the kernel takes: a longer path stays one that no file has

// JSON again, as far as `out` may grow: numbers in the characters typed.
void append_raw(const JsonNode& node, std::string& out) {
  if (out.size() >= kMaxRawBytes) return;
  switch (node.type) {
    case JsonNode::Type::kNull: out += "null"; return;
    case JsonNode::Type::kBool:
    case JsonNode::Type::kNumber: out += node.text; return;
    case JsonNode::Type::kString: return append_json_string(node.text.substr(0, kMaxRawBytes), out);
    case JsonNode::Type::kArray:
    case JsonNode::Type::kObject: break;
  }
  out += node.is_array() ? '[' : '{';
  bool first = true;
  for (const JsonNode& child : node) {
    if (out.size() >= kMaxRawBytes) return;
    if (!std::exchange(first, false)) out += ',';
    if (node.is_object()) {
      append_json_string(child.key.substr(0, kMaxRawBytes), out);
      out += ':';
    }
    append_raw(child, out);
  }
  out += node.is_array() ? ']' : '}';
}

struct Extent {
  std::size_t bytes = 0;
  std::size_t elements = 0;
};

struct Measure {
  Extent operator()(const TextAnswer& answer) const { return {answer.text.size(), 1}; }
  Extent operator()(const ChoiceAnswer& answer) const { return of_list(answer.ticked); }
  Extent operator()(const SequenceAnswer& answer) const { return of_list(answer.elements); }
  Extent operator()(const MappingAnswer& answer) const {
    Extent out{0, answer.pairs.size()};
    for (const auto& [left, right] : answer.pairs) out.bytes += left.size() + right.size();
    return out;
  }
  Extent operator()(const FilesAnswer& answer) const {
    Extent out{0, answer.files.size()};
    for (const SubmittedFile& file : answer.files) out.bytes += file.name.size() + file.bytes.size();
    return out;
  }
  Extent operator()(const MisshapenAnswer&) const { return {}; }

  static Extent of_list(const std::vector<std::string>& list) {
    Extent out{0, list.size()};
    for (const std::string& element : list) out.bytes += element.size();
    return out;
  }
};

std::vector<std::string> names_in(const Answer& answer) {
  std::vector<std::string> names;  // as they stand in JSON
  if (const auto* files = std::get_if<FilesAnswer>(&answer)) {
    for (const SubmittedFile& file : files->files) names.push_back(to_utf8(file.name));
  } else if (const auto* mapping = std::get_if<MappingAnswer>(&answer)) {
    for (const auto& [left, right] : mapping->pairs) names.push_back(to_utf8(left));
  }
  return names;
}

std::optional<Message> wrong_name(const Answer& answer) {
  std::vector<std::string> names = names_in(answer);
  std::sort(names.begin(), names.end());
  if (const auto twice = std::adjacent_find(names.begin(), names.end()); twice != names.end()) {
    return Message{"OT328", {std::string(cut_utf8(*twice, 80))}};
  }
  const bool nameless = std::holds_alternative<FilesAnswer>(answer) && !names.empty() && names.front().empty();
  return nameless ? std::optional(Message{"OT327", {std::string()}}) : std::nullopt;
}

Answer refused(const JsonNode& value, std::string code, std::vector<Arg> args = {}) {
  return misshapen({std::move(code), std::move(args)}, raw_json(value));
}

Answer read_list(const JsonNode& list) {
  SequenceAnswer out;
  for (const JsonNode& element : list) {
    if (!element.is_scalar()) return refused(list, element.is_null() ? "OT321" : "OT320");
    out.elements.emplace_back(element.text);
  }
  return out;
}

Answer read_files(const JsonNode& files) {
  FilesAnswer out;
  for (const JsonNode& file : files) {
    auto& to = out.files.emplace_back();
    to.name = file.key;
    if (file.is_scalar()) {
      to.bytes = file.text;
      continue;
    }
    const JsonNode* const blob = file.is_object() && file.size == 2 ? &*file.begin() : nullptr;
    if (blob == nullptr || !blob->is_scalar() || blob->key != "blob_sha256") {
      return refused(files, "OT326", {to_utf8(cut_utf8(file.key, 80))});
    }
    to.blob_sha256 = blob->text;
  }
  return out;
}

// The only value of an object that has one, named `key`.
const JsonNode* sole_member(const JsonNode& object, std::string_view key) {
  if (object.size < 2) return nullptr;
  const JsonNode& first = *object.begin();
  return first.key == key && first.size + 1 == object.size ? &first : nullptr;
}

// What needs no part of its own: nullopt for an object that is a mapping.
std::optional<Answer> read_whole(const JsonNode& value) {
  if (value.is_scalar()) return TextAnswer{std::string(value.text)};
  if (value.is_bool()) return refused(value, "OT319", {std::string(value.text)});
  if (value.is_array()) return read_list(value);
  if (const JsonNode* files = sole_member(value, "files"); files != nullptr && files->is_object()) return read_files(*files);
  if (const JsonNode* path = sole_member(value, "path"); path != nullptr && path->type == JsonNode::Type::kString) {
    return refused(value, std::string(kUnreadPath), {std::string(path->text.substr(0, kMaxPath))});
  }
  return std::nullopt;
}

void append_bounded(std::string part, Answer answer, std::vector<Response>& out) {
  bound_answer(answer);
  out.push_back({PartId(std::move(part)), std::move(answer)});
}

// A mapping inside a mapping: the last level.
Answer read_inner_mapping(const JsonNode& object) {
  MappingAnswer out;
  for (const JsonNode& member : object) {
    if (member.is_null()) continue;
    if (!member.is_scalar()) return refused(object, "OT320");
    out.pairs.emplace_back(member.key, member.text);
  }
  return out;
}

std::string list_json(const std::vector<std::string>& list) {
  std::string out = "[";
  for (const std::string& element : list) {
    if (out.size() > 1) out += ',';
    append_json_string(element, out);
  }
  return out + "]";
}

struct ToJson {
  std::string operator()(const TextAnswer& answer) const {
    std::string out;
    append_json_string(answer.text, out);
    return out;
  }
  std::string operator()(const ChoiceAnswer& answer) const { return list_json(answer.ticked); }
  std::string operator()(const SequenceAnswer& answer) const { return list_json(answer.elements); }
  std::string operator()(const MappingAnswer& answer) const {
    std::string out = "{";
    for (const auto& [left, right] : answer.pairs) {
      if (out.size() > 1) out += ',';
      append_json_string(left, out);
      out += ':';
      append_json_string(right, out);
    }
    return out + "}";
  }
  std::string operator()(const FilesAnswer& answer) const {
    std::string out = R"({"files":{)";
    for (const SubmittedFile& file : answer.files) {
      if (&file != &answer.files.front()) out += ',';
      append_json_string(file.name, out);
      out += file.blob_sha256.empty() ? ":" : R"(:{"blob_sha256":)";
      append_json_string(file.blob_sha256.empty() ? file.bytes : file.blob_sha256, out);
      if (!file.blob_sha256.empty()) out += '}';
    }
    return out + "}}";
  }
  std::string operator()(const MisshapenAnswer&) const { return "null"; }
};

}  // namespace

std::string raw_json(const JsonNode& value) {
  std::string out;
  append_raw(value, out);
  return out;
}

MisshapenAnswer no_answer_shape() { return {{"OT325", {}}}; }

void bound_answer(Answer& answer) {
  const Extent extent = std::visit(Measure{}, answer);
  if (extent.elements > kMaxAnswerElements) {
    answer = misshapen({"OT323", {static_cast<std::int64_t>(kMaxAnswerElements)}}, answer_json(answer));
  } else if (extent.bytes > kMaxAnswerBytes) {
    answer = misshapen({"OT322", {static_cast<std::int64_t>(kMaxAnswerBytes / 1024)}}, answer_json(answer));
  } else if (auto wrong = wrong_name(answer)) {
    answer = misshapen(std::move(*wrong), answer_json(answer));
  }
}

void append_short_responses(std::string_view part, const JsonNode& value, std::vector<Response>& out) {
  if (value.is_null()) return;
  if (auto whole = read_whole(value)) return append_bounded(std::string(part), std::move(*whole), out);
  MappingAnswer plain;
  bool nested = false;
  for (const JsonNode& member : value) {
    if (member.is_scalar()) plain.pairs.emplace_back(member.key, member.text);
    nested = nested || member.is_array() || member.is_object() || member.is_bool();
  }
  if (!nested || !plain.pairs.empty()) append_bounded(std::string(part), std::move(plain), out);
  if (!nested) return;
  for (const JsonNode& member : value) {
    if (member.is_null() || member.is_scalar()) continue;
    auto whole = read_whole(member);
    append_bounded(std::string(part).append(".").append(member.key), whole ? std::move(*whole) : read_inner_mapping(member),
                   out);
  }
}

const std::string* unread_path(const Answer& answer) {
  const auto* reason = std::get_if<MisshapenAnswer>(&answer);
  if (reason == nullptr || reason->reason.id != kUnreadPath || reason->reason.args.empty()) return nullptr;
  return std::get_if<std::string>(&reason->reason.args.front());
}

std::string answer_json(const Answer& answer) { return std::visit(ToJson{}, answer); }

Result<Answer> answer_from_json(std::string_view json) {
  if (json.size() > kMaxSubmissionBytes) return error("OT301", {static_cast<std::int64_t>(kMaxSubmissionBytes / 1024)});
  JsonReader reader;
  const auto root = reader.read(json);
  if (!root) return root.failure();
  const JsonNode& value = **root;
  if (value.is_null()) return Answer(no_answer_shape());
  auto whole = read_whole(value);
  Answer out = whole ? std::move(*whole) : read_inner_mapping(value);
  bound_answer(out);
  return out;
}

}  // namespace otmetka::queue
