#include "checkers/program/messages.h"

#include <array>
#include <vector>

#include "checkers/program/compare.h"

namespace otmetka::checkers::program {
namespace {

using enum messages::Severity;

const auto kEntries = std::to_array<messages::Entry>({
    {.id = "program.passed", .ru = "Пройдены все тесты: {0}.", .en = "All tests passed: {0}."},
    {.id = "program.partly", .ru = "Пройдено тестов: {0} из {1}.", .en = "Tests passed: {0} of {1}."},
    {.id = "program.in_part", .ru = "Частично засчитано тестов: {0}.", .en = "Tests passed in part: {0}."},
    {.id = "program.part_of", .ru = "Тест «{0}» засчитан частично: {1}.", .en = "Test “{0}” passed in part: {1}."},
    {.id = "program.failed_on", .ru = "Тест «{0}»: {1}", .en = "Test “{0}”: {1}"},
    {.id = "program.hidden_failed", .ru = "Не пройден скрытый тест.", .en = "A hidden test failed."},
    {.id = "program.say", .ru = "{0}", .en = "{0}"},
    {.id = "program.compile_error", .ru = "Программа не компилируется.", .en = "The program does not compile."},
    {.id = "program.compile_log", .ru = "сказал компилятор: {0}", .en = "the compiler said: {0}"},
    {.id = "program.compile_time",
     .ru = "Компилятор не уложился в свой предел процессорного времени: {0} с.",
     .en = "The compiler used up its own limit of CPU time: {0} s."},
    {.id = "program.compile_wall",
     .ru = "Компилятор не уложился в свой предел времени по часам: {0} с.",
     .en = "The compiler used up its own limit of time by the clock: {0} s."},
    {.id = "program.compile_memory",
     .ru = "Компилятору не хватило памяти: его предел — {0} МиБ.",
     .en = "The compiler ran out of memory: its own limit is {0} MiB."},
    {.id = "program.compile_file",
     .ru = "Компилятору не дали записать файл больше {0} МиБ: нет ли большого массива с начальными значениями?",
     .en = "The compiler may write no file of more than {0} MiB: is there a large array with initial values?"},
    {.id = "program.compile_output",
     .ru = "Компилятор напечатал больше {0} КиБ.",
     .en = "The compiler printed more than {0} KiB."},
    {.id = "program.no_files", .ru = "В ответе нет ни одного файла.", .en = "The answer holds no file."},
    {.id = "program.too_many_files", .ru = "В ответе больше {0} файлов.", .en = "The answer holds more than {0} files."},
    {.id = "program.bad_file_name", .ru = "Имя файла «{0}» не годится.", .en = "The file name “{0}” will not do."},
    {.id = "program.blob", .ru = "Содержимое файла «{0}» не передано.", .en = "The content of the file “{0}” was not sent."},
    {.id = "program.unknown_language", .ru = "Неизвестно, на каком языке «{0}».", .en = "There is no telling what language “{0}” is in."},
    {.id = "program.bare_text",
     .ru = "Неизвестно, на каком языке этот текст; дайте файл (в `otmetka try` — `file:ПУТЬ` или `dir:ПУТЬ`).",
     .en = "There is no telling what language this text is in; give a file (in `otmetka try`, `file:PATH` or `dir:PATH`)."},
    {.id = "program.language_not_accepted", .ru = "В этом задании {0} не принимается.", .en = "{0} is not accepted in this assignment."},
    {.id = "program.language", .ru = "язык: {0}", .en = "language: {0}"},
    {.id = "program.test", .ru = "тест «{0}»: {1}; процессор {2} мс, память {3} КиБ", .en = "test “{0}”: {1}; CPU {2} ms, memory {3} KiB"},
    {.id = "program.test_skipped", .ru = "тест «{0}» не запускался", .en = "test “{0}” was not run"},
    {.id = "program.said", .ru = "тест «{0}», сообщение: {1}", .en = "test “{0}”, message: {1}"},
    {.id = "program.score", .ru = "баллы: {0} из {1}", .en = "score: {0} of {1}"},
    {.id = "program.credit", .ru = "доля: {0}", .en = "share: {0}"},
    {.id = "program.repeated",
     .ru = "тест у самой границы времени запущен ещё раз, отдельно",
     .en = "a test close to the time limit was run again, alone"},
    {.id = "program.time_limit", .ru = "не уложилась во время: {0} мс при пределе {1} мс", .en = "over the time limit: {0} ms of {1} ms"},
    {.id = "program.idle_limit",
     .ru = "ждала дольше предела: {0} мс из {1} мс по часам",
     .en = "waited too long: {0} ms of {1} ms by the clock"},
    {.id = "program.memory_limit", .ru = "превысила память: {0} МиБ", .en = "over the memory limit of {0} MiB"},
    {.id = "program.output_limit", .ru = "напечатала больше {0} КиБ", .en = "printed more than {0} KiB"},
    {.id = "program.security", .ru = "сделала запрещённый системный вызов", .en = "made a forbidden system call"},
    {.id = "program.signal", .ru = "прервана сигналом {0}", .en = "ended by signal {0}"},
    {.id = "program.exit_status", .ru = "завершилась с кодом {0}", .en = "exited with status {0}"},
    {.id = "program.err_flooded",
     .ru = "В stderr программа написала больше {0} КиБ. Место там кончается, и запись завершается ошибкой, которая может прервать программу: "
           "уберите отладочную печать.",
     .en = "On stderr the program wrote more than {0} KiB. There is an end to the room there, and then writing fails, which may end the "
           "program: take debugging output out."},
    {.id = "program.judge_rejected", .ru = "ответ не принят проверяющей программой", .en = "the task's judge did not accept the answer"},
    {.id = "OT600",
     .severity = kError,
     .ru = "файлы задания вместе больше 32 МиБ: не поместился {0}",
     .en = "the assignment's files are more than 32 MiB together: {0} does not fit"},
    {.id = "OT601",
     .severity = kError,
     .ru = "нет ни одного теста",
     .en = "there is no test",
     .wrong = "code: {tests: []}",
     .right = "code: {tests: [{in: \"2 3\", out: \"5\"}]}"},
    {.id = "OT602",
     .severity = kError,
     .ru = "«{0}» — не время от 1 мс до 10 минут",
     .en = "“{0}” is no time between 1 ms and 10 minutes",
     .hint_ru = "пишите так: 1s, 250ms, 2m",
     .hint_en = "write 1s, 250ms, 2m",
     .wrong = "limits: {cpu: 1}",
     .right = "limits: {cpu: 1s}"},
    {.id = "OT603",
     .severity = kError,
     .ru = "«{0}» — не размер, или он больше дозволенного",
     .en = "“{0}” is no size, or more than is allowed",
     .hint_ru = "пишите так: 64 KiB, 256 MiB; память до 16 GiB, вывод до 64 MiB",
     .hint_en = "write 64 KiB, 256 MiB; memory up to 16 GiB, output up to 64 MiB",
     .wrong = "limits: {memory: 256 MB}",
     .right = "limits: {memory: 256 MiB}"},
    {.id = "OT604",
     .severity = kError,
     .ru = "«{0}» — не допуск: нужно неотрицательное число в abs или rel",
     .en = "“{0}” is no tolerance: abs or rel is a number of zero or more",
     .wrong = "compare: {float: {abs: small}}",
     .right = "compare: {float: {abs: 1e-6, rel: 1e-6}}"},
    {.id = "OT605",
     .severity = kError,
     .ru = "для «scoring: groups» нужны группы",
     .en = "`scoring: groups` needs groups",
     .wrong = "scoring: groups",
     .right = "scoring: groups\ngroups: {small: 40, large: {points: 60, depends: small}}"},
    {.id = "OT606",
     .severity = kError,
     .ru = "группы «{0}» нет среди описанных раньше",
     .en = "there is no group “{0}” among those above",
     .hint_ru = "тест называет свою группу, а depends — группы, стоящие раньше",
     .hint_en = "a test names its group, and depends names groups that stand before"},
    {.id = "OT607", .severity = kError, .ru = "имя «{0}» дано дважды", .en = "the name “{0}” is given twice"},
    {.id = "OT608",
     .severity = kError,
     .ru = "«{0}» — не ссылка на файл",
     .en = "“{0}” names no file",
     .wrong = "compare: {checker: check.cpp}",
     .right = "compare: {checker: file:check.cpp}"},
    {.id = "OT632",
     .severity = kWarning,
     .ru = "подсказку теста «{0}» никто не увидит: у него «show: never»",
     .en = "nobody will see what the test “{0}” has to say: it is `show: never`",
     .hint_ru = "уберите «say» или напишите «show: verdict»",
     .hint_en = "remove `say`, or write `show: verdict`",
     .wrong = "- {in: \"1\", out: \"2\", show: never, say: \"...\"}",
     .right = "- {in: \"1\", out: \"2\", show: verdict, say: \"...\"}"},
    {.id = "OT609",
     .severity = kError,
     .ru = "файл «{0}» не прочитан: {1}",
     .en = "the file “{0}” cannot be read: {1}",
     .hint_ru = "путь считается от папки задания",
     .hint_en = "the path is taken from the assignment's folder"},
});

}  // namespace

std::span<const messages::Entry> entries() {
  static const std::vector<messages::Entry> kAll = [] {
    std::vector<messages::Entry> all(kEntries.begin(), kEntries.end());
    all.insert(all.end(), compare_entries().begin(), compare_entries().end());
    return all;
  }();
  return kAll;
}

}  // namespace otmetka::checkers::program
