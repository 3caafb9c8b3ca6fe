#include "checkers/order/order.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "checkers/credit.h"
#include "checkers/order/measures.h"
#include "checkers/order/order.pb.h"
#include "checkers/text/labels.h"
#include "checkers/typed_text.h"
#include "model/text.h"

namespace otmetka::checkers::order {
namespace {

using Settings = v1::OrderSettings;
using enum messages::Severity;

constexpr std::size_t kMaxElements = 200;

const auto kEntries = std::to_array<messages::Entry>({
    {.id = "order.wrong", .ru = "Порядок неверен.", .en = "The order is wrong."},
    {.id = "order.partial", .ru = "Порядок верен отчасти.", .en = "The order is partly right."},
    {.id = "order.missing", .ru = "Не хватает элементов: {0}.", .en = "Elements missing: {0}."},
    {.id = "order.unknown", .ru = "Элемента «{0}» здесь нет.", .en = "There is no element “{0}” here."},
    {.id = "order.repeated", .ru = "Элемент «{0}» стоит дважды.", .en = "Element “{0}” stands twice."},
    {.id = "order.too_many", .ru = "Мест больше, чем элементов: {0}, а элементов {1}.",
     .en = "More places than elements: {0} for {1}."},
    {.id = "order.typed", .ru = "порядок в ответе: {0}", .en = "the order given: {0}"},
    {.id = "order.expected", .ru = "верный порядок: {0}", .en = "the right order: {0}"},
    {.id = "order.expected_partial", .ru = "должно соблюдаться: {0}", .en = "must hold: {0}"},
    {.id = "order.arithmetic", .ru = "{0}: {1} из {2} → {3}", .en = "{0}: {1} of {2} → {3}"},
    {.id = "OT193", .severity = kError, .ru = "условия «before» противоречат друг другу или порядку «sequence»",
     .en = "the conditions in `before` contradict one another or `sequence`",
     .hint_ru = "найдите круг вроде «a раньше b, b раньше a» и уберите одно из условий",
     .hint_en = "find the circle, such as “a before b, b before a”, and remove one of the conditions",
     .wrong = "order: {before: [[налить, выпить], [выпить, налить]]}", .right = "order: {before: [[налить, выпить]]}"},
    {.id = "OT194", .severity = kError, .ru = "в «before» нельзя использовать «{0}»", .en = "`{0}` cannot be used with `before`",
     .hint_ru = "каждое условие — список из двух или более элементов из «sequence»; «scoring» вместе с «before» не указывают",
     .hint_en = "a condition is a list of two or more elements of `sequence`; `scoring` is not given beside `before`",
     .wrong = "order: {sequence: [a, b, c], before: [[a, z]]}", .right = "order: {sequence: [a, b, c], before: [[a, c]]}"},
});

std::span<const messages::Entry> entries() { return kEntries; }

struct Key {
  std::vector<std::string> elements;
  Settings::Scoring rule = Settings::SCORING_EXACT;
  std::optional<PartialOrder> partial;  // then `rule` does not matter
  std::string conditions;               // as the trace shows them
};

// So many parts of so many, and what they are called.
struct Count {
  std::string name;
  std::size_t right;
  std::size_t all;
};

Count count(const Key& key, Places places) {
  const std::size_t n = key.elements.size();
  if (key.partial) return {"before", key.partial->can_stay(places), n};
  const auto exactly = [&]() -> Count { return {"exact", right_beginning(places) == n ? 1U : 0U, 1}; };
  switch (n == 1 ? Settings::SCORING_EXACT : key.rule) {
    case Settings::SCORING_PREFIX: return {"prefix", right_beginning(places), n};
    case Settings::SCORING_POSITION: return {"position", in_place(places), n};
    case Settings::SCORING_ADJACENT: return {"adjacent", neighbours_kept(places), n - 1};
    case Settings::SCORING_LIS: return {"lis", longest_right(places), n};
    case Settings::SCORING_KENDALL: return {"kendall", pairs_in_order(places), n * (n - 1) / 2};
    default: return exactly();
  }
}

class OrderChecker : public Checker {
 public:
  explicit OrderChecker(Key key) : key_(std::move(key)) {
    for (std::size_t i = 0; i < key_.elements.size(); ++i) {
      index_.emplace(key_.elements[i], static_cast<int>(i));
      labels_.add(key_.elements[i]);
    }
  }

  Outcome check(const Answer& answer, const CheckContext& context) const override {
    const auto* text = std::get_if<TextAnswer>(&answer);
    const bool blank = text != nullptr && trim_label(text->text).empty();
    const auto* sequence = std::get_if<SequenceAnswer>(&answer);
    if (sequence == nullptr && !blank) return wrong_shape(AnswerShape::kSequence, answer);
    std::vector<int> places;
    if (!blank) {
      if (auto problem = read(sequence->elements, places)) return invalid(std::move(*problem));
    }
    if (std::all_of(places.begin(), places.end(), [](int i) { return i == kGap; })) {
      Outcome out;
      out.status = Verdict::kNotAttempted;
      return out;
    }
    return judge(places, context);
  }

  Int128 credit_denominator() const override { return static_cast<Int128>(count(key_, {}).all); }

 private:
  std::optional<Message> read(const std::vector<std::string>& typed, std::vector<int>& places) const {
    std::vector<bool> seen(key_.elements.size());
    for (const std::string& raw : typed) {
      const std::string_view typed_name = trim_label(raw);
      const auto name = labels_.find(typed_name);
      if (!name && !typed_name.empty()) return Message{"order.unknown", {visible(typed_name)}};
      const int place = name ? index_.find(*name)->second : kGap;
      if (place != kGap && seen[static_cast<std::size_t>(place)]) return Message{"order.repeated", {*name}};
      if (place != kGap) seen[static_cast<std::size_t>(place)] = true;
      places.push_back(place);
    }
    if (places.size() <= key_.elements.size()) return std::nullopt;
    return Message{"order.too_many", {static_cast<std::int64_t>(places.size()), static_cast<std::int64_t>(key_.elements.size())}};
  }

