#include "checkers/digits/digits.h"

#include <algorithm>
#include <array>

#include "checkers/credit.h"
#include "checkers/digits/digits.pb.h"
#include "checkers/digits/distance.h"
#include "checkers/typed_text.h"
#include "model/text.h"

namespace otmetka::checkers::digits {
namespace {

using Settings = v1::DigitsSettings;
using enum messages::Severity;

constexpr std::size_t kMaxKey = 64;
constexpr std::size_t kMaxTyped = 1000;

const auto kEntries = std::to_array<messages::Entry>({
    {.id = "digits.errors", .ru = "Неверный ответ: {0} {0|ошибка|ошибки|ошибок}.",
     .en = "Wrong: {0} {0|error|errors}."},
    {.id = "digits.partial", .ru = "Верно отчасти: {0} {0|ошибка|ошибки|ошибок}.", .en = "Partly right: {0} {0|error|errors}."},
    {.id = "digits.not_a_digit", .ru = "Здесь нужны только цифры, а встретилось «{0}».",
     .en = "Only digits are expected here, and there is “{0}”."},
    {.id = "digits.too_long", .ru = "Слишком длинный ответ: больше {0} {0|цифры|цифр|цифр}.",
     .en = "The answer is too long: more than {0} {0|digit|digits}."},
    {.id = "digits.typed", .ru = "введено: {0}", .en = "typed: {0}"},
    {.id = "digits.read_as", .ru = "цифры: {0}", .en = "digits: {0}"},
    {.id = "digits.any", .ru = "ключ {0}, порядок не важен: ошибок {1}", .en = "key {0}, in any order: errors {1}"},
    {.id = "digits.strict", .ru = "ключ {0}, порядок важен: ошибок {1}", .en = "key {0}, in this order: errors {1}"},
    {.id = "digits.credit", .ru = "за {0} {0|ошибку|ошибки|ошибок} → {1}", .en = "for {0} {0|error|errors} → {1}"},
    {.id = "OT189", .severity = kError, .ru = "ответ должен состоять из цифр, от 1 до {0}",
     .en = "the answer must be digits, from 1 to {0} of them",
     .hint_ru = "для слов есть вид «text», для чисел со знаком или запятой — «numeric»",
     .hint_en = "words have the kind `text`; numbers with a sign or a decimal mark, `numeric`",
     .wrong = "digits: первая и четвёртая", .right = "digits: \"14\""},
});

std::span<const messages::Entry> entries() { return kEntries; }

bool is_separator(char c) { return c == ' ' || c == ',' || c == ';'; }

// The character at the text's beginning, for a message.
std::string first_character(std::string_view text) {
  return visible(text.substr(0, std::max<std::size_t>(1, decode(text).length)));
}

struct Reading {
  std::string digits;
  std::optional<Message> problem;
};

Reading read(std::string_view typed) {
  Reading out;
  const std::string compared = plain(typed);
  std::string_view text = compared;
  if (text.size() > 1 && text.ends_with('.')) text.remove_suffix(1);
  for (; !text.empty(); text.remove_prefix(1)) {
    if (is_separator(text.front())) continue;
    if (!is_digit(text.front())) return {{}, Message{"digits.not_a_digit", {first_character(text)}}};
    if (out.digits.size() == kMaxTyped) return {{}, Message{"digits.too_long", {std::int64_t{kMaxTyped}}}};
    out.digits += text.front();
  }
  if (out.digits.empty() && !compared.empty()) out.problem = {"digits.not_a_digit", {first_character(compared)}};
  return out;
}

class DigitsChecker : public Checker {
 public:
  DigitsChecker(std::string key, bool strict, ErrorTable table)
      : key_(std::move(key)), strict_(strict), table_(std::move(table)) {}

  Outcome check(const Answer& answer, const CheckContext& context) const override {
    const auto* text = std::get_if<TextAnswer>(&answer);
    if (text == nullptr) return wrong_shape(AnswerShape::kText, answer);
    Outcome out;
    if (trim_label(text->text).empty()) {
      out.status = Verdict::kNotAttempted;
      return out;
    }
    Reading reading = read(text->text);
    if (reading.problem) return invalid(std::move(*reading.problem));
    return judge(text->text, std::move(reading.digits), context);
  }

  Int128 credit_denominator() const override { return table_.denominator(); }

 private:
  Outcome judge(const std::string& typed, std::string digits, const CheckContext& context) const {
    const std::size_t errors = strict_ ? ordered_errors(key_, digits) : unordered_errors(key_, digits);
    const auto shown = static_cast<std::int64_t>(errors);
    Outcome out;
    out.credit = table_.credit(errors);
    out.rule_id = rule_of(out.credit);
    if (errors > 0) out.feedback.push_back({out.credit > Ratio(0) ? "digits.partial" : "digits.errors", {shown}});
    if (context.explain) {
      out.trace = {{"digits.typed", {quote(typed)}}};
      if (digits != typed) out.trace.push_back({"digits.read_as", {digits}});
      out.trace.push_back({strict_ ? "digits.strict" : "digits.any", {key_, shown}});
      out.trace.push_back({"digits.credit", {shown, out.credit}});
    }
    if (!strict_) std::sort(digits.begin(), digits.end());
    out.answer_key = cut_key(std::move(digits));
    return out;
  }

  std::string key_;
  bool strict_;
  ErrorTable table_;
};

Made make(const google::protobuf::Message& message, const MakeContext&) {
  const auto& settings = static_cast<const Settings&>(message);
  Made out;
  if (!Settings::Order_IsValid(settings.order())) {
    out.problems.push_back({{"OT177", {std::string("digits")}}, "", 0, 0});
    return out;
  }
  Reading key = read(settings.answer());
  if (key.problem || key.digits.empty() || key.digits.size() > kMaxKey) {
    out.problems.push_back({{"OT189", {std::int64_t{kMaxKey}}}, "answer", 0, 0});
  }
  auto table = ErrorTable::read(settings.by_errors(), out.problems);
  if (!out.problems.empty()) return out;
  const bool strict = settings.order() != Settings::ORDER_ANY;
  out.checker = std::make_unique<DigitsChecker>(std::move(key.digits), strict, std::move(*table));
  return out;
}

}  // namespace

CheckerType type() { return {"digits", AnswerShape::kText, false, &Settings::descriptor, &make, &entries}; }

}  // namespace otmetka::checkers::digits
