#include "queue/codec_event_json.h"

#include <array>
#include <cstdint>
#include <optional>

#include "queue/codec_answer.h"
#include "queue/codec_utf8.h"

namespace otmetka::queue {
namespace {

Answer refused(const JsonNode& value, std::string code, std::vector<Arg> args = {}) {
  return misshapen({std::move(code), std::move(args)}, raw_json(value));
}

const JsonNode* member(const JsonNode& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  for (const JsonNode& child : object) {
    if (child.key == name && !child.is_null()) return &child;
  }
  return nullptr;
}

// An object that has other members and not `name` is a slip of the pen, and not an empty answer, which earns its zero.
std::optional<Answer> misnamed(const JsonNode& value, std::string_view name) {
  if (!value.is_object() || value.size < 2 || member(value, name) != nullptr) return std::nullopt;
  const std::string_view key = (*value.begin()).key;
  if (key == name) return std::nullopt;  // null
  return refused(value, "OT329", {to_utf8(cut_utf8(key, 80)), std::string(name)});
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

// Either alphabet of RFC 4648, with or without padding, as protobuf reads it.
std::optional<std::string> from_base64(std::string_view text) {
  for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i) text.remove_suffix(1);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const int digit = base64_digit(c);
    if (digit < 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held & 0xFFU);
  }
  return out;
}

Answer read_text(const JsonNode& value) {
  if (!value.is_object()) return refused(value, "OT320");
  const JsonNode* text = member(value, "text");
  if (text != nullptr && !text->is_scalar()) return refused(value, "OT320");
  return TextAnswer{std::string(text == nullptr ? std::string_view() : text->text)};
}

// A list of texts under `name`; absent is empty.
template <class List>
Answer read_list(const JsonNode& value, std::string_view name) {
  std::vector<std::string> out;
  const JsonNode* list = member(value, name);
  if (!value.is_object() || (list != nullptr && !list->is_array())) return refused(value, "OT320");
  if (list == nullptr) return List{};
  for (const JsonNode& element : *list) {
    if (!element.is_scalar()) return refused(value, element.is_null() ? "OT321" : "OT320");
    out.emplace_back(element.text);
  }
  return List{std::move(out)};
}

Answer read_mapping(const JsonNode& value) {
  const JsonNode* pairs = member(value, "pairs");
  if (!value.is_object() || (pairs != nullptr && !pairs->is_array())) return refused(value, "OT320");
  MappingAnswer out;
  if (pairs == nullptr) return out;
  for (const JsonNode& pair : *pairs) {
    const JsonNode* left = member(pair, "left");
    const JsonNode* right = member(pair, "right");
    const bool sound = pair.is_object() && (left == nullptr || left->is_scalar()) && (right == nullptr || right->is_scalar());
    if (!sound) return refused(value, "OT320");
    out.pairs.emplace_back(left == nullptr ? "" : left->text, right == nullptr ? "" : right->text);
  }
  return out;
}

std::optional<SubmittedFile> read_file(const JsonNode& value) {
  SubmittedFile out;
  const JsonNode* name = member(value, "name");
  const JsonNode* bytes = member(value, "bytes");
  const JsonNode* blob = member(value, "blobSha256");
  if (blob == nullptr) blob = member(value, "blob_sha256");
  for (const JsonNode* node : {name, bytes, blob}) {
    if (node != nullptr && !node->is_scalar()) return std::nullopt;
  }
  if (!value.is_object() || (bytes != nullptr && blob != nullptr)) return std::nullopt;
  if (name != nullptr) out.name = name->text;
  if (blob != nullptr) out.blob_sha256 = blob->text;
  if (bytes == nullptr) return out;
  auto decoded = from_base64(bytes->text);
  if (!decoded) return std::nullopt;
  out.bytes = std::move(*decoded);
  return out;
}

Answer read_files(const JsonNode& value) {
  const JsonNode* files = member(value, "files");
  if (!value.is_object() || (files != nullptr && !files->is_array())) return refused(value, "OT320");
  FilesAnswer out;
  if (files == nullptr) return out;
  for (const JsonNode& node : *files) {
    auto file = read_file(node);
    if (!file) {
      const JsonNode* name = member(node, "name");
      return refused(value, "OT327", {to_utf8(cut_utf8(name == nullptr ? std::string_view() : name->text, 80))});
    }
    out.files.push_back(std::move(*file));
  }
  return out;
}

std::optional<Answer> read_answer(const JsonNode& value) {
  const auto read = [&](std::string_view name, auto reader) {
    auto slip = misnamed(value, name);
    return slip ? std::move(*slip) : reader(value);
  };
  if (value.key == "text") return read("text", read_text);
  if (value.key == "choice") return read("ticked", [](const JsonNode& node) { return read_list<ChoiceAnswer>(node, "ticked"); });
  if (value.key == "mapping") return read("pairs", read_mapping);
  if (value.key == "sequence") return read("elements", [](const JsonNode& node) { return read_list<SequenceAnswer>(node, "elements"); });
  if (value.key == "files") return read("files", read_files);
  return std::nullopt;
}

}  // namespace

Response read_event_response(const JsonNode& response, std::vector<std::string_view>& unknown) {
  Response out{{}, no_answer_shape()};
  int answers = 0;
  if (!response.is_object()) return out;
  for (const JsonNode& child : response) {
    if (child.is_null()) continue;
    if ((child.key == "partId" || child.key == "part_id") && child.is_scalar()) {
      out.part = PartId(std::string(child.text));
    } else if (auto answer = read_answer(child)) {
      out.answer = std::move(*answer);
      ++answers;
    } else {
      unknown.push_back(child.key);
    }
  }
  if (answers > 1) out.answer = no_answer_shape();
  bound_answer(out.answer);
  return out;
}

}  // namespace otmetka::queue
