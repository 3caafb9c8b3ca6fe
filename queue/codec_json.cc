// append_json: a ScoredResult as one line of JSON.
#include <algorithm>
#include <array>
#include <charconv>

#include "queue/codec.h"
#include "queue/codec_utf8.h"
#include "queue/codec_wire.h"

namespace otmetka::queue {
namespace {

// 1 for what may stand in a JSON string as it is: ASCII but controls, quote and backslash.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x80; ++c) plain[c] = c != '"' && c != '\\' && c != 0x7F;
  return plain;
}();

constexpr std::string_view kHex = "0123456789abcdef";

void append_escape(char c, std::string& out) {
  const auto code = static_cast<unsigned char>(c);
  switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      out += "\\u00";
      out += kHex[code >> 4U];
      out += kHex[code & 15U];
  }
}

// Keys are literals with what stands around them: the comma before, the colon after, and the opening quote of a value
// whose characters need no escaping. Few long appends are what makes this fast.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) {}

  void raw(std::string_view literal) { out_ += literal; }

  void text(std::string_view key, std::string_view value) {
    out_ += key;
    append_json_string(value, out_);
  }
  // For what is ASCII by construction: enum names, hashes, times.
  void plain(std::string_view key, std::string_view value) {
    out_ += key;
    out_ += value;
    out_ += '"';
  }
  // 64-bit integers are strings in protobuf's mapping: JavaScript's numbers would round them.
  void whole(std::string_view key, std::int64_t value) {
    std::array<char, 21> buffer;
    char* end = put(value, buffer.data());
    *end++ = '"';
    out_ += key;
    append(buffer.data(), end);
  }
  void number(std::string_view key, std::int32_t value) {
    std::array<char, 20> buffer;
    out_ += key;
    append(buffer.data(), put(value, buffer.data()));
  }
  void flag(std::string_view key, bool value) {
    out_ += key;
    out_ += value ? "true" : "false";
  }
  void ratio(std::string_view key, const Ratio& value) {
    static constexpr std::string_view kMiddle = "\",\"den\":\"";
    static constexpr std::string_view kEnd = "\"}";
    const Ratio fitting = wire_ratio(value);
    std::array<char, 64> buffer;
    char* end = put(static_cast<std::int64_t>(fitting.num()), buffer.data());
    end = std::copy(kMiddle.begin(), kMiddle.end(), end);
    end = put(static_cast<std::int64_t>(fitting.den()), end);
    end = std::copy(kEnd.begin(), kEnd.end(), end);
    out_ += key;
    append(buffer.data(), end);
  }
  void time(std::string_view key, const std::optional<Timestamp>& at) {
    if (at) plain(key, to_rfc3339(*at));
  }
  void messages(std::string_view key, const std::vector<Message>& messages) {
    list(key, messages, [this](const Message& m) { message(m); });
  }
  template <class Element, class Write>
  void list(std::string_view key, const std::vector<Element>& elements, Write write) {
    out_ += key;
    out_ += '[';
    for (const Element& element : elements) {
      if (&element != elements.data()) out_ += ',';
      write(element);
    }
    out_ += ']';
  }

 private:
  void message(const Message& m) {
    text("{\"id\":", m.id);
    list(",\"args\":", m.args, [this](const Arg& arg) {
      if (const auto* words = std::get_if<std::string>(&arg)) text("{\"text\":", *words);
      if (const auto* number = std::get_if<std::int64_t>(&arg)) whole("{\"whole\":\"", *number);
      if (const auto* share = std::get_if<Ratio>(&arg)) ratio("{\"ratio\":{\"num\":\"", *share);
      out_ += '}';
    });
    out_ += '}';
  }

  static char* put(std::int64_t value, char* at) { return std::to_chars(at, at + 20, value).ptr; }
  void append(const char* from, const char* end) { out_.append(from, static_cast<std::size_t>(end - from)); }

  std::string& out_;
};

