// OT54x: the sandbox; and what `otmetka run` and `otmetka doctor` say of it.
#include <array>

#include "messages/catalogue.h"

namespace otmetka::messages {
namespace {

using enum Severity;

const auto kEntries = std::to_array<Entry>({
    {.id = "OT541", .severity = kError, .ru = "фильтр системных вызовов не собран: {0} ({1})", .en = "the filter of system calls could not be made: {0} ({1})",
     .hint_ru = "обновите libseccomp2", .hint_en = "update libseccomp2"},
    {.id = "OT542", .severity = kError, .ru = "не хватило памяти или дескрипторов для запуска программы: {0}",
     .en = "no memory or descriptors left to run a program: {0}", .hint_ru = "закройте лишнее или увеличьте предел открытых файлов (ulimit -n)",
     .hint_en = "close something, or raise the limit of open files (ulimit -n)"},
    {.id = "OT543", .severity = kError, .ru = "не получилось создать cgroup {0}: {1}", .en = "could not make the cgroup {0}: {1}",
     .hint_ru = "`otmetka doctor` скажет, как дать на это право", .hint_en = "`otmetka doctor` says how to allow it"},
    {.id = "OT544", .severity = kError, .ru = "cgroup {0} не принимает предел {1}: {2}", .en = "the cgroup {0} does not take the limit {1}: {2}",
     .hint_ru = "предел родительской группы может быть меньше", .hint_en = "its parent's limit may be lower"},
    {.id = "OT545", .severity = kError, .ru = "песочница не построена, шаг «{0}»: {1}", .en = "the sandbox could not be built, step “{0}”: {1}",
     .hint_ru = "`otmetka doctor` проверит каждую стену и скажет, что исправить", .hint_en = "`otmetka doctor` tries each wall and says what to mend"},
    {.id = "OT546", .severity = kError, .ru = "песочница сломалась во время запуска: {0}", .en = "the sandbox broke during a run: {0}",
     .hint_ru = "запуск будет повторён в новой", .hint_en = "the run is made again in a new one"},
    {.id = "OT547", .severity = kError, .ru = "аргументов и переменных больше чем на {0} байт", .en = "arguments and variables take more than {0} bytes"},
    {.id = "OT548", .severity = kError, .ru = "файл «{0}» не положить в рабочую папку: {1}", .en = "the file “{0}” cannot be put into the work folder: {1}",
     .hint_ru = "имя — без папок, до 255 байт", .hint_en = "a name without folders, at most 255 bytes"},
    {.id = "OT549", .severity = kError, .ru = "{0}: «{1}» — не {2}", .en = "{0}: “{1}” is no {2}",
     .wrong = "otmetka run --cpu 1 -- /usr/bin/true", .right = "otmetka run --cpu 1s -- /usr/bin/true"},
    {.id = "OT550", .severity = kError, .ru = "эта машина не может ограничить память и процессы чужой программы: {0}",
     .en = "this machine cannot bound the memory and processes of a stranger's program: {0}",
     .hint_ru = "`otmetka doctor` скажет, что исправить; --allow-weak-sandbox запустит и так",
     .hint_en = "`otmetka doctor` says what to mend; --allow-weak-sandbox runs all the same"},

    {.id = "cli.run.summary", .ru = "запустить программу в песочнице", .en = "run a program in the sandbox"},
    {.id = "cli.run.cpu", .ru = "процессорное время всех процессов вместе (1s)", .en = "CPU time of all processes together (1s)"},
    {.id = "cli.run.wall", .ru = "время по часам (3s)", .en = "time by the clock (3s)"},
    {.id = "cli.run.memory", .ru = "память всех процессов вместе (256 MiB)", .en = "memory of all processes together (256 MiB)"},
    {.id = "cli.run.processes", .ru = "процессов и потоков (1)", .en = "processes and threads (1)"},
    {.id = "cli.run.output", .ru = "сколько программа может напечатать (64 KiB)", .en = "how much the program may print (64 KiB)"},
    {.id = "cli.run.stdin", .ru = "файл для стандартного ввода", .en = "a file for standard input"},
    {.id = "cli.run.file", .ru = "файл в рабочую папку программы; можно несколько раз", .en = "a file for the program's work folder; may be repeated"},
    {.id = "cli.run.weak", .ru = "запускать и там, где память и процессы не ограничить", .en = "run also where memory and processes cannot be bounded"},
    {.id = "cli.run.program", .ru = "программа и её аргументы", .en = "the program and its arguments"},
    {.id = "cli.run.size", .ru = "размер, например 256 MiB", .en = "size such as 256 MiB"},
    {.id = "cli.run.time", .ru = "время, например 1s или 250ms", .en = "time such as 1s or 250ms"},
    {.id = "cli.run.count", .ru = "целое число от 1 до 1000", .en = "whole number from 1 to 1000"},
    {.id = "cli.run.summary_line", .ru = "{0}: процессор {1} мс, всего {2} мс, память {3}", .en = "{0}: CPU {1} ms, wall {2} ms, memory {3}"},

    {.id = "ending.EXITED", .ru = "завершилась с кодом {0}", .en = "exited with {0}"},
    {.id = "ending.SIGNALLED", .ru = "убита сигналом {0}", .en = "killed by signal {0}"},
    {.id = "ending.TIME_LIMIT", .ru = "превышено процессорное время", .en = "over the CPU time limit"},
    {.id = "ending.IDLE_LIMIT", .ru = "превышено время по часам", .en = "over the wall time limit"},
    {.id = "ending.MEMORY_LIMIT", .ru = "превышена память", .en = "over the memory limit"},
    {.id = "ending.OUTPUT_LIMIT", .ru = "превышен вывод", .en = "over the output limit"},
    {.id = "ending.SECURITY_VIOLATION", .ru = "запрещённый системный вызов", .en = "a forbidden system call"},
    {.id = "ending.NOT_STARTED", .ru = "не запустилась ({1})", .en = "could not be started ({1})"},

    {.id = "doctor.state.enforced", .ru = "держит", .en = "enforced"},
    {.id = "doctor.state.absent", .ru = "нет", .en = "absent"},
    {.id = "doctor.sandbox", .ru = "песочница", .en = "sandbox"},
    {.id = "doctor.wall.network", .ru = "стена: сеть", .en = "wall: network"},
    {.id = "doctor.wall.namespaces", .ru = "стена: пространства имён", .en = "wall: namespaces"},
    {.id = "doctor.wall.files", .ru = "стена: файлы", .en = "wall: files"},
    {.id = "doctor.wall.processes", .ru = "стена: чужие процессы", .en = "wall: other processes"},
    {.id = "doctor.wall.objects", .ru = "стена: ключи, очереди, замки", .en = "wall: keys, queues, locks"},
    {.id = "doctor.wall.kernel", .ru = "стена: ядро", .en = "wall: kernel surface"},
    {.id = "doctor.wall.privileges", .ru = "стена: права", .en = "wall: privileges"},
    {.id = "doctor.wall.cpu", .ru = "предел: процессорное время", .en = "limit: CPU time"},
    {.id = "doctor.wall.wall", .ru = "предел: время по часам", .en = "limit: wall time"},
    {.id = "doctor.wall.memory", .ru = "предел: память", .en = "limit: memory"},
    {.id = "doctor.wall.process_count", .ru = "предел: процессы", .en = "limit: processes"},
    {.id = "doctor.wall.output", .ru = "предел: вывод", .en = "limit: output"},
    {.id = "doctor.wall.cgroups", .ru = "cgroups", .en = "cgroups"},
    {.id = "doctor.wall.swap", .ru = "подкачка ограничена", .en = "swap is bounded"},
    {.id = "doctor.wall.own_ids", .ru = "свой номер пользователя", .en = "user id of its own"},
    {.id = "doctor.wall.landlock", .ru = "Landlock", .en = "Landlock"},
    {.id = "doctor.wall.private_proc", .ru = "своё /proc", .en = "/proc of its own"},
    {.id = "doctor.wall.nested_users", .ru = "вложенные пользователи запрещены", .en = "nested users are refused"},
    {.id = "doctor.wall.real_time", .ru = "быстрая остановка (реальное время)", .en = "quick kill (real time)"},
    {.id = "doctor.fix.sandbox", .ru = "разрешите пространства имён пользователей: sysctl kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000",
     .en = "allow user namespaces: sysctl kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000"},
    {.id = "doctor.fix.wall", .ru = "не запускайте здесь чужие программы; сообщите разработчикам вывод `otmetka doctor`",
     .en = "run no stranger's programs here; send the developers what `otmetka doctor` prints"},
    {.id = "doctor.fix.cgroups", .ru = "запускайте от root или через systemd-run --user -p Delegate=yes",
     .en = "run as root, or by systemd-run --user -p Delegate=yes"},
    {.id = "doctor.fix.swap", .ru = "выключите подкачку: swapoff -a", .en = "switch swap off: swapoff -a"},
    {.id = "doctor.fix.own_ids", .ru = "запускайте от root, чтобы у программ был свой номер", .en = "run as root, so that programs have an id of their own"},
    {.id = "doctor.fix.landlock", .ru = "ядро от 5.13 с Landlock: lsm=landlock,… в параметрах загрузки", .en = "a kernel from 5.13 with Landlock: lsm=landlock,… at boot"},
    {.id = "doctor.fix.private_proc", .ru = "ядро от 5.8; в контейнере — /proc без заслонок", .en = "a kernel from 5.8; in a container, a /proc without masks"},
    {.id = "doctor.fix.nested_users", .ru = "держит и фильтр вызовов; ядро от 4.9 закроет второй раз", .en = "the filter holds; a kernel from 4.9 closes it twice"},
    {.id = "doctor.fix.real_time", .ru = "дайте CAP_SYS_NICE; без него остановка лавины процессов длится до 0,2 с",
     .en = "grant CAP_SYS_NICE; without it ending a fork bomb takes up to 0.2 s"},
});

}  // namespace

std::span<const Entry> sandbox_entries() { return kEntries; }

}  // namespace otmetka::messages
