// The one catalogue of everything the program says, in Russian and English.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/message.h"

namespace otmetka::messages {

enum class Language { kRussian, kEnglish };
enum class Severity { kError, kWarning, kNote };

// One entry. Templates hold `{0}`, `{1}` for arguments and `{0|балл|балла|баллов}` / `{0|point|points}` for the plural
// form that argument 0 (an integer or a ratio) asks for: Russian one, few, many (fractions take `few`); English one,
// other. A ratio argument is written as a decimal where it has one of at most six digits (comma in Russian), else as n/d.
// `{0#}` is a number that may come as a text, too long or too small for a ratio: its decimal mark is the language's as well.
// `{{` is a brace.
struct Entry {
  std::string_view id;  // "OT107", or "folder.name" for feedback and trace steps
  Severity severity = Severity::kNote;
  std::string_view ru;
  std::string_view en;
  std::string_view hint_ru = {};  // what to do about it; empty where the text says so itself
  std::string_view hint_en = {};
  std::string_view wrong = {};    // a small example that draws this diagnostic, and the same put right: shown by `otmetka
  std::string_view right = {};    // explain CODE`. The same in both languages; its forms are in tests/explain/README.md
};

// Built once from the tables of the folders and kinds; immutable afterwards and safe from any thread.
class Catalogue {
 public:
  explicit Catalogue(std::span<const std::span<const Entry>> tables);

  const Entry* find(std::string_view id) const;
  std::span<const Entry* const> entries() const { return order_; }

  // The message in a language. An id that is not in the catalogue is rendered as the id and its arguments, never lost.
  // The special id "say" is a teacher's own words: args are the Russian and the English text (either may be empty).
  std::string render(const Message& message, Language language) const;
  std::string render_hint(const Message& message, Language language) const;

 private:
  std::unordered_map<std::string_view, const Entry*> by_id_;
  std::vector<const Entry*> order_;
};

// Fills a template; for tests and for those who hold an Entry.
std::string fill(std::string_view text, std::span<const Arg> args, Language language);

// 0: one, 1: few, 2: many, by the rules of CLDR for whole numbers.
int plural_form_ru(std::int64_t n);

// "0,5" / "0.5", "2/3".
std::string number_text(const Ratio& value, Language language);

// The tables of this folder: OT1xx and OT2xx (spec; those that need checkers: lint), OT3xx (answers and inputs), OT4xx (transport), OT5xx (system), and
// the words of traces and tables that belong to no kind.
std::span<const Entry> spec_entries();
std::span<const Entry> lint_entries();
std::span<const Entry> input_entries();
std::span<const Entry> answer_file_entries();
std::span<const Entry> work_entries();
std::span<const Entry> transport_entries();
std::span<const Entry> http_entries();
std::span<const Entry> postgres_entries();
std::span<const Entry> kafka_entries();    // the queue on Kafka
std::span<const Entry> load_entries();     // the load tool
std::span<const Entry> system_entries();
std::span<const Entry> trace_entries();
std::span<const Entry> sandbox_entries();
std::span<const Entry> program_entries();  // what the command line says: table heads, progress, help

}  // namespace otmetka::messages
