// OT170–179 and OT230–239: what compiling a spec and running its own samples shows.
#include <array>

#include "messages/catalogue.h"

namespace otmetka::messages {
namespace {

using enum Severity;

const auto kEntries = std::to_array<Entry>({
    {.id = "OT170", .severity = kError,
     .ru = "пример не сошёлся: ожидалась доля {0}, а получилась {1} (статус {2}, сработало правило «{3}»)",
     .en = "the sample does not hold: a share of {0} was expected, {1} came out (status {2}, decided by rule “{3}”)",
     .hint_ru = "исправьте ответ, правило или ожидаемую долю; `otmetka try SPEC ITEM ОТВЕТ --explain` покажет, как считается",
     .hint_en = "correct the answer, the rule or the expected share; `otmetka try SPEC ITEM ANSWER --explain` shows the arithmetic",
     .wrong = "text: Москва\nsamples: [{give: Москва, score: 0}]", .right = "text: Москва\nsamples: [{give: Москва, score: 1}]"},
    {.id = "OT171", .severity = kError,
     .ru = "пример не сошёлся: ожидался статус {0}, а получился {1}",
     .en = "the sample does not hold: status {0} was expected, {1} came out",
     .hint_ru = "статусы перечислены в docs/spec-reference.md", .hint_en = "docs/spec-reference.md lists the statuses",
     .wrong = "samples: [{give: девять, score: 0, status: GRADED}]", .right = "samples: [{give: девять, score: 0, status: INVALID_INPUT}]"},
    {.id = "OT172", .severity = kError,
     .ru = "пример не сошёлся: ожидалась метка «{0}», а получилась «{1}»",
     .en = "the sample does not hold: tag “{0}” was expected, “{1}” came out",
     .hint_ru = "метка берётся из сработавшей записи accept или reject", .hint_en = "the tag is that of the accept or reject entry that decided",
     .wrong = "reject: [{value: Киев, tag: old}]\nsamples: [{give: Киев, score: 0, tag: new}]",
     .right = "reject: [{value: Киев, tag: old}]\nsamples: [{give: Киев, score: 0, tag: old}]"},
    {.id = "OT173", .severity = kError,
     .ru = "пример не сошёлся: в пояснении нет пометки «{0}»",
     .en = "the sample does not hold: the feedback has no note “{0}”",
     .hint_ru = "уберите `note` или исправьте ответ", .hint_en = "drop `note` or correct the answer",
     .wrong = "samples: [{give: Москва, score: 1, note: homoglyph}]", .right = "samples: [{give: Москва, score: 1}]"},
    {.id = "OT174", .severity = kError,
     .ru = "баллы и доли рубрики вместе слишком мелкие: итог не удастся посчитать точно",
     .en = "the points and the rubric's shares together are too fine: the mark could not be computed exactly",
     .hint_ru = "возьмите множители попыток, «minus» и «floor» попроще: проценты, половины, трети",
     .hint_en = "use simpler factors of attempts, `minus` and `floor`: per cents, halves, thirds",
     .wrong = "attempts: {use: mean, factor: [1, 9972/9973, 9966/9967, 9948/9949, 9940/9941, 9930/9931]}",
     .right = "attempts: {use: mean, factor: [1, 0.9, 0.8]}"},
    {.id = "OT175", .severity = kError,
     .ru = "неизвестный вид задания «{0}»", .en = "unknown kind of item “{0}”",
     .hint_ru = "виды заданий перечислены в docs/spec-reference.md", .hint_en = "docs/spec-reference.md lists the kinds",
     .wrong = "essay: {…}", .right = "text: Москва"},
    {.id = "OT176", .severity = kError,
     .ru = "виды заданий вложены глубже {0} {0|уровня|уровней|уровней}", .en = "kinds are nested deeper than {0} {0|level|levels}",
     .hint_ru = "разбейте задание на несколько", .hint_en = "split the item into several",
     .wrong = "parts: {a: {parts: {b: {parts: {c: {parts: {d: {text: x}}}}}}}}", .right = "parts: {a: {text: x}}"},
    {.id = "OT177", .severity = kError,
     .ru = "настройки задания вида «{0}» не читаются", .en = "the settings of kind “{0}” cannot be read",
     .hint_ru = "файл испорчен или создан другой версией программы", .hint_en = "the file is damaged or was made by another version of the program"},
    {.id = "OT178", .severity = kError,
     .ru = "у возможных баллов слишком большой общий знаменатель (больше 10¹²): точный счёт невозможен",
     .en = "the reachable scores have too large a common denominator (past 10¹²): they cannot be summed exactly",
     .hint_ru = "возьмите веса и доли попроще: целые числа, половины, трети", .hint_en = "use simpler weights and shares: whole numbers, halves, thirds",
     .wrong = "points: 1/999983  # и ещё два таких простых знаменателя", .right = "points: 1/3"},
    {.id = "OT179", .severity = kError,
     .ru = "два задания называются «{0}»", .en = "two items are called “{0}”",
     .hint_ru = "у каждого задания должно быть своё имя", .hint_en = "each item needs a name of its own",
     .wrong = "items:\n- {id: a, text: x}\n- {id: a, text: y}", .right = "items:\n- {id: a, text: x}\n- {id: b, text: y}"},
    {.id = "OT230", .severity = kWarning,
     .ru = "у задания «{0}» нет примера с полным баллом", .en = "item “{0}” has no sample with full credit",
     .hint_ru = "добавьте в samples правильный ответ: {{give: …, score: 1}", .hint_en = "add a right answer to samples: {{give: …, score: 1}",
     .wrong = "text: Москва\nsamples: [{give: Киев, score: 0}]", .right = "text: Москва\nsamples: [{give: Москва, score: 1}, {give: Киев, score: 0}]"},
    {.id = "OT231", .severity = kWarning,
     .ru = "у задания «{0}» нет примера с нулём", .en = "item “{0}” has no sample with no credit",
     .hint_ru = "добавьте в samples неправильный ответ: {{give: …, score: 0}", .hint_en = "add a wrong answer to samples: {{give: …, score: 0}",
     .wrong = "text: Москва\nsamples: [{give: Москва, score: 1}]", .right = "text: Москва\nsamples: [{give: Москва, score: 1}, {give: Киев, score: 0}]"},
    {.id = "OT232", .severity = kWarning,
     .ru = "ни один пример не задевает запись {0}", .en = "no sample hits the entry {0}",
     .hint_ru = "добавьте в samples ответ, который она должна поймать", .hint_en = "add an answer to samples that it should catch",
     .wrong = "accept: [{value: Moscow}]\nsamples: [{give: Москва, score: 1}]", .right = "accept: [{value: Moscow}]\nsamples: [{give: Moscow, score: 1}]"},
    {.id = "OT233", .severity = kWarning,
     .ru = "запись {0} никогда не сработает: её перекрывает {1}", .en = "the entry {0} can never win: {1} stands before it",
     .hint_ru = "уберите одну из двух или поменяйте их местами", .hint_en = "drop one of the two, or change their order",
     .wrong = "answer: Москва\naccept: [{value: МОСКВА, score: 50%}]", .right = "answer: Москва\naccept: [{value: Moscow}]"},
    {.id = "OT235", .severity = kWarning,
     .ru = "этот пример не прочитался (INVALID_INPUT): ноль здесь не значит, что ответ неверен",
     .en = "this sample could not be read (INVALID_INPUT): its zero does not say that the answer is wrong",
     .hint_ru = "если так и задумано, добавьте «status: INVALID_INPUT»; для нуля возьмите ответ, который читается",
     .hint_en = "if that is meant, add `status: INVALID_INPUT`; for a zero take an answer that can be read",
     .wrong = "numeric: 9.8\nsamples: [{give: 9.8, score: 1}, {give: девять, score: 0}]",
     .right = "numeric: 9.8\nsamples: [{give: 9.8, score: 1}, {give: 9, score: 0}]"},
    {.id = "OT234", .severity = kWarning,
     .ru = "у задания «{0}» нет примеров", .en = "item “{0}” has no samples",
     .hint_ru = "добавьте samples: правильный ответ и неправильный", .hint_en = "add samples: a right answer and a wrong one",
     .wrong = "- {id: capital, text: Москва}", .right = "- {id: capital, text: Москва, samples: [{give: Москва, score: 1}, {give: Киев, score: 0}]}"},
});

}  // namespace

std::span<const Entry> lint_entries() { return kEntries; }

}  // namespace otmetka::messages
