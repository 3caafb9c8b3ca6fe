#include "queue/json_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include <rapidjson/error/error.h>
#include <rapidjson/reader.h>

#include "queue/codec_utf8.h"
#include "queue/json_repair.h"

namespace otmetka::queue {
namespace {

constexpr std::size_t kKeptBytes = 1u << 20;  // of memory kept between texts

using Type = JsonNode::Type;

// RapidJSON's events → nodes. Answering false stops the parse; `problem` says why.
class TreeBuilder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TreeBuilder> {
 public:
  void start(const char* begin) {
    nodes.clear();
    depth_ = 0;
    begin_ = begin;
    key_ = {};
    problem.reset();
  }

  bool Null() { return add(Type::kNull, {}); }
  bool Bool(bool value) { return add(Type::kBool, value ? "true" : "false"); }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) { return add(Type::kNumber, {text, length}); }
  bool String(const char* text, rapidjson::SizeType length, bool) { return add(Type::kString, {text, length}); }
  bool Key(const char* text, rapidjson::SizeType length, bool) {
    key_ = {text, length};
    return true;
  }
  bool StartObject() { return open(Type::kObject); }
  bool StartArray() { return open(Type::kArray); }
  bool EndArray(rapidjson::SizeType) { return close(); }
  bool EndObject(rapidjson::SizeType members) {
    close();
    return members < 2 || !has_duplicate(nodes[open_[depth_]]);
  }

  std::vector<JsonNode> nodes;
  std::optional<Error> problem;

 private:
  bool fail(std::string code, std::vector<Arg> args = {}) {
    problem = error(std::move(code), std::move(args));
    return false;
  }

  bool add(Type type, std::string_view text) {
    if (nodes.size() >= kMaxJsonValues) return fail("OT307", {static_cast<std::int64_t>(kMaxJsonValues)});
    nodes.push_back({key_, text, 1, type});
    key_ = {};
    return true;
  }

  bool open(Type type) {
    if (depth_ == kMaxJsonDepth) return fail("OT306", {static_cast<std::int64_t>(kMaxJsonDepth)});
    open_[depth_++] = nodes.size();
    return add(type, {});
  }

  bool close() {
    JsonNode& node = nodes[open_[--depth_]];
    node.size = static_cast<std::uint32_t>(nodes.size() - open_[depth_]);
    return true;
  }

  bool duplicate(std::string_view name) {
    return fail("OT305", {to_utf8(cut_utf8(name, 80)), static_cast<std::int64_t>(name.data() - begin_)});
  }

  bool has_duplicate(const JsonNode& object) {
    keys_.clear();
    for (const JsonNode& child : object) {
      if (keys_.size() < 8 && std::find(keys_.begin(), keys_.end(), child.key) != keys_.end()) return !duplicate(child.key);
      keys_.push_back(child.key);
    }
    if (keys_.size() <= 8) return false;
    std::sort(keys_.begin(), keys_.end(), [](std::string_view a, std::string_view b) {
      return a != b ? a < b : a.data() < b.data();
    });
    const auto same = std::adjacent_find(keys_.begin(), keys_.end());
    return same != keys_.end() && !duplicate(*std::next(same));
  }

  std::array<std::size_t, kMaxJsonDepth> open_{};
  std::size_t depth_ = 0;
  std::string_view key_;
  const char* begin_ = nullptr;
  std::vector<std::string_view> keys_;
};

bool is_repairable(rapidjson::ParseErrorCode code) {
  return code == rapidjson::kParseErrorNumberTooBig || code == rapidjson::kParseErrorStringUnicodeSurrogateInvalid;
}

}  // namespace

struct JsonReader::State {
  std::string buffer;  // parsed in place: strings are decoded where they stand
  TreeBuilder builder;
  rapidjson::Reader reader;
  rapidjson::ParseErrorCode code = rapidjson::kParseErrorNone;
};

JsonReader::JsonReader() : state_(std::make_unique<State>()) {}
JsonReader::~JsonReader() = default;

Result<const JsonNode*> JsonReader::parse(std::string_view text) {
  constexpr unsigned kFlags =
      rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
  State& state = *state_;
  state.buffer.assign(text);
  state.builder.start(state.buffer.data());
  rapidjson::InsituStringStream stream(state.buffer.data());
  const rapidjson::ParseResult parsed = state.reader.Parse<kFlags>(stream, state.builder);
  state.code = parsed.Code();
  if (state.builder.problem) return *state.builder.problem;
  // RapidJSON takes a NUL byte for the end of its input.
  const std::size_t at = parsed.IsError() ? parsed.Offset() : stream.Tell();
  if (!parsed.IsError() && at == text.size()) return static_cast<const JsonNode*>(state.builder.nodes.data());
  if (at >= text.size()) return error("OT303", {static_cast<std::int64_t>(text.size())});
  return error("OT302", {static_cast<std::int64_t>(at)});
}

Result<const JsonNode*> JsonReader::read(std::string_view text) {
  State& state = *state_;
  if (text.size() < kKeptBytes && state.buffer.capacity() > kKeptBytes) state.buffer = {};
  if (text.size() < kKeptBytes && state.builder.nodes.capacity() * sizeof(JsonNode) > kKeptBytes) state.builder.nodes = {};
  auto root = parse(text);
  if (root) return root;
  JsonRepair repair;
  if (is_repairable(state.code)) {
    repair = repair_json(text);
    root = parse(repair.text);
    if (root) return root;
  }
  // The last argument of OT302, OT303 and OT305 is a position.
  Error failure = root.failure();
  if (failure.code() != "OT306" && failure.code() != "OT307") {
    auto& position = std::get<std::int64_t>(failure.message.args.back());
    position = repair.original_position(position) + (failure.code() == "OT303" ? 0 : 1);
  }
  return failure;
}

}  // namespace otmetka::queue
