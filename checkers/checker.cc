#include "checkers/checker.h"

#include <algorithm>

namespace otmetka::checkers {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::string cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  std::size_t end = most;
  while (end > 0 && is_continuation(text[end])) --end;
  return std::string(text.substr(0, end));
}

// Length of the well-formed UTF-8 sequence at `i` (RFC 3629), or 0.
std::size_t sequence_length(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U; };
  const unsigned lead = byte(i);
  if (lead < 0x80) return 1;
  const auto continues = [&](std::size_t n) {
    for (std::size_t k = 1; k <= n; ++k) {
      if ((byte(i + k) & 0xC0) != 0x80) return false;
    }
    return true;
  };
  if (lead >= 0xC2 && lead <= 0xDF) return continues(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (!continues(2) || (lead == 0xE0 && byte(i + 1) < 0xA0) || (lead == 0xED && byte(i + 1) > 0x9F)) return 0;
    return 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (!continues(3) || (lead == 0xF0 && byte(i + 1) < 0x90) || (lead == 0xF4 && byte(i + 1) > 0x8F)) return 0;
    return 4;
  }
  return 0;
}

std::string shape_name(const Answer& answer) {
  static constexpr const char* kNames[] = {"text", "choice", "mapping", "sequence", "files"};
  return kNames[answer.index()];
}

std::string shape_name(AnswerShape shape) {
  static constexpr const char* kNames[] = {"text", "choice", "mapping", "sequence", "files", "parts"};
  return kNames[static_cast<std::size_t>(shape)];
}

Made failed(std::string code, std::vector<Arg> args) {
  Made out;
  out.problems.push_back({{std::move(code), std::move(args)}, "", 0, 0});
  return out;
}

}  // namespace

Outcome Checker::check_all(const Answer* whole, std::span<const Response>, const CheckContext& context) const {
  if (whole != nullptr) return check(*whole, context);
  Outcome out;
  out.status = Verdict::kNotAttempted;
  return out;
}

Made make_checker(const google::protobuf::Any& kind, const MakeContext& context) {
  std::string name;
  google::protobuf::Any::ParseAnyTypeUrl(kind.type_url(), &name);
  const CheckerType* type = context.find(name);
  if (type == nullptr) return failed("OT175", {name});
  if (context.depth >= kMaxDepth) return failed("OT176", {std::int64_t{kMaxDepth}});
  const auto* prototype = google::protobuf::MessageFactory::generated_factory()->GetPrototype(type->settings());
  const std::unique_ptr<google::protobuf::Message> settings(prototype->New());
  if (!settings->ParseFromString(kind.value())) return failed("OT177", {std::string(type->name)});
  MakeContext inner = context;
  ++inner.depth;
  return type->make(*settings, inner);
}

std::string cut_key(std::string key) { return key.size() <= 256 ? key : cut(key, 256); }

std::string quote(std::string_view answer) {
  constexpr std::size_t kMost = 4096;
  std::string out;
  out.reserve(std::min(answer.size(), kMost));
  for (std::size_t i = 0; i < answer.size() && out.size() < kMost;) {
    const std::size_t n = sequence_length(answer, i);
    if (n == 0) {
      out += "\xEF\xBF\xBD";
      ++i;
    } else {
      out += answer.substr(i, n);
      i += n;
    }
  }
  return cut(out, kMost);
}

Outcome wrong_shape(AnswerShape expected, const Answer& answer) {
  Outcome out;
  out.status = Verdict::kInvalidInput;
  if (const auto* unread = std::get_if<MisshapenAnswer>(&answer)) {
    out.feedback.push_back(unread->reason);
    return out;
  }
  out.feedback.push_back({"answer.shape." + shape_name(expected), {}});
  out.feedback.push_back({"answer.shape_was." + shape_name(answer), {}});
  return out;
}

}  // namespace otmetka::checkers
