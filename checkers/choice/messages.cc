#include "checkers/choice/messages.h"

#include <array>

namespace otmetka::checkers::choice {
namespace {

using enum messages::Severity;

const auto kEntries = std::to_array<messages::Entry>({
    {.id = "choice.wrong", .ru = "Выбор неверен.", .en = "The choice is wrong."},
    {.id = "choice.partial", .ru = "Выбор верен отчасти.", .en = "The choice is partly right."},
    {.id = "choice.penalty", .ru = "Выбор неверен, и за лишние отметки снята часть баллов.",
     .en = "The choice is wrong, and wrong ticks cost some points."},
    {.id = "choice.empty", .ru = "Ничего не отмечено.", .en = "Nothing is ticked."},
    {.id = "choice.unknown", .ru = "Варианта «{0}» здесь нет. Есть такие: {1}.",
     .en = "There is no option “{0}” here. The options are: {1}."},
    {.id = "choice.unknown_list", .ru = "Варианта «{0}» здесь нет. Есть такие: {1}. Несколько вариантов пишутся через «|»: {2}.",
     .en = "There is no option “{0}” here. The options are: {1}. Several options are written with “|” between: {2}."},
    {.id = "choice.repeated", .ru = "Вариант «{0}» отмечен дважды.", .en = "Option “{0}” is ticked twice."},
    {.id = "choice.typed", .ru = "отмечено: {0}", .en = "ticked: {0}"},
    {.id = "choice.read_as", .ru = "«{0}» прочитано как вариант «{1}»", .en = "“{0}” is read as option “{1}”"},
    {.id = "choice.counts", .ru = "верных отмечено {0} из {1}, лишних {2}", .en = "right ones ticked: {0} of {1}; wrong ones: {2}"},
    {.id = "choice.right_ones", .ru = "верные варианты: {0}", .en = "the right options: {0}"},
    {.id = "choice.arithmetic", .ru = "{0}: {1} → {2}", .en = "{0}: {1} → {2}"},
    {.id = "OT192", .severity = kError, .ru = "варианты «{0}» и «{1}» не различить: так ответ прочли бы двояко",
     .en = "options “{0}” and “{1}” cannot be told apart: an answer could mean either",
     .hint_ru = "дайте вариантам разные имена; регистр и похожие буквы двух алфавитов (a и а) имён не различают",
     .hint_en = "give the options different names; case and letters drawn alike in both alphabets do not tell names apart",
     .wrong = "choice: {right: {a: Волга}, wrong: {A: Темза}}", .right = "choice: {right: {a: Волга}, wrong: {b: Темза}}"},
    {.id = "OT276", .severity = kWarning, .ru = "неверные варианты не перечислены: для «scoring: {0}» считается, что их нет",
     .en = "the wrong options are not listed: `scoring: {0}` takes it that there are none",
     .hint_ru = "если верны все варианты, так и оставьте; иначе перечислите неверные в «wrong»",
     .hint_en = "if all options are right, leave it; otherwise list the wrong ones in `wrong`",
     .wrong = "choice: {right: {a: да}, scoring: halves}",
     .right = "choice: {right: {a: да}, wrong: {b: нет, c: не знаю}, scoring: halves}"},
    {.id = "OT196", .severity = kError, .ru = "«floor» должен быть от -1 до 0 и имеет смысл только со «scoring: right_minus_wrong»",
     .en = "`floor` must be from -1 to 0 and means something only with `scoring: right_minus_wrong`",
     .hint_ru = "уберите «floor» или запишите, например, floor: -50%",
     .hint_en = "remove `floor`, or write for instance floor: -50%",
     .wrong = "choice: {right: {a: да}, wrong: {b: нет}, floor: 50%}",
     .right = "choice: {right: {a: да}, wrong: {b: нет}, scoring: right_minus_wrong, floor: -50%}"},
});

}  // namespace

std::span<const messages::Entry> entries() { return kEntries; }

}  // namespace otmetka::checkers::choice
