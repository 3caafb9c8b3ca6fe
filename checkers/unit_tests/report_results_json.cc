#include "checkers/unit_tests/report_results_json.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include <rapidjson/error/error.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

namespace otmetka::checkers::unit_tests {
namespace {

constexpr std::size_t kMostDepth = 32;
constexpr std::size_t kTestsDepth = 2, kTestDepth = 3;  // containers that are open: {"tests": [ and {"tests": [{
constexpr std::int64_t kUnit = 1'000'000'000;           // numbers are kept in billionths
constexpr std::int64_t kUnitPlaces = 9;
constexpr std::int64_t kMostNumber = 1'000'000'000;

// A JSON number in billionths; nullopt for one past kMostNumber either way.
std::optional<std::int64_t> billionths(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::int64_t exponent = 0;
  const auto e = std::min(text.find_first_of("eE"), text.size());
  if (e < text.size()) {
    std::string_view digits = text.substr(e + 1);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (problem != std::errc{} || exponent > 1'000 || exponent < -1'000) return std::nullopt;
  }
  const std::string_view mantissa = text.substr(0, e);
  const auto point = std::min(mantissa.find('.'), mantissa.size());
  std::int64_t place = exponent + static_cast<std::int64_t>(point) - 1;  // the power of ten that a digit counts
  std::int64_t value = 0;
  for (const char c : mantissa) {
    if (c == '.') continue;
    const std::int64_t digit = c - '0';
    std::int64_t unit = kUnit;
    for (auto k = place; k < 0 && unit > 0; ++k) unit /= 10;
    if (digit > 1 ? place >= kUnitPlaces : digit == 1 && place > kUnitPlaces) return std::nullopt;
    for (auto k = place; k > 0 && digit != 0; --k) unit *= 10;
    value += place == -kUnitPlaces - 1 ? (digit >= 5 ? 1 : 0) : digit * unit;
    if (value > kMostNumber * kUnit) return std::nullopt;
    --place;
  }
  return negative ? -value : value;
}

// Both in billionths.
Ratio part_of(std::int64_t score, std::int64_t most) {
  if (score <= 0) return 0;
  if (score >= most) return 1;
  return {(Int128{2} * score * kParts + most) / (Int128{2} * most), kParts};
}

struct GivenTest {
  std::optional<std::string> name, number, status, output, visibility;
  std::optional<std::int64_t> score, max_score;
  std::set<std::string, std::less<>> keys;
};

// RapidJSON's events. Answering false ends the reading.
class Handler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Handler> {
 public:
  std::vector<ReportedTest> tests;
  bool has_tests = false;

  bool Default() { return value({}, Type::kOther); }
  bool Null() { return value({}, Type::kNull); }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) { return value({text, length}, Type::kNumber); }
  bool String(const char* text, rapidjson::SizeType length, bool) { return value({text, length}, Type::kText); }

  bool Key(const char* text, rapidjson::SizeType length, bool) {
    key_.assign(text, length);
    if (open_ == 1 && key_ == "tests") return !std::exchange(has_tests, true);
    return !in_test() || test_.keys.insert(key_).second;
  }

  bool StartArray() {
    if (!value({}, Type::kArray)) return false;
    in_tests_ = in_tests_ || (open_ == 1 && key_ == "tests");
    return ++open_ <= kMostDepth;
  }
  bool EndArray(rapidjson::SizeType) {
    if (--open_ == 1) in_tests_ = false;
    return true;
  }

  bool StartObject() {
    if (in_tests_ && open_ == kTestsDepth) {
      test_ = {};
    } else if (open_ > 0 && !value({}, Type::kOther)) {
      return false;
    }
    return ++open_ <= kMostDepth;
  }
  bool EndObject(rapidjson::SizeType) { return --open_ != kTestsDepth || !in_tests_ || add(); }

 private:
  enum class Type { kText, kNumber, kNull, kArray, kOther };

  bool in_test() const { return in_tests_ && open_ == kTestDepth; }

  bool value(std::string_view text, Type type) {
    if (open_ == 0) return false;  // the whole is an object
    if (open_ == 1 && key_ == "tests") return type == Type::kArray;
    if (in_tests_ && open_ == kTestsDepth) return false;  // tests are objects
    return !in_test() || type == Type::kNull || take(text, type);
  }

  bool take(std::string_view text, Type type) {
    const std::pair<std::string_view, std::optional<std::string>*> texts[] = {{"name", &test_.name},
                                                                              {"number", &test_.number},
                                                                              {"status", &test_.status},
                                                                              {"output", &test_.output},
                                                                              {"visibility", &test_.visibility}};
    for (const auto& [key, place] : texts) {
      if (key != key_) continue;
      *place = std::string(text);
      return type == Type::kText || (type == Type::kNumber && key == "number");
    }
    for (const auto& [key, place] : {std::pair("score", &test_.score), std::pair("max_score", &test_.max_score)}) {
      if (key != key_) continue;
      *place = type == Type::kNumber ? billionths(text) : std::nullopt;
      return place->has_value();
    }
    return true;
  }

  bool add() {
    if (tests.size() == kMostReportedTests) return false;
    if (test_.status && *test_.status != "passed" && *test_.status != "failed") return false;
    const bool is_share = test_.score && test_.max_score && *test_.max_score > 0;
    if (test_.score && !test_.max_score && !test_.status) return false;
    if (test_.max_score && *test_.max_score < 0) return false;
    const bool passed = test_.status == "passed";
    ReportedTest out;
    out.name = test_.name ? *test_.name : test_.number ? *test_.number : std::to_string(tests.size() + 1);
    out.part = is_share ? part_of(*test_.score, *test_.max_score) : Ratio(passed ? 1 : 0);
    out.hidden = test_.visibility && *test_.visibility != "visible";
    if (out.part != Ratio(1)) {
      out.reason = out.part.is_zero() ? "wrong" : "part";
      if (!out.hidden && test_.output) out.detail = test_.output->substr(0, kMostDetail);
    }
    tests.push_back(std::move(out));
    return true;
  }

  std::size_t open_ = 0;
  bool in_tests_ = false;
  std::string key_;
  GivenTest test_;
};

ReportedTests unfit(const char* reason, std::size_t at) { return {{}, ReportProblem{reason, "byte " + std::to_string(at)}}; }

}  // namespace

ReportedTests read_results_json(std::string_view bytes) {
  if (bytes.size() > kMostReportBytes) return unfit("report_large", bytes.size());
  if (bytes.find_first_not_of(" \t\r\n") == std::string_view::npos) return unfit("report_absent", 0);
  constexpr unsigned kFlags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseValidateEncodingFlag;
  Handler handler;
  rapidjson::Reader reader;
  rapidjson::MemoryStream stream(bytes.data(), bytes.size());
  const rapidjson::ParseResult parsed = reader.Parse<kFlags>(stream, handler);
  // RapidJSON takes a NUL byte for the end of its input.
  const std::size_t at = parsed.IsError() ? parsed.Offset() : stream.Tell();
  const bool is_cut = at >= bytes.size() && parsed.Code() != rapidjson::kParseErrorTermination;
  if (parsed.IsError() || at < bytes.size()) return unfit(is_cut ? "report_cut" : "report_unfit", at);
  if (!handler.has_tests) return unfit("report_absent", 0);
  return {std::move(handler.tests), {}};
}

}  // namespace otmetka::checkers::unit_tests
