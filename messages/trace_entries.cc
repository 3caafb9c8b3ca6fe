// Words of explanations that belong to no kind.
#include <array>

#include "messages/catalogue.h"

namespace otmetka::messages {
namespace {

const auto kEntries = std::to_array<Entry>({
    {.id = "trace.answer", .ru = "ответ: {0}", .en = "answer: {0}"},
    {.id = "trace.answer_cut", .ru = "ответ (начало): {0}", .en = "answer (its beginning): {0}"},
    {.id = "trace.unreadable", .ru = "ответ не разобран: {0}", .en = "the answer could not be made out: {0}"},
    {.id = "trace.no_answer", .ru = "ответа нет", .en = "no answer"},
    {.id = "trace.points", .ru = "доля {0} × {1} {1|балл|балла|баллов} = {2}", .en = "share {0} × {1} {1|point|points} = {2}"},
    {.id = "trace.attempt", .ru = "попытка {0}: {1}", .en = "attempt {0}: {1}"},
    {.id = "trace.attempt_factor", .ru = "попытка {0}: {1} × {2} = {3}", .en = "attempt {0}: {1} × {2} = {3}"},
    {.id = "trace.attempt_late",
     .ru = "попытка {0}: {1} × {2} − {3} {3|период|периода|периодов} опоздания × {4} × {5} → {6} (не меньше {7})",
     .en = "attempt {0}: {1} × {2} − {3} late {3|period|periods} × {4} × {5} → {6} (not below {7})"},
    {.id = "trace.attempt_clamped", .ru = "попытка {0}: {1}, в границах от нуля до максимума — {2}",
     .en = "attempt {0}: {1}, held between zero and the maximum: {2}"},
    {.id = "trace.rounded", .ru = "округлено до {0}: {1} → {2}", .en = "rounded to {0}: {1} → {2}"},
    {.id = "trace.counting", .ru = "в зачёт идёт попытка {0}", .en = "attempt {0} counts"},
    {.id = "trace.mean", .ru = "в зачёт идёт среднее по попыткам: {0}", .en = "the mean of the attempts counts: {0}"},
    {.id = "trace.not_counted", .ru = "попытка {0} в зачёт не идёт", .en = "attempt {0} does not count"},
    {.id = "trace.final", .ru = "итог: {0} из {1}", .en = "final mark: {0} of {1}"},
    {.id = "answer.shape.text", .ru = "Здесь нужен текст.", .en = "A text is expected here."},
    {.id = "answer.shape.choice", .ru = "Здесь нужен список отмеченных вариантов.", .en = "A list of ticked options is expected here."},
    {.id = "answer.shape.mapping", .ru = "Здесь нужны пары «что — чему соответствует».", .en = "Pairs are expected here."},
    {.id = "answer.shape.sequence", .ru = "Здесь нужен список по порядку.", .en = "A list in order is expected here."},
    {.id = "answer.shape.files", .ru = "Здесь нужны файлы.", .en = "Files are expected here."},
    {.id = "answer.shape.parts", .ru = "Здесь нужны ответы по частям.", .en = "Answers to the parts are expected here."},
    {.id = "answer.shape_was.text", .ru = "Пришёл текст.", .en = "A text came."},
    {.id = "answer.shape_was.choice", .ru = "Пришёл список отмеченных вариантов.", .en = "A list of ticked options came."},
    {.id = "answer.shape_was.mapping", .ru = "Пришли пары.", .en = "Pairs came."},
    {.id = "answer.shape_was.sequence", .ru = "Пришёл список.", .en = "A list came."},
    {.id = "answer.shape_was.files", .ru = "Пришли файлы.", .en = "Files came."},
    {.id = "status.GRADED", .ru = "проверено", .en = "graded"},
    {.id = "status.INVALID_INPUT", .ru = "ответ не читается", .en = "the answer cannot be read"},
    {.id = "status.AMBIGUOUS", .ru = "ответ читается двояко", .en = "the answer can be read in two ways"},
    {.id = "status.NOT_ATTEMPTED", .ru = "нет ответа", .en = "not answered"},
    {.id = "status.GATED", .ru = "не засчитано из-за другой части", .en = "not counted because of another part"},
    {.id = "status.NEEDS_HUMAN", .ru = "ждёт учителя", .en = "waits for a teacher"},
    {.id = "status.COMPILE_ERROR", .ru = "не компилируется", .en = "does not compile"},
    {.id = "status.WRONG_ANSWER", .ru = "неверный ответ", .en = "wrong answer"},
    {.id = "status.RUNTIME_ERROR", .ru = "ошибка при работе", .en = "run-time error"},
    {.id = "status.TIME_LIMIT", .ru = "превышено время", .en = "time limit"},
    {.id = "status.IDLE_LIMIT", .ru = "программа ждала впустую", .en = "idle limit"},
    {.id = "status.MEMORY_LIMIT", .ru = "превышена память", .en = "memory limit"},
    {.id = "status.OUTPUT_LIMIT", .ru = "слишком большой вывод", .en = "output limit"},
    {.id = "status.SECURITY_VIOLATION", .ru = "запрещённое действие", .en = "forbidden action"},
    {.id = "status.TAMPERED", .ru = "вмешательство в проверку", .en = "tampering with the check"},
    {.id = "status.INFRA_ERROR", .ru = "сбой проверки", .en = "failure of the checker"},
});

}  // namespace

std::span<const Entry> trace_entries() { return kEntries; }

}  // namespace otmetka::messages