void write_test(ObjectWriter& w, const TestOutcome& test) {
  w.text("{\"id\":", test.id);
  w.plain(",\"verdict\":\"", verdict_name(test.verdict));
  w.whole(",\"cpu_us\":\"", test.cpu.count());
  w.whole(",\"wall_us\":\"", test.wall.count());
  w.whole(",\"peak_bytes\":\"", test.peak_bytes);
  w.flag(",\"shown\":", test.shown);
  w.raw("}");
}

void write_part(ObjectWriter& w, const PartResult& part, bool traces) {
  static const std::vector<Message> kNone;
  w.text("{\"part_id\":", part.part.value);
  w.ratio(",\"credit\":{\"num\":\"", part.credit);
  w.ratio(",\"points\":{\"num\":\"", part.points);
  w.ratio(",\"points_max\":{\"num\":\"", part.points_max);
  w.plain(",\"status\":\"", verdict_name(part.status));
  w.text(",\"rule_id\":", part.rule_id);
  w.text(",\"tag\":", part.tag);
  w.messages(",\"feedback\":", part.feedback);
  w.messages(",\"trace\":", traces ? part.trace : kNone);
  w.text(",\"answer_key\":", part.answer_key);
  w.list(",\"tests\":", part.tests, [&w](const TestOutcome& test) { write_test(w, test); });
  w.whole(",\"cpu_us\":\"", part.cpu.count());
  w.whole(",\"wall_us\":\"", part.wall.count());
  w.whole(",\"peak_bytes\":\"", part.peak_bytes);
  w.raw("}");
}

}  // namespace

void append_json_string(std::string_view text, std::string& out) {
  out += '"';
  std::size_t from = 0;  // what is not copied yet
  for (std::size_t i = 0; i < text.size();) {
    if (kPlain[static_cast<unsigned char>(text[i])]) {
      ++i;
      continue;
    }
    const bool ascii = static_cast<unsigned char>(text[i]) < 0x80;
    const std::size_t n = ascii ? 0 : utf8_length(text, i);
    if (n > 0) {
      i += n;
      continue;
    }
    out += text.substr(from, i - from);
    if (ascii) {
      append_escape(text[i], out);
    } else {
      out += "\xEF\xBF\xBD";
    }
    from = ++i;
  }
  out += text.substr(from);
  out += '"';
}

void append_json(const ScoredResult& r, const JsonOptions& options, std::string& out, std::string_view extra) {
  out.reserve(out.size() + 1024 + 512 * r.parts.size());
  ObjectWriter w(out);
  w.text("{\"result_id\":", r.result_id);
  w.text(",\"tenant_id\":", r.tenant.value);
  w.text(",\"event_id\":", r.event.value);
  w.text(",\"submission_id\":", r.submission.value);
  w.text(",\"assignment_id\":", r.assignment.value);
  w.text(",\"learner_id\":", r.learner.value);
  w.number(",\"attempt_no\":", r.attempt_no);
  w.text(",\"spec_id\":", r.spec.value);
  w.text(",\"spec_sha256\":", r.spec_sha256);
  w.whole(",\"grade_epoch\":\"", r.grade_epoch);
  w.whole(",\"revision\":\"", r.revision);
  w.text(",\"engine_version\":", r.engine_version);
  w.text(",\"content_sha256\":", r.content_sha256);
  w.ratio(",\"raw\":{\"num\":\"", r.raw);
  w.ratio(",\"maximum\":{\"num\":\"", r.maximum);
  w.whole(",\"raw_micro\":\"", r.raw.to_micro());
  w.time(",\"submitted_at\":\"", r.submitted_at);
  w.time(",\"due_at\":\"", r.due_at);
  w.time(",\"graded_at\":\"", r.graded_at);
  w.plain(",\"progress\":\"", progress_name(r.progress));
  w.flag(",\"consumes_attempt\":", r.consumes_attempt);
  w.list(",\"parts\":", r.parts, [&](const PartResult& part) { write_part(w, part, options.traces); });
  w.messages(",\"notices\":", r.notices);
  w.text(",\"regrade_id\":", r.regrade_id);
  w.text(",\"superseded_result_id\":", r.superseded_result_id);
  w.raw(extra);
  w.raw("}");
}

}  // namespace otmetka::queue
