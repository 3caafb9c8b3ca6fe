#include "checkers/credit.h"

#include <algorithm>
#include <array>

namespace otmetka::checkers {
namespace {

using enum messages::Severity;

const auto kEntries = std::to_array<messages::Entry>({
    {.id = "OT187", .severity = kError,
     .ru = "строка {0} таблицы «by_errors» — не доля от 0 до 1 или больше предыдущей",
     .en = "row {0} of `by_errors` is not a share from 0 to 1, or is larger than the row before it",
     .hint_ru = "первая строка — за ответ без ошибок, вторая — за одну ошибку: 100%, 50%, …, по убыванию",
     .hint_en = "the first row is for no error, the second for one: 100%, 50%, …, in descending order",
     .wrong = "digits: {answer: \"14\", by_errors: [50%, 100%]}",
     .right = "digits: {answer: \"14\", by_errors: [100%, 50%]}"},
    {.id = "OT188", .severity = kError,
     .ru = "«scoring» и «by_errors» не подходят друг к другу",
     .en = "`scoring` and `by_errors` do not go together",
     .hint_ru = "таблица «by_errors» сама задаёт оценивание: уберите «scoring»; а для «scoring: by_errors» нужна таблица",
     .hint_en = "the table `by_errors` is a scoring of its own: remove `scoring`; and `scoring: by_errors` needs the table",
     .wrong = "match: {pairs: {один: one, два: two}, scoring: per_pair, by_errors: [100%, 50%]}",
     .right = "match: {pairs: {один: one, два: two}, by_errors: [100%, 50%]}"},
    {.id = "OT186", .severity = kError,
     .ru = "здесь пустое название: на такой вариант нельзя ответить",
     .en = "a name is empty here: no answer could mean it",
     .hint_ru = "впишите текст или уберите пустую строку",
     .hint_en = "write the text, or remove the empty entry",
     .wrong = "choice: {right: [\"\"], wrong: [Темза]}",
     .right = "choice: {right: [Волга], wrong: [Темза]}"},
    {.id = "OT190", .severity = kError,
     .ru = "в вопросе «{0}» не из чего составить ответ: он пуст",
     .en = "the question `{0}` is empty: there is nothing to make an answer of",
     .hint_ru = "впишите варианты, пары, элементы или части",
     .hint_en = "write its options, pairs, elements or parts",
     .wrong = "choice: {right: [], wrong: []}",
     .right = "choice: {right: {a: Волга}, wrong: {b: Темза, c: Нил}}"},
    {.id = "OT191", .severity = kError,
     .ru = "«{0}» названо дважды",
     .en = "“{0}” is named twice",
     .hint_ru = "уберите повтор или сделайте названия разными",
     .hint_en = "remove the repetition, or make the names differ",
     .wrong = "order: [налить, выпить, налить]",
     .right = "order: [налить, выпить, налить снова]"},
});

}  // namespace

std::optional<Ratio> read_ratio(const v1::Ratio& wire) {
  return wire.den() > kTooFine ? std::nullopt : ratio_of(wire.num(), wire.den());
}

Int128 common_denominator(Int128 a, Int128 b) {
  return common_multiple(a, b, kTooFine);
}

std::optional<std::vector<Ratio>> shares_of(std::vector<Ratio> weights) {
  Int128 common = 1;
  for (const Ratio& weight : weights) {
    if (weight <= Ratio(0) || weight > Ratio(kMostWeight)) return std::nullopt;
    common = common_denominator(common, weight.den());
  }
  if (common >= kTooFine) return std::nullopt;
  Ratio sum;
  for (const Ratio& weight : weights) sum += weight;
  for (Ratio& weight : weights) {
    weight = weight / sum;
    if (weight.den() >= kTooFine) return std::nullopt;
  }
  return weights;
}

std::string rule_of(const Ratio& credit) {
  if (credit >= Ratio(1)) return "answer";
  return credit > Ratio(0) ? "partial" : "wrong";
}

Outcome invalid(Message reason) {
  Outcome out;
  out.status = Verdict::kInvalidInput;
  out.feedback.push_back(std::move(reason));
  return out;
}

std::optional<ErrorTable> ErrorTable::read(const google::protobuf::RepeatedPtrField<v1::Ratio>& rows,
                                           std::vector<Problem>& problems) {
  ErrorTable out;
  for (int i = 0; i < rows.size(); ++i) {
    const std::optional<Ratio> row = read_ratio(rows[i]);
    const bool is_share = row && *row >= Ratio(0) && *row <= Ratio(1);
    if (!is_share || (i > 0 && *row > out.rows_.back())) {
      problems.push_back({{"OT187", {std::int64_t{i + 1}}}, "by_errors[" + std::to_string(i) + "]", 0, 0});
      return std::nullopt;
    }
    out.rows_.push_back(*row);
  }
  return out;
}

Ratio ErrorTable::credit(std::size_t errors) const {
  if (rows_.empty()) return errors == 0 ? 1 : 0;
  return errors < rows_.size() ? rows_[errors] : Ratio();
}

Int128 ErrorTable::denominator() const {
  Int128 out = 1;
  for (const Ratio& row : rows_) out = common_denominator(out, row.den());
  return out;
}

std::span<const messages::Entry> credit_entries() { return kEntries; }

}  // namespace otmetka::checkers