  Outcome judge(const std::vector<int>& places, const CheckContext& context) const {
    const Count counted = count(key_, places);
    const auto [given, missing] = split(places);
    Outcome out;
    out.credit = Ratio(static_cast<Int128>(counted.right), static_cast<Int128>(counted.all));
    out.rule_id = rule_of(out.credit);
    out.answer_key = cut_key(joined(given, "|"));
    if (out.credit < Ratio(1)) out.feedback.push_back({out.credit.is_zero() ? "order.wrong" : "order.partial", {}});
    if (!missing.empty()) out.feedback.push_back({"order.missing", {quote(joined(missing, ", "))}});
    if (!context.explain) return out;
    out.trace.push_back({"order.typed", {quote(joined(given, " → "))}});
    out.trace.push_back(key_.partial ? Message{"order.expected_partial", {quote(key_.conditions)}}
                                     : Message{"order.expected", {quote(joined(key_.elements, " → "))}});
    out.trace.push_back({"order.arithmetic", {counted.name, static_cast<std::int64_t>(counted.right),
                                              static_cast<std::int64_t>(counted.all), out.credit}});
    return out;
  }

  // The names in the answer, a dash for a gap; and the names that are not in it.
  std::pair<std::vector<std::string>, std::vector<std::string>> split(const std::vector<int>& places) const {
    std::vector<std::string> given;
    std::vector<bool> seen(key_.elements.size());
    for (const int i : places) {
      given.push_back(i == kGap ? "—" : key_.elements[static_cast<std::size_t>(i)]);
      if (i != kGap) seen[static_cast<std::size_t>(i)] = true;
    }
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if (!seen[i]) missing.push_back(key_.elements[i]);
    }
    std::sort(missing.begin(), missing.end());  // not in the key's order
    return {std::move(given), std::move(missing)};
  }

  Key key_;
  std::unordered_map<std::string, int> index_;
  text::Labels labels_;
};

class Reader {
 public:
  explicit Reader(const Settings& settings) : settings_(settings) {}

  Made read() {
    if (!Settings::Scoring_IsValid(settings_.scoring())) {
      fail("OT177", "", {std::string("order")});
      return std::move(made_);
    }
    for (int i = 0; i < settings_.sequence_size(); ++i) element(i);
    for (int i = 0; i < settings_.before_size(); ++i) chain(i);
    if (key_.elements.empty() && made_.problems.empty()) fail("OT190", "", {std::string("order")});
    if (key_.elements.size() > kMaxElements) fail("OT177", "", {std::string("order")});
    if (settings_.scoring() != Settings::SCORING_UNSPECIFIED) key_.rule = settings_.scoring();
    if (settings_.before_size() > 0 && made_.problems.empty()) close();
    if (made_.problems.empty()) made_.checker = std::make_unique<OrderChecker>(std::move(key_));
    return std::move(made_);
  }

 private:
  void fail(const char* code, std::string path, std::vector<Arg> args) {
    made_.problems.push_back({{code, std::move(args)}, std::move(path), 0, 0});
  }

  void element(int i) {
    const std::string path = "sequence[" + std::to_string(i) + "]";
    std::string name(trim_label(settings_.sequence(i)));
    if (name.empty()) return fail("OT186", path, {});
    if (index_.contains(name)) return fail("OT191", path, {name});
    add(std::move(name));
  }

  int add(std::string name) {
    const int index = static_cast<int>(key_.elements.size());
    index_.emplace(name, index);
    key_.elements.push_back(std::move(name));
    return index;
  }

  void chain(int i) {
    const auto& names = settings_.before(i).elements();
    const std::string path = "before[" + std::to_string(i) + "]";
    if (names.size() < 2) fail("OT194", path, {names.empty() ? std::string() : names[0]});
    int previous = kGap;
    for (int k = 0; k < names.size(); ++k) {
      const std::string at = path + ".elements[" + std::to_string(k) + "]";
      const std::string name(trim_label(names[k]));
      if (name.empty()) return fail("OT186", at, {});
      const auto known = index_.find(name);
      if (known == index_.end() && settings_.sequence_size() > 0) return fail("OT194", at, {name});
      const int index = known != index_.end() ? known->second : add(name);
      if (k > 0) pairs_.emplace_back(previous, index);
      key_.conditions += (k > 0 ? " → " : key_.conditions.empty() ? "" : "; ") + name;
      previous = index;
    }
  }

  // Makes the partial order; the sequence, where there is one, must keep to it.
  void close() {
    if (settings_.scoring() != Settings::SCORING_UNSPECIFIED) return fail("OT194", "scoring", {std::string("scoring")});
    key_.partial = PartialOrder::from(key_.elements.size(), pairs_);
    const bool kept = std::all_of(pairs_.begin(), pairs_.end(), [](const auto& pair) { return pair.first < pair.second; });
    if (!key_.partial || (settings_.sequence_size() > 0 && !kept)) fail("OT193", "before", {});
  }

  const Settings& settings_;
  Made made_;
  Key key_;
  std::unordered_map<std::string, int> index_;
  std::vector<std::pair<int, int>> pairs_;
};

Made make(const google::protobuf::Message& message, const MakeContext&) {
  return Reader(static_cast<const Settings&>(message)).read();
}

}  // namespace

CheckerType type() { return {"order", AnswerShape::kSequence, false, &Settings::descriptor, &make, &entries}; }

}  // namespace otmetka::checkers::order
