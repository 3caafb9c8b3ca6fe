// OT432 to OT438 and OT490 to OT495: what `serve --listen` says, and what it says of itself there.
#include <array>

#include "messages/catalogue.h"

namespace otmetka::messages {
namespace {

using enum Severity;

const auto kEntries = std::to_array<Entry>({
    // Where to listen.
    {.id = "OT432",
     .severity = kError,
     .ru = "«{0}» — не адрес, на котором можно слушать",
     .en = "“{0}” is not an address to listen on",
     .hint_ru = "укажите IP-адрес и порт, например 127.0.0.1:9464 или [::1]:9464; порт 0 — любой свободный, имён, кроме localhost, "
                "программа не ищет",
     .hint_en = "give an IP address and a port, such as 127.0.0.1:9464 or [::1]:9464; port 0 is any that is free, and no names but "
                "localhost are looked up",
     .wrong = "otmetka serve --until-empty --listen 9464",
     .right = "otmetka serve --until-empty --listen 127.0.0.1:0"},
    {.id = "OT433",
     .severity = kError,
     .ru = "на {0} слушать нельзя: этот адрес доступен с других машин, а входа по токенам ещё нет",
     .en = "will not listen on {0}: other machines can reach it, and there are no tokens yet",
     .hint_ru = "слушайте на 127.0.0.1 или [::1], а наружу отдавайте через прокси, который сам проверяет, кто пришёл",
     .hint_en = "listen on 127.0.0.1 or [::1], and let a proxy that checks who comes pass requests on",
     .wrong = "otmetka serve --until-empty --listen 0.0.0.0:0",
     .right = "otmetka serve --until-empty --listen 127.0.0.1:0"},
    {.id = "OT434",
     .severity = kError,
     .ru = "не получилось слушать на {0}: {1}",
     .en = "cannot listen on {0}: {1}",
     .hint_ru = "обычно порт занят другой программой или меньше 1024: укажите другой, порт 0 выберет свободный",
     .hint_en = "mostly another program has the port, or it is below 1024: give another one; port 0 chooses one that is free",
     .wrong = "otmetka serve --listen 127.0.0.1:80",
     .right = "otmetka serve --listen 127.0.0.1:0"},

    // Answers to requests.
    {.id = "OT435",
     .severity = kError,
     .ru = "по адресу {0} ничего нет",
     .en = "there is nothing at {0}",
     .hint_ru = "есть /healthz, /readyz и /metrics",
     .hint_en = "there are /healthz, /readyz and /metrics",
     .wrong = "curl http://127.0.0.1:9464/metric",
     .right = "curl http://127.0.0.1:9464/metrics"},
    {.id = "OT436",
     .severity = kError,
     .ru = "метод {0} здесь не годится",
     .en = "the method {0} is not allowed here",
     .hint_ru = "годятся GET и HEAD",
     .hint_en = "GET and HEAD are",
     .wrong = "curl -X DELETE http://127.0.0.1:9464/metrics",
     .right = "curl http://127.0.0.1:9464/metrics"},
    {.id = "OT437",
     .severity = kError,
     .ru = "запрос не понят: {0}",
     .en = "the request is not understood: {0}",
     .hint_ru = "нужен HTTP/1.1 или HTTP/1.0 без тела; HTTP/1.1 требует одного поля Host",
     .hint_en = "HTTP/1.1 or HTTP/1.0 without a body is; HTTP/1.1 asks for one Host field",
     .wrong = "curl -d x=1 http://127.0.0.1:9464/metrics",
     .right = "curl http://127.0.0.1:9464/metrics"},
    {.id = "OT438",
     .severity = kError,
     .ru = "начало запроса больше {0} {0|байта|байт|байт}",
     .en = "the head of the request has more than {0} {0|byte|bytes}",
     .hint_ru = "пошлите меньше полей: cookie другого сайта, например, здесь не нужны",
     .hint_en = "send fewer fields: another site's cookies, say, are of no use here",
     .wrong = "curl -H \"Cookie: $(head -c 100000 /dev/zero | tr '\\0' x)\" http://127.0.0.1:9464/metrics",
     .right = "curl http://127.0.0.1:9464/metrics"},
    {.id = "OT490",
     .severity = kError,
     .ru = "ответ не получился: {0}",
     .en = "the answer could not be made: {0}",
     .hint_ru = "повторите запрос; если не проходит, это ошибка программы или ей не хватает памяти",
     .hint_en = "ask again; if that does not help, it is a bug of the program, or memory has run out"},

    // Why the server is not healthy, or not ready.
    {.id = "OT491",
     .severity = kError,
     .ru = "{0}: цикл не двигается уже {1} с",
     .en = "{0}: the loop has not turned for {1} s",
     .hint_ru = "программа зависла или ждёт диска; перезапуск ничего не теряет",
     .hint_en = "the program hangs, or waits for a disk; starting it again loses nothing",
     .wrong = "sqlite3 data/gradebook.db \"BEGIN EXCLUSIVE; …\"",
     .right = "curl -i http://127.0.0.1:9464/healthz"},
    {.id = "OT492",
     .severity = kNote,
     .ru = "программа запускается: очередь, журнал и спецификации открыты ещё не все",
     .en = "the program is starting: queue, gradebook and specs are not all open yet",
     .wrong = "curl --fail http://127.0.0.1:9464/readyz",
     .right = "until curl --fail http://127.0.0.1:9464/readyz; do sleep 1; done"},
    {.id = "OT493",
     .severity = kError,
     .ru = "очередь не принимает результаты: {0}",
     .en = "the queue takes no results: {0}",
     .hint_ru = "код объяснит `otmetka explain`; результаты ждут и не теряются",
     .hint_en = "`otmetka explain` explains the code; the results wait and are not lost",
     .wrong = "df data    # 100 %",
     .right = "df data    # 80 %"},
    {.id = "OT494",
     .severity = kError,
     .ru = "журнал не принимает результаты: {0}",
     .en = "the gradebook takes no results: {0}",
     .hint_ru = "код объяснит `otmetka explain`; результаты ждут в очереди и не теряются",
     .hint_en = "`otmetka explain` explains the code; the results wait in the queue and are not lost",
     .wrong = "sqlite3 data/gradebook.db    # BEGIN EXCLUSIVE, and no COMMIT",
     .right = "sqlite3 data/gradebook.db \".backup 'gradebook-backup.db'\""},
    {.id = "OT495",
     .severity = kNote,
     .ru = "программа завершает работу и новых работ не берёт",
     .en = "the program is leaving and takes no more submissions",
     .wrong = "kill -TERM $(pidof otmetka); curl --fail http://127.0.0.1:9464/readyz",
     .right = "curl --fail http://127.0.0.1:9464/readyz"},
});

}  // namespace

std::span<const Entry> http_entries() { return kEntries; }

}  // namespace otmetka::messages
