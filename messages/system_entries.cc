// OT5xx: the command line, the configuration, the machine and the engine itself.
#include <array>

#include "messages/catalogue.h"

namespace otmetka::messages {
namespace {

using enum Severity;

const auto kEntries = std::to_array<Entry>({
    {.id = "OT501", .severity = kError, .ru = "неизвестный ключ «{0}»", .en = "unknown option “{0}”",
     .wrong = "otmetka check --loud spec.yaml", .right = "otmetka check --format json spec.yaml"},
    {.id = "OT502", .severity = kError, .ru = "неизвестный ключ «{0}», возможно, вы имели в виду «{1}»",
     .en = "unknown option “{0}”, did you mean “{1}”?", .wrong = "otmetka check --fromat json spec.yaml",
     .right = "otmetka check --format json spec.yaml"},
    {.id = "OT503", .severity = kError, .ru = "лишнее слово «{0}»", .en = "one word too many: “{0}”",
     .hint_ru = "если внутри ответа есть пробелы, возьмите его в кавычки", .hint_en = "an answer with spaces in it needs quotes",
     .wrong = "otmetka try spec.yaml gravity 9,8 м/с²", .right = "otmetka try spec.yaml gravity \"9,8 м/с²\""},
    {.id = "OT504", .severity = kError, .ru = "не хватает: {0}", .en = "missing: {0}",
     .wrong = "otmetka grade answers.csv", .right = "otmetka grade --spec spec.yaml answers.csv"},
    {.id = "OT505", .severity = kError, .ru = "после {0} нужно значение", .en = "{0} needs a value",
     .wrong = "otmetka check --format", .right = "otmetka check --format json spec.yaml"},
    {.id = "OT506", .severity = kError, .ru = "командная строка не разобрана: {0}", .en = "the command line cannot be read: {0}"},
    {.id = "OT507", .severity = kError, .ru = "{0} не бывает «{1}»; можно: {2}", .en = "{0} cannot be “{1}”; it takes: {2}",
     .wrong = "otmetka check --format xml spec.yaml", .right = "otmetka check --format json spec.yaml"},
    {.id = "OT508", .severity = kError, .ru = "нет команды «{0}»", .en = "there is no command “{0}”",
     .hint_ru = "`otmetka --help` перечислит команды", .hint_en = "`otmetka --help` lists the commands",
     .wrong = "otmetka judge spec.yaml", .right = "otmetka grade --spec spec.yaml answers.csv"},
    {.id = "OT509", .severity = kError, .ru = "нет команды «{0}», возможно, вы имели в виду «{1}»",
     .en = "there is no command “{0}”, did you mean “{1}”?", .wrong = "otmetka chekc spec.yaml", .right = "otmetka check spec.yaml"},
    {.id = "OT510", .severity = kError, .ru = "файл настроек {0} не читается", .en = "the configuration file {0} cannot be read",
     .hint_ru = "проверьте путь и права", .hint_en = "check the path and its permissions",
     .wrong = "otmetka serve --config no-such.yaml", .right = "otmetka serve --config otmetka.yaml"},
    {.id = "OT511", .severity = kError, .ru = "файл настроек {0}, строка {1}: это не YAML вида «ключ: значение» ({2})",
     .en = "configuration file {0}, line {1}: this is no YAML of the form “key: value” ({2})",
     .hint_ru = "`otmetka explain {2}` объяснит", .hint_en = "`otmetka explain {2}` says more",
     .wrong = "queue = embedded:data", .right = "queue: embedded:data"},
    {.id = "OT512", .severity = kError, .ru = "нет настройки «{0}» ({1})", .en = "there is no setting “{0}” ({1})",
     .hint_ru = "`otmetka config show` перечислит настройки", .hint_en = "`otmetka config show` lists the settings",
     .wrong = "colour: red", .right = "workers: 2"},
    {.id = "OT513", .severity = kError, .ru = "нет настройки «{0}» ({1}), возможно, вы имели в виду «{2}»",
     .en = "there is no setting “{0}” ({1}), did you mean “{2}”?", .wrong = "wrokers: 2", .right = "workers: 2"},
    {.id = "OT514", .severity = kError, .ru = "настройка {0} — целое число от 0 до {2}, а не «{1}» ({3})",
     .en = "setting {0} is a whole number from 0 to {2}, not “{1}” ({3})", .wrong = "workers: many", .right = "workers: 2"},
    {.id = "OT515", .severity = kError, .ru = "у настройки «{0}» должно быть одно значение ({1})",
     .en = "setting “{0}” takes one value ({1})", .wrong = "workers: [1, 2]", .right = "workers: 2"},
    {.id = "OT516", .severity = kError, .ru = "очередь «{0}» не поддерживается", .en = "queue “{0}” is not supported",
     .hint_ru = "напишите embedded:ПАПКА", .hint_en = "write embedded:DIR",
     .wrong = "--queue data/queue", .right = "--queue embedded:data/queue"},
    {.id = "OT517", .severity = kError, .ru = "журнал «{0}» не поддерживается", .en = "gradebook “{0}” is not supported",
     .hint_ru = "напишите sqlite:ФАЙЛ", .hint_en = "write sqlite:FILE",
     .wrong = "--gradebook book.db", .right = "--gradebook sqlite:book.db"},
    {.id = "OT520", .severity = kError, .ru = "нет кода «{0}»", .en = "there is no code “{0}”",
     .hint_ru = "коды выглядят так: OT107; `otmetka explain` без кода перечислит все",
     .hint_en = "codes look like OT107; `otmetka explain` without a code lists them all",
     .wrong = "otmetka explain 107x", .right = "otmetka explain OT107"},
    {.id = "OT521", .severity = kError, .ru = "в спецификации нет задания «{0}»; есть: {1}", .en = "the spec has no item “{0}”; it has: {1}",
     .wrong = "otmetka try spec.yaml gravty 9,8", .right = "otmetka try spec.yaml gravity 9,8"},
    {.id = "OT522", .severity = kError, .ru = "не получилось записать {0}: {1}", .en = "cannot write {0}: {1}",
     .hint_ru = "проверьте папку, права и свободное место; прежний файл не тронут",
     .hint_en = "check the folder, its permissions and free space; the earlier file is untouched"},
    {.id = "OT523", .severity = kError, .ru = "доля «{0}» не читается", .en = "“{0}” is no share",
     .hint_ru = "напишите 60% или 0.6", .hint_en = "write 60% or 0.6", .wrong = "--fail-under most", .right = "--fail-under 60%"},
    {.id = "OT524", .severity = kError, .ru = "число потоков «{0}» не читается", .en = "“{0}” is no number of threads",
     .hint_ru = "напишите целое число от 1 до 64", .hint_en = "write a whole number from 1 to 64", .wrong = "--jobs all", .right = "--jobs 2"},
    {.id = "OT525", .severity = kError, .ru = "спецификация {0} с ошибками; работы не проверены", .en = "spec {0} has errors; nothing was graded",
     .hint_ru = "`otmetka check {0}` покажет все", .hint_en = "`otmetka check {0}` shows them all"},
    {.id = "OT526", .severity = kError, .ru = "папка со спецификациями {0} не читается: {1}", .en = "the folder of specs {0} cannot be read: {1}",
     .hint_ru = "укажите папку ключом --specs", .hint_en = "name the folder with --specs"},
    {.id = "OT527", .severity = kWarning, .ru = "спецификация {0} с ошибками и пропущена: {1}", .en = "spec {0} has errors and was left out: {1}",
     .hint_ru = "`otmetka check {0}` покажет все", .hint_en = "`otmetka check {0}` shows them all"},
    {.id = "OT528", .severity = kWarning, .ru = "у спецификаций {0} и {1} одно имя «{2}»; берётся первая",
     .en = "specs {0} and {1} share the id “{2}”; the first is used"},
    {.id = "OT530", .severity = kError, .ru = "срок ожидания вышел: готово {0} из {1}", .en = "gave up waiting: {0} of {1} are graded",
     .hint_ru = "работает ли `otmetka serve` на этой очереди?", .hint_en = "is `otmetka serve` running on this queue?"},
    {.id = "OT531", .severity = kError, .ru = "нет схемы «{0}»; есть: spec, result, config, reference",
     .en = "there is no schema “{0}”; there are: spec, result, config, reference",
     .wrong = "otmetka schema specs", .right = "otmetka schema spec"},
    {.id = "OT533", .severity = kError, .ru = "«{0}» — не номер из `otmetka dlq list`", .en = "“{0}” is no number of `otmetka dlq list`",
     .hint_ru = "назовите номер, либо --all, либо --filter", .hint_en = "name a number, or --all, or --filter",
     .wrong = "otmetka dlq replay last", .right = "otmetka dlq replay 3"},
    {.id = "OT599", .severity = kError, .ru = "описание полей задания повреждено: {0}", .en = "the description of a spec's fields is damaged: {0}",
     .hint_ru = "это ошибка сборки программы: соберите её заново", .hint_en = "this is a fault of the build: build the program again"},
});

}  // namespace

std::span<const Entry> system_entries() { return kEntries; }

}  // namespace otmetka::messages
