#include "checkers/numeric/expression.h"

#include <algorithm>
#include <cassert>

#include "checkers/numeric/normal_form.h"
#include "checkers/numeric/number_parser.h"
#include "model/text.h"

namespace otmetka::checkers::numeric {
namespace {

constexpr std::size_t kMaxBytes = 1024;
constexpr std::size_t kMaxSteps = 256;
constexpr int kMaxDepth = 32;
constexpr int kMaxPower = 1000;
constexpr std::size_t kMaxBits = 4096;

bool is_name_character(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9') ||
         (c >= 0xC0 && c < 0x530 && c != 0xD7 && c != 0xF7);
}

// Other spellings of an operator, as the one character of the grammar.
char operator_of(char32_t c) {
  switch (c) {
    case 0x2212: case 0x2013: case 0x2014: case 0x2010: case 0x2011: return '-';
    case 0xD7: case 0xB7: case 0x22C5: case 0x2219: return '*';
    case 0xF7: case ':': case 0x2215: case 0x2044: return '/';
    default: return c < 0x80 ? static_cast<char>(c) : '\0';
  }
}

}  // namespace

class ExpressionParser {
 public:
  ExpressionParser(std::string_view text, Expression* out) : text_(text), out_(out) {}

  std::optional<Fault> parse() {
    if (text_.size() > kMaxBytes) return Fault{{"OT157", {}}};
    sum();
    skip_spaces();
    if (!fault_ && at_ != text_.size()) fail("OT156");
    if (!fault_ && out_->steps_.size() > kMaxSteps) fault_ = Fault{{"OT157", {}}};
    return fault_;
  }

 private:
  using Op = Expression::Op;

  void fail(const char* id) {
    if (fault_) return;
    if (at_ == text_.size() && std::string_view(id) == "OT156") return ends_early();
    const std::size_t length = std::max<std::size_t>(1, decode(text_.substr(at_)).length);
    const std::string_view here = at_ < text_.size() ? text_.substr(at_, length) : std::string_view();
    fault_ = Fault{{id, {std::string(here)}}, at_, here.size()};
  }

  // The last character is what stands before the gap; an empty formula is only its “=”.
  void ends_early() {
    std::size_t begin = 0;
    std::size_t length = 0;
    for (at_ = 0; skip_spaces(), at_ < text_.size(); at_ += length) {
      begin = at_;
      length = std::max<std::size_t>(1, decode(text_.substr(at_)).length);
    }
    fault_ = Fault{{"OT644", {length == 0 ? "=" : std::string(text_.substr(begin, length))}}, begin, length};
  }

  void skip_spaces() {
    for (;;) {
      const CodePoint point = decode(text_.substr(at_));
      if (point.length == 0 || (point.value != ' ' && point.value != 0xA0 && point.value != 0x202F && point.value != 0x2009)) {
        return;
      }
      at_ += point.length;
    }
  }

  // The operator or bracket that is next, without taking it.
  char next() {
    skip_spaces();
    const CodePoint point = decode(text_.substr(at_));
    return point.length == 0 ? '\0' : operator_of(point.value);
  }

  bool take(std::string_view wanted) {
    const char c = next();
    if (c == '\0' || wanted.find(c) == std::string_view::npos) return false;
    at_ += decode(text_.substr(at_)).length;
    return true;
  }

  void add(Op op, std::size_t count = 0, Rational number = {}) {
    if (out_->steps_.size() <= kMaxSteps) out_->steps_.push_back({op, std::move(number), count});
  }

  void sum() {
    if (++depth_ > kMaxDepth) fail("OT157");
    product();
    while (!fault_) {
      const char op = next();
      if (!take("+-")) break;
      product();
      add(op == '+' ? Op::kAdd : Op::kSubtract);
    }
    --depth_;
  }

  void product() {
    sign();
    while (!fault_) {
      const char op = next();
      if (!take("*/")) break;
      sign();
      add(op == '*' ? Op::kMultiply : Op::kDivide);
    }
  }

  void sign() {
    if (fault_) return;
    if (++depth_ > kMaxDepth) return fail("OT157");
    if (take("-")) {
      sign();
      add(Op::kNegate);
    } else if (take("+")) {
      sign();
    } else {
      power();
    }
    --depth_;
  }

  void power() {
    atom();
    if (fault_) return;
    if (const CodePoint point = decode(text_.substr(at_)); point.value == 0xB2 || point.value == 0xB3) {
      at_ += point.length;
      add(Op::kNumber, 0, static_cast<std::int64_t>(point.value - 0xB0));
      add(Op::kPower);
    } else if (take("^")) {
      sign();
      add(Op::kPower);
    }
  }

