#include "checkers/parts/messages.h"

#include <array>

namespace otmetka::checkers::parts {
namespace {

using enum messages::Severity;

const auto kEntries = std::to_array<messages::Entry>({
    {.id = "parts.follow_through", .ru = "Часть «{0}» засчитана по вашему ответу в части «{1}».",
     .en = "Part “{0}” counts by your own answer to “{1}”."},
    {.id = "parts.gated", .ru = "Часть «{0}» не засчитана: сначала нужна часть «{1}».",
     .en = "Part “{0}” does not count: part “{1}” comes first."},
    {.id = "parts.gated_through", .ru = "Часть «{0}» не засчитана: ей нужна часть «{1}», а той — часть «{2}».",
     .en = "Part “{0}” does not count: it needs part “{1}”, which in the end needs part “{2}”."},
    {.id = "parts.unknown", .ru = "Части «{0}» в этом вопросе нет: ответ на неё не учтён.",
     .en = "This question has no part “{0}”: the answer to it was left out."},
    {.id = "parts.repeated", .ru = "На часть «{0}» дано два ответа.", .en = "Part “{0}” is answered twice."},
    {.id = "parts.judged_again", .ru = "проверено ещё раз, с вашим ответом: {0}",
     .en = "judged again with your own answer: {0}"},
    {.id = "parts.better", .ru = "по ключу {0}, по вашему ответу {1}: засчитано второе",
     .en = "by the key {0}, by your own answer {1}: the second counts"},
    {.id = "parts.no_better", .ru = "по ключу {0}, по вашему ответу {1}: засчитано первое",
     .en = "by the key {0}, by your own answer {1}: the first counts"},
    {.id = "parts.term", .ru = "«{0}»: {1} × {2} = {3}", .en = "“{0}”: {1} × {2} = {3}"},
    {.id = "parts.sum", .ru = "вместе {0}", .en = "together {0}"},
    {.id = "OT197", .severity = kError, .ru = "«{0}» — не одна из предыдущих частей",
     .en = "“{0}” is not one of the parts before this one",
     .hint_ru = "«requires» и «follow» называют части, которые стоят выше; «follow» — те, чей ответ — число",
     .hint_en = "`requires` and `follow` name parts that stand above; `follow` those whose answer is a number",
     .wrong = "parts:\n  v: {requires: t, numeric: 72}\n  t: {numeric: 5}",
     .right = "parts:\n  v: {numeric: 72}\n  t: {requires: v, numeric: 5}"},
    {.id = "OT198", .severity = kError, .ru = "часть не может сама состоять из частей", .en = "a part cannot itself be made of parts",
     .hint_ru = "поднимите внутренние части на уровень выше",
     .hint_en = "move the inner parts one level up",
     .wrong = "parts:\n  a: {parts: {b: {numeric: 5}}}", .right = "parts:\n  a-b: {numeric: 5}"},
});

}  // namespace

std::span<const messages::Entry> entries() { return kEntries; }

}  // namespace otmetka::checkers::parts
