// OT470 to OT479: the gradebook on PostgreSQL. Argument 0 is the place, without user and password.
#include <array>

#include "messages/catalogue.h"

namespace otmetka::messages {
namespace {

using enum Severity;

const auto kEntries = std::to_array<Entry>({
    {.id = "OT470",
     .severity = kError,
     .ru = "сервер журнала {0} недоступен или соединение с ним оборвалось: {1}",
     .en = "the gradebook's server {0} cannot be reached, or the connection was lost: {1}",
     .hint_ru = "проверьте адрес и порт и что сервер работает («pg_isready»); недописанного не осталось, работа продолжится, когда он вернётся",
     .hint_en = "check the address and the port, and that the server runs (“pg_isready”); nothing was written by halves, and work goes on when "
                "it is back",
     .wrong = "otmetka results --gradebook \"postgres:host=db.school.exmaple dbname=otmetka\"",
     .right = "otmetka results --gradebook \"postgres:host=db.school.example dbname=otmetka\""},
    {.id = "OT471",
     .severity = kError,
     .ru = "сервер журнала {0} не пускает: {1}",
     .en = "the gradebook's server {0} does not let you in: {1}",
     .hint_ru = "проверьте user= и пароль: ему место в файле ~/.pgpass или в переменной PGPASSWORD; кого и откуда пускают, говорит pg_hba.conf "
                "на сервере",
     .hint_en = "check user= and the password, which belongs into ~/.pgpass or the variable PGPASSWORD; the server's pg_hba.conf says who is let in "
                "from where",
     .wrong = "otmetka serve --gradebook \"postgres:host=db dbname=otmetka\"",
     .right = "PGPASSWORD=… otmetka serve --gradebook \"postgres:host=db dbname=otmetka user=otmetka\""},
    {.id = "OT472",
     .severity = kError,
     .ru = "на сервере нет базы данных журнала {0}: {1}",
     .en = "the server has no database for the gradebook {0}: {1}",
     .hint_ru = "создайте её: «createdb ИМЯ»; таблицы создаст `otmetka serve`",
     .hint_en = "make it: “createdb NAME”; `otmetka serve` makes the tables",
     .wrong = "otmetka serve --gradebook postgres:otmekta",
     .right = "createdb otmetka && otmetka serve --gradebook postgres:otmetka"},
    {.id = "OT473",
     .severity = kError,
     .ru = "в журнале {0} на это нет прав: {1}",
     .en = "the gradebook {0} does not allow this: {1}",
     .hint_ru = "чтобы вести журнал, нужна своя схема otmetka («CREATE SCHEMA otmetka AUTHORIZATION ИМЯ»), чтобы читать — USAGE на неё и "
                "SELECT на её таблицы; на реплику не пишут",
     .hint_en = "keeping a gradebook needs the schema otmetka for its own (“CREATE SCHEMA otmetka AUTHORIZATION NAME”), reading it USAGE on "
                "that and SELECT on its tables; a standby takes no writes",
     .wrong = "GRANT CONNECT ON DATABASE school TO otmetka",
     .right = "CREATE SCHEMA otmetka AUTHORIZATION otmetka"},
    {.id = "OT474",
     .severity = kError,
     .ru = "журнал {0} создан более новой версией Отметки (его версия {1}, эта программа знает {2})",
     .en = "the gradebook {0} was made by a newer Otmetka (its version is {1}, this program knows {2})",
     .hint_ru = "обновите программу; в журнале ничего не изменено",
     .hint_en = "update the program; nothing in the gradebook was changed",
     .wrong = "otmetka results --gradebook postgres:school",
     .right = "git pull\n./run build\notmetka results --gradebook postgres:school"},
    {.id = "OT475",
     .severity = kError,
     .ru = "у сервера журнала {0} не осталось места на диске; недописанного не осталось",
     .en = "the disk of the gradebook's server {0} is full; nothing was written by halves",
     .hint_ru = "освободите место на сервере; больше ничего делать не нужно, всё подтверждённое раньше цело",
     .hint_en = "free some space on the server; nothing else is to be done, and all that was acknowledged before is safe",
     .wrong = "otmetka serve --gradebook postgres:school",
     .right = "df -h /var/lib/postgresql\notmetka serve --gradebook postgres:school"},
    {.id = "OT476",
     .severity = kError,
     .ru = "сервер журнала {0} сейчас не может этого сделать ({1}: {2}); ничего не записано",
     .en = "the gradebook's server {0} cannot do this now ({1}: {2}); nothing was written",
     .hint_ru = "повторите позже; 53300 — соединений больше, чем max_connections, 55P03 — строки держит другая транзакция: «SELECT * FROM "
                "pg_stat_activity»",
     .hint_en = "try again later; 53300: more connections than max_connections, 55P03: another transaction holds the rows, see “SELECT * FROM "
                "pg_stat_activity”",
     .wrong = "otmetka serve --gradebook postgres:school",
     .right = "psql postgres --command \"SELECT * FROM pg_stat_activity\"\notmetka serve --gradebook postgres:school"},
    {.id = "OT477",
     .severity = kError,
     .ru = "после postgres: стоит не строка подключения; она не показана, потому что в ней может быть пароль",
     .en = "what follows postgres: is no connection string; it is not shown, since it may hold a password",
     .hint_ru = "напишите ключи через пробел (host=, port=, dbname=, user=), адрес postgresql://USER@HOST/DATABASE или одно имя базы",
     .hint_en = "write keys with spaces between them (host=, port=, dbname=, user=), an address postgresql://USER@HOST/DATABASE, or a "
                "database's name alone",
     .wrong = "otmetka results --gradebook postgres:otmetka@db/school",
     .right = "otmetka results --gradebook postgresql://otmetka@db/school"},
    {.id = "OT479",
     .severity = kError,
     .ru = "сервер журнала {0} ответил ошибкой {1}: {2}",
     .en = "the gradebook's server {0} answered with error {1}: {2}",
     .hint_ru = "подробности в журнале самого сервера; коды объясняет приложение A документации PostgreSQL",
     .hint_en = "the server's own log says more; appendix A of PostgreSQL's manual explains the codes"},
});

}  // namespace

std::span<const Entry> postgres_entries() { return kEntries; }

}  // namespace otmetka::messages
