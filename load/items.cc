// The items of a load's specs. Each knows its right answers and what each of its wrong ones is worth, by the rules of its kind.
#include <algorithm>
#include <array>

#include "load/workload.h"

namespace otmetka::load {
namespace {

constexpr std::array<std::string_view, 16> kWords{"река",  "озеро", "полюс", "остров", "климат", "ветер", "море",   "гора",
                                                  "север", "юг",    "карта", "степь",  "тайга",  "почва", "погода", "океан"};
constexpr std::size_t kLongAnswer = 20'000;  // longer than any that is meant

std::string words(int characters, Random& random) {
  std::string out;
  for (int had = 0; had < characters;) {
    const std::string_view word = kWords[random.below(kWords.size())];
    out += (out.empty() ? "" : " ") + std::string(word);
    had += static_cast<int>(word.size() / 2) + 1;  // two bytes a letter
  }
  return out;
}

Variant text_variant(const std::string& part, std::string text, Verdict verdict, Ratio credit) {
  return {{{PartId(part), TextAnswer{std::move(text)}}}, {{part, verdict, credit}}};
}
Variant graded(const std::string& part, std::string text, Ratio credit) {
  return text_variant(part, std::move(text), Verdict::kGraded, credit);
}

// No kind takes bytes that are no UTF-8, and every kind that takes a text takes markup and commands for what they are: not the answer.
std::vector<Variant> hostile_texts(const std::string& part) {
  return {text_variant(part, "\xC0\xAF\xFF\xFE", Verdict::kInvalidInput, 0)};
}

Item text_item(const std::string& id, int characters, Random& random) {
  const std::string right = words(characters, random);
  Item out{.id = id, .yaml = "- id: " + id + "\n  text:\n    answer: \"" + right + "\"\n"};
  out.right = {graded(id, right, 1), graded(id, "  " + right + " ", 1)};
  out.wrong = {graded(id, right + " вулкан", 0), graded(id, "не знаю", 0)};
  out.hostile = hostile_texts(id);
  out.hostile.push_back(graded(id, "<script>alert(1)</script>'; DROP TABLE results; --", 0));
  out.hostile.push_back(graded(id, std::string(kLongAnswer, 'x'), 0));
  return out;
}

// In tenths, so that a decimal mark is always there; the unit left out costs half.
Item numeric_item(const std::string& id, Random& random) {
  const auto tenths = static_cast<int>(random.below(900)) + 100;
  const auto number = [](int value, char mark) { return std::to_string(value / 10) + mark + std::to_string(value % 10); };
  Item out{.id = id,
           .yaml = "- id: " + id + "\n  numeric: {answer: \"" + number(tenths, '.') + " м\", tolerance: 0.05, unit: {missing: 50%}}\n"};
  out.right = {graded(id, number(tenths, ',') + " м", 1), graded(id, number(tenths * 10, ',') + " дм", 1)};
  out.wrong = {graded(id, number(tenths + 5, ',') + " м", 0), graded(id, number(tenths, ','), Ratio(1, 2))};
  out.hostile = hostile_texts(id);
  return out;
}

Item regex_item(const std::string& id, Random& random) {
  const int year = 1900 + static_cast<int>(random.below(100));
  Item out{.id = id, .yaml = "- id: " + id + "\n  regex: '\\d{1,2}[./]\\d{1,2}[./]" + std::to_string(year) + "'\n"};
  out.right = {graded(id, "12.04." + std::to_string(year), 1), graded(id, "1/5/" + std::to_string(year), 1)};
  out.wrong = {graded(id, "12.04." + std::to_string(year + 1), 0), graded(id, "весной", 0)};
  out.hostile = hostile_texts(id);
  out.hostile.push_back(graded(id, std::string(kLongAnswer, '1'), 0));
  return out;
}

Variant choice_variant(const std::string& id, std::vector<std::string> ticked, Verdict verdict, Ratio credit) {
  return {{{PartId(id), ChoiceAnswer{std::move(ticked)}}}, {{id, verdict, credit}}};
}

Item choice_item(const std::string& id) {
  Item out{.id = id,
           .yaml = "- id: " + id + "\n  choice: {right: {a: \"2\", b: \"7\"}, wrong: {c: \"9\", d: \"15\"}, scoring: per_option}\n"};
  out.right = {choice_variant(id, {"a", "b"}, Verdict::kGraded, 1), choice_variant(id, {"b", "a"}, Verdict::kGraded, 1)};
  out.wrong = {choice_variant(id, {"c", "d"}, Verdict::kGraded, 0), choice_variant(id, {"a"}, Verdict::kGraded, Ratio(3, 4))};
  out.hostile = {choice_variant(id, {"e"}, Verdict::kInvalidInput, 0)};
  return out;
}

Item digits_item(const std::string& id, Random& random) {
  const int first = static_cast<int>(random.below(5)) + 1;  // four different digits
  const auto digits = [first](std::array<int, 4> steps) {
    std::string out;
    for (const int step : steps) out += static_cast<char>('0' + first + step);
    return out;
  };
  Item out{.id = id,
           .yaml = "- id: " + id + "\n  digits: {answer: \"" + digits({0, 1, 2, 3}) + "\", order: any, by_errors: [100%, 50%]}\n"};
  out.right = {graded(id, digits({0, 1, 2, 3}), 1), graded(id, digits({3, 1, 0, 2}), 1)};
  out.wrong = {graded(id, digits({0, 1, 2, 4}), Ratio(1, 2)), graded(id, digits({0, 1, -1, 4}), 0)};
  out.hostile = hostile_texts(id);
  return out;
}

Variant match_variant(const std::string& id, std::vector<std::pair<std::string, std::string>> pairs, Ratio credit) {
  return {{{PartId(id), MappingAnswer{std::move(pairs)}}}, {{id, Verdict::kGraded, credit}}};
}

Item match_item(const std::string& id) {
  Item out{.id = id, .yaml = "- id: " + id + "\n  match: {pairs: {Франция: Париж, Япония: Токио, Канада: Оттава}}\n"};
  out.right = {match_variant(id, {{"Франция", "Париж"}, {"Япония", "Токио"}, {"Канада", "Оттава"}}, 1)};
  out.wrong = {match_variant(id, {{"Франция", "Токио"}, {"Япония", "Оттава"}, {"Канада", "Париж"}}, 0),
               match_variant(id, {{"Франция", "Париж"}, {"Япония", "Оттава"}, {"Канада", "Токио"}}, Ratio(1, 3))};
  out.hostile = {{{{PartId(id), MappingAnswer{{{"Атлантида", "Париж"}}}}}, {{id, Verdict::kInvalidInput, 0}}}};
  return out;
}

Variant order_variant(const std::string& id, std::vector<std::string> elements, Ratio credit) {
  return {{{PartId(id), SequenceAnswer{std::move(elements)}}}, {{id, Verdict::kGraded, credit}}};
}

Item order_item(const std::string& id) {
  Item out{.id = id,
           .yaml = "- id: " + id + "\n  order: {sequence: [прочитать, составить, решить, проверить], scoring: position}\n"};
  out.right = {order_variant(id, {"прочитать", "составить", "решить", "проверить"}, 1)};
  out.wrong = {order_variant(id, {"проверить", "решить", "составить", "прочитать"}, 0),
               order_variant(id, {"прочитать", "составить", "проверить", "решить"}, Ratio(1, 2))};
  out.hostile = {{{{PartId(id), SequenceAnswer{{"сжечь", "сжечь"}}}}, {{id, Verdict::kInvalidInput, 0}}}};
  return out;
}

// The second part follows the first one's own answer: 360 over it.
Item parts_item(const std::string& id) {
  Item out{.id = id,
           .yaml = "- id: " + id +
                   "\n  parts:\n    v: {weight: 1, numeric: {answer: 72 км/ч}}\n"
                   "    t: {weight: 2, numeric: {answer: \"= 360 / v\", unit_default: ч, tolerance: 0.01, follow: v}}\n"};
  const auto both = [&](const std::string& v, const std::string& t, Ratio first, Ratio second) {
    Variant made = graded(id + ".v", v, first);
    const Variant more = graded(id + ".t", t, second);
    made.responses.push_back(more.responses.front());
    made.expected.push_back(more.expected.front());
    return made;
  };
  out.right = {both("72 км/ч", "5 ч", 1, 1), both("20 м/с", "5", 1, 1)};
  out.wrong = {both("90 км/ч", "4 ч", 0, 1), both("72 км/ч", "7 ч", 1, 0), both("10 км/ч", "7 ч", 0, 0)};
  out.hostile = hostile_texts(id + ".v");
  for (Variant& variant : out.hostile) {
    variant.responses.push_back({PartId(id + ".t"), TextAnswer{"5 ч"}});
    variant.expected.push_back({id + ".t", Verdict::kGraded, 1});
  }
  return out;
}

}  // namespace

Item make_item(std::string_view kind, const std::string& id, int text_chars, Random& random) {
  if (kind == "numeric") return numeric_item(id, random);
  if (kind == "regex") return regex_item(id, random);
  if (kind == "choice") return choice_item(id);
  if (kind == "digits") return digits_item(id, random);
  if (kind == "match") return match_item(id);
  if (kind == "order") return order_item(id);
  if (kind == "parts") return parts_item(id);
  return text_item(id, text_chars, random);
}

}  // namespace otmetka::load
