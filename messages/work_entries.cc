// OT380–389: works that reached the engine and could not be graded whole.
#include <array>

#include "messages/catalogue.h"

namespace otmetka::messages {
namespace {

using enum Severity;

const auto kEntries = std::to_array<Entry>({
    {.id = "OT380", .severity = kError,
     .ru = "спецификация «{0}» не найдена", .en = "spec “{0}” is not known",
     .hint_ru = "положите её в папку --specs и отправьте работу снова: `otmetka dlq replay НОМЕР`",
     .hint_en = "put it into the --specs folder and publish the work again: `otmetka dlq replay ID`",
     .wrong = R"~({"assignment_id": "no-such-spec", "learner_id": "p-1", "responses": {"gravity": "9,8"}})~",
     .right = R"~({"assignment_id": "physics-8-motion", "learner_id": "p-1", "responses": {"gravity": "9,8"}})~"},
    {.id = "OT381", .severity = kError,
     .ru = "в работе не указано, чья она: нет {0}", .en = "the submission does not say whose it is: {0} is missing",
     .hint_ru = "добавьте поле {0}", .hint_en = "add the field {0}",
     .wrong = "{\"responses\": {\"gravity\": \"9,8\"}}",
     .right = "{\"assignment_id\": \"physics-8-motion\", \"learner_id\": \"p-1\", \"responses\": {\"gravity\": \"9,8\"}}"},
    {.id = "OT385", .severity = kError,
     .ru = "папка ответов {0} не говорит, к какой работе они относятся", .en = "the folder of answers {0} does not say which assignment they belong to",
     .hint_ru = "назовите её ключом --assignment", .hint_en = "name it with --assignment",
     .wrong = "otmetka submit answers/",
     .right = "otmetka submit --assignment physics-8-motion answers/"},
    {.id = "OT382", .severity = kError,
     .ru = "ответ на «{0}» нельзя проверить заново по объяснению: в нём только начало ответа или объяснения нет",
     .en = "the answer to “{0}” cannot be graded again from its explanation: it quotes only a beginning, or there is none",
     .hint_ru = "отправьте саму работу ещё раз", .hint_en = "publish the submission itself again"},
    {.id = "OT383", .severity = kWarning,
     .ru = "в спецификации нет задания «{0}»; ответ на него не проверен", .en = "the spec has no item “{0}”; its answer was not graded",
     .hint_ru = "проверьте имя задания", .hint_en = "check the item's name",
     .wrong = R"~({"responses": {"gravty": "9,8"}})~",
     .right = R"~({"responses": {"gravity": "9,8"}})~"},
    {.id = "OT386", .severity = kWarning,
     .ru = "строка просит спецификацию «{0}», а проверена по «{1}»",
     .en = "the row asks for the spec “{0}” and was graded by “{1}”",
     .hint_ru = "дайте ключу --spec ту самую спецификацию или уберите из строки spec_id и spec_sha256",
     .hint_en = "give --spec that very spec, or take spec_id and spec_sha256 out of the row",
     .wrong = R"~({"spec_id": "physics-7", "responses": {"gravity": "9,8"}})~",
     .right = R"~({"spec_id": "physics-8-motion", "responses": {"gravity": "9,8"}})~"},
    {.id = "OT384", .severity = kWarning,
     .ru = "на задание «{0}» два ответа; проверен первый", .en = "item “{0}” is answered twice; the first answer was graded",
     .hint_ru = "оставьте один ответ", .hint_en = "leave one answer",
     .wrong = R"~({"responses": [{"part_id": "v", "text": {"text": "72"}}, {"part_id": "v", "text": {"text": "70"}}]})~",
     .right = R"~({"responses": [{"part_id": "v", "text": {"text": "72"}}]})~"},
});

}  // namespace

std::span<const Entry> work_entries() { return kEntries; }

}  // namespace otmetka::messages
