// OT4xx: queues, gradebook, dead letters.
#include <array>

#include "messages/catalogue.h"

namespace otmetka::messages {
namespace {

using enum Severity;

const auto kEntries = std::to_array<Entry>({
    // Files and disks, of the queue and the gradebook alike.
    {.id = "OT402", .severity = kError, .ru = "по пути {0} лежит файл, а нужна папка",
     .en = "there is a file at {0} where a folder should be",
     .hint_ru = "укажите другую папку или переименуйте этот файл", .hint_en = "name another folder or rename that file",
     .wrong = "otmetka serve --queue embedded:answers.csv", .right = "otmetka serve --queue embedded:data/queue"},
    {.id = "OT403", .severity = kError, .ru = "нет прав на запись: {0} ({1})", .en = "no permission to write {0} ({1})",
     .hint_ru = "выберите папку, в которую вам можно писать, или попросите права на эту",
     .hint_en = "choose a folder you may write to, or ask for the right to write to this one",
     .wrong = "otmetka serve --queue embedded:/usr/share/queue", .right = "otmetka serve --queue embedded:data/queue"},
    {.id = "OT404", .severity = kError, .ru = "на диске не осталось места для {0}; недописанного не осталось",
     .en = "the disk has no room left for {0}; nothing was written by halves",
     .hint_ru = "освободите место и повторите; всё, что было подтверждено раньше, цело",
     .hint_en = "free some space and try again; all that was acknowledged before is safe"},
    {.id = "OT405", .severity = kError, .ru = "файл {0} повреждён ({1})", .en = "the file {0} is damaged ({1})",
     .hint_ru = "ничего в нём не меняйте: сделайте копию папки и проверьте диск, затем восстановите файл из резервной копии "
                "или командой «sqlite3 {0} .recover»",
     .hint_en = "change nothing in it: copy the folder, check the disk, then restore the file from a backup or with "
                "“sqlite3 {0} .recover”"},
    {.id = "OT406", .severity = kError, .ru = "{0} — чужой файл: его создала не Отметка или он служит для другого",
     .en = "{0} is somebody else's file: Otmetka did not make it, or made it for another purpose",
     .hint_ru = "файл не тронут; укажите другой путь", .hint_en = "it is untouched; name another path",
     .wrong = "otmetka results --gradebook sqlite:queue/queue.db", .right = "otmetka results --gradebook sqlite:gradebook.db"},
    {.id = "OT407", .severity = kError, .ru = "файл {0} создан более новой версией Отметки (его версия {1}, эта программа знает {2})",
     .en = "{0} was made by a newer Otmetka (its version is {1}, this program knows {2})",
     .hint_ru = "обновите программу; файл не тронут", .hint_en = "update the program; the file is untouched"},
    {.id = "OT408", .severity = kError, .ru = "файл {0} занят: другая программа пишет в него дольше {1} с",
     .en = "{0} is busy: another program has been writing to it for more than {1} s",
     .hint_ru = "повторите позже; если не проходит, найдите, кто держит файл: «fuser {0}»",
     .hint_en = "try again later; if that does not help, see who holds the file: “fuser {0}”"},
    {.id = "OT409", .severity = kError, .ru = "не получилось прочитать или записать {0}: {1}", .en = "cannot read or write {0}: {1}",
     .hint_ru = "проверьте, что путь верен, диск на месте и исправен",
     .hint_en = "check that the path is right and that the disk is there and sound"},
    {.id = "OT414", .severity = kError, .ru = "по пути {0} лежит папка, а нужен файл", .en = "there is a folder at {0} where a file should be",
     .hint_ru = "укажите имя файла в этой папке", .hint_en = "name a file in that folder",
     .wrong = "otmetka serve --gradebook sqlite:data", .right = "otmetka serve --gradebook sqlite:data/gradebook.db"},
    {.id = "OT417", .severity = kWarning,
     .ru = "файла {0}, с которым работает программа, на месте больше нет: новые работы до неё не дойдут; верните его или перезапустите её",
     .en = "the file {0} that the program works with is gone from its place: new works do not reach it; put it back, or start the program again"},
    {.id = "OT416", .severity = kError, .ru = "журнал {0} нельзя открыть: нет прав ({1})",
     .en = "the gradebook {0} cannot be opened: no permission ({1})",
     .hint_ru = "попросите права на этот файл и на его папку: рядом с ним лежат служебные файлы -wal и -shm",
     .hint_en = "ask for the rights to the file and to its folder: its -wal and -shm files lie beside it"},

    // The queue.
    {.id = "OT410", .severity = kError, .ru = "очередь {0} уже обслуживает другая программа (процесс {1})",
     .en = "another program already serves the queue {0} (process {1})",
     .hint_ru = "одну очередь обслуживает одна программа: остановите ту или укажите другую папку; отправлять работы можно и так",
     .hint_en = "one program serves a queue: stop that one or name another folder; submitting needs neither"},
    {.id = "OT411", .severity = kError, .ru = "очередь {0} перешла к другой программе; последние результаты запишет она",
     .en = "the queue {0} has passed to another program, which will write the last results",
     .hint_ru = "следите, чтобы очередь обслуживала одна программа; ничего не потеряно и не записано дважды",
     .hint_en = "see that one program serves the queue; nothing is lost or written twice"},
    {.id = "OT412", .severity = kError, .ru = "среди отложенных работ нет номера {0}", .en = "there is no dead letter {0}",
     .hint_ru = "`otmetka dlq list` перечислит их", .hint_en = "`otmetka dlq list` lists them"},
    {.id = "OT413", .severity = kError, .ru = "очереди {0} нет", .en = "there is no queue {0}",
     .hint_ru = "её создаёт `otmetka submit` или `otmetka serve`; проверьте путь", .hint_en = "`otmetka submit` or `otmetka serve` makes it; check the path",
     .wrong = "otmetka dlq list --queue embedded:data/qeue", .right = "otmetka dlq list --queue embedded:data/queue"},

    // The gradebook.
    {.id = "OT420", .severity = kError, .ru = "журнал {0} уже ведёт другая программа: он продвинулся дальше места {1}; ничего не записано",
     .en = "another program keeps the gradebook {0}: it is no longer at position {1}; nothing was written",
     .hint_ru = "один журнал ведёт одна программа: остановите лишнюю", .hint_en = "one program keeps a gradebook: stop the other"},
    {.id = "OT421", .severity = kError, .ru = "журнала {0} нет", .en = "there is no gradebook {0}",
     .hint_ru = "его создаёт `otmetka serve`; проверьте путь", .hint_en = "`otmetka serve` makes it; check the path",
     .wrong = "otmetka results --gradebook sqlite:gradbook.db", .right = "otmetka results --gradebook sqlite:gradebook.db"},
    {.id = "OT422", .severity = kError, .ru = "в журнале {0} не читается запись: ученик {1}, работа {2}",
     .en = "the gradebook {0} has an entry that cannot be read: learner {1}, assignment {2}",
     .hint_ru = "сделайте копию файла и проверьте диск; запись вернётся, если проверить эту работу ещё раз",
     .hint_en = "copy the file and check the disk; grading that work again brings the entry back"},
    {.id = "OT423", .severity = kError, .ru = "в очереди {0} больше нет результатов с {1} по {2}, а журнал их не получал",
     .en = "the queue {0} no longer keeps results {1} to {2}, and the gradebook has not had them",
     .hint_ru = "запустите `otmetka serve` заново: сами работы целы, и те, чьих результатов не хватает, будут проверены ещё раз",
     .hint_en = "start `otmetka serve` again: the submissions are kept, and those whose results are missing will be graded again"},
    {.id = "OT424", .severity = kWarning,
     .ru = "журнал {0} не получил часть результатов, которых в очереди {1} уже нет; работ, которые будут проверены ещё раз: {2}",
     .en = "the gradebook {0} has missed results that the queue {1} no longer keeps; submissions that are graded again: {2}",
     .hint_ru = "ничего делать не нужно: так бывает, когда журнал потерян, новый или взят из резервной копии; "
                "проверка идёт по нынешним спецификациям",
     .hint_en = "nothing is to be done: this happens when a gradebook was lost, is new or comes from a backup; "
                "the specs of today are used"},
    {.id = "OT425", .severity = kWarning,
     .ru = "очередь {0} старше журнала {1}: видимо, она взята из резервной копии; её результаты будут прочитаны заново",
     .en = "the queue {0} is older than the gradebook {1}: it seems to come from a backup; its results are read anew",
     .hint_ru = "оценки целы; работы, сданные после этой копии, в очередь не попали: отправьте их ещё раз",
     .hint_en = "no mark is lost; submissions published after that backup are not in the queue: publish them again"},
    {.id = "OT426", .severity = kWarning, .ru = "в журнале нет ни одного подходящего результата", .en = "the gradebook has no result that fits",
     .hint_ru = "проверьте --assignment, --learner и --tenant; `otmetka results` без них покажет всё",
     .hint_en = "check --assignment, --learner and --tenant; `otmetka results` without them shows all"},
    {.id = "OT430", .severity = kNote, .ru = "работа {0} осталась в истории: за эту попытку уже зачтена другая, сданная раньше",
     .en = "submission {0} stays in the history: another one, handed in earlier, counts for this attempt"},
    {.id = "OT431", .severity = kNote, .ru = "результат работы {0} остался в истории: её же проверили по другой версии спецификации",
     .en = "a result of submission {0} stays in the history: it was also graded by another version of the spec"},
});

}  // namespace

std::span<const Entry> transport_entries() { return kEntries; }

}  // namespace otmetka::messages