  void atom() {
    const char c = next();
    if (is_digit(c)) return number();
    if (take("(")) {
      const int calls = std::exchange(calls_, 0);
      sum();
      calls_ = calls;
      if (!fault_ && !take(")")) fail("OT156");
      return;
    }
    const std::size_t begin = at_;
    for (CodePoint p = decode(text_.substr(at_)); p.length > 0 && is_name_character(p.value); p = decode(text_.substr(at_))) {
      at_ += p.length;
    }
    const std::string_view name = text_.substr(begin, at_ - begin);
    if (name.empty()) return fail("OT156");
    if (next() == '(') return call(name, begin);
    const auto known = std::find(out_->names_.begin(), out_->names_.end(), name);
    const auto index = static_cast<std::size_t>(known - out_->names_.begin());
    if (known == out_->names_.end()) {
      out_->names_.emplace_back(name);
      out_->offsets_.push_back(begin);
    }
    add(Op::kName, index);
  }

  void call(std::string_view name, std::size_t begin) {
    const bool is_abs = name == "abs";
    if (!is_abs && name != "min" && name != "max") {
      at_ = begin;
      return fail("OT156");
    }
    take("(");
    ++calls_;
    std::size_t count = 0;
    do {
      sum();
      ++count;
    } while (!fault_ && take(";,"));
    --calls_;
    if (!fault_ && !take(")")) return fail("OT156");
    if (!fault_ && is_abs && count != 1) {
      at_ = begin;
      return fail("OT156");
    }
    add(is_abs ? Op::kAbs : name == "min" ? Op::kMin : Op::kMax, count);
  }

  std::string_view digits() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  void number() {
    std::string all(digits());
    int decimals = 0;
    const bool mark = at_ + 1 < text_.size() && (text_[at_] == '.' || text_[at_] == ',') && is_digit(text_[at_ + 1]);
    if (mark && text_[at_] == ',' && calls_ > 0) return fail("OT156");
    if (mark) {
      ++at_;
      const std::string_view after = digits();
      decimals = static_cast<int>(after.size());
      all += after;
    }
    if (all.size() > kMaxDigits) return fail("OT157");
    add(Op::kNumber, 0, Rational::decimal(all, -decimals));
  }

  std::string_view text_;
  Expression* out_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int calls_ = 0;  // min, max and abs around this place, inside the innermost plain bracket
  std::optional<Fault> fault_;
};

std::optional<Fault> Expression::parse(std::string_view text, Expression* expression) {
  *expression = {};
  return ExpressionParser(text, expression).parse();
}

std::size_t Expression::offset_of(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  assert(found != names_.end());
  return offsets_[static_cast<std::size_t>(found - names_.begin())];
}

Expression::Evaluated Expression::evaluate(const Values& values) const {
  std::vector<Rational> stack;
  for (const Step& step : steps_) {
    if (step.op == Op::kNumber) {
      stack.push_back(step.number);
    } else if (step.op == Op::kName) {
      const Rational* value = values(names_[step.count]);
      if (value == nullptr) return {std::nullopt, {"OT155", {names_[step.count]}}};
      stack.push_back(*value);
    } else if (auto problem = apply(step, &stack)) {
      return {std::nullopt, std::move(*problem)};
    }
    if (stack.back().bit_size() > kMaxBits) return {std::nullopt, {"OT157", {}}};
  }
  assert(stack.size() == 1);
  return {std::move(stack.back()), {}};
}

std::optional<Message> Expression::apply(const Step& step, std::vector<Rational>* stack) {
  if (step.op == Op::kNegate || step.op == Op::kAbs) {
    stack->back() = step.op == Op::kNegate ? -stack->back() : stack->back().abs();
    return std::nullopt;
  }
  if (step.op == Op::kMin || step.op == Op::kMax) {
    const auto first = stack->end() - static_cast<std::ptrdiff_t>(step.count);
    const auto best = step.op == Op::kMin ? std::min_element(first, stack->end()) : std::max_element(first, stack->end());
    Rational value = *best;
    stack->erase(first, stack->end());
    stack->push_back(std::move(value));
    return std::nullopt;
  }
  const Rational right = std::move(stack->back());
  stack->pop_back();
  Rational& left = stack->back();
  if (step.op == Op::kAdd) left = left + right;
  if (step.op == Op::kSubtract) left = left - right;
  if (step.op == Op::kMultiply) left = left * right;
  if (step.op == Op::kDivide) {
    if (right.is_zero()) return Message{"OT158", {}};
    left = left / right;
  }
  if (step.op == Op::kPower) {
    const auto exponent = right.to_integer();
    if (!exponent) return Message{"OT158", {}};
    const std::int64_t size = *exponent < 0 ? -*exponent : *exponent;
    if (left.is_zero() && *exponent <= 0) return Message{"OT158", {}};
    if (size > kMaxPower || left.bit_size() * static_cast<std::size_t>(size) > kMaxBits) {
      return Message{"OT157", {}};
    }
    left = left.power(static_cast<int>(*exponent));
  }
  return std::nullopt;
}

}  // namespace otmetka::checkers::numeric
