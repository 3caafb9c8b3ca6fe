// How an answer is judged: the interface every kind implements.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/any.pb.h>
#include <google/protobuf/message.h>

#include "checkers/outcome.h"
#include "messages/catalogue.h"
#include "model/result.h"
#include "model/submission.h"

namespace otmetka::checkers {

// A problem of the spec that only the kind can see. `path` is relative to the settings ("accept[1].value"; "" is the
// settings themselves); offset and length are in bytes of that scalar's text, length 0 meaning all of it.
struct Problem {
  Message message;  // an OT1xx error or OT2xx warning, or the kind's own "OTnnn" row
  std::string path;
  std::size_t offset = 0;
  std::size_t length = 0;
};

// An entry of the settings that samples should hit and earlier entries must not shadow.
struct Entry {
  std::string rule_id;             // as in Outcome::rule_id
  std::string path;                // in the settings
  std::optional<Answer> example;   // an answer that this entry must win for itself; nullopt where none can be made
};

// The shape of an answer that a kind expects: how CSV columns and samples are read.
enum class AnswerShape { kText, kChoice, kMapping, kSequence, kFiles, kParts };

struct PartShape {
  std::string id;
  AnswerShape shape;
};

// Judges answers to one item. Immutable after construction: check() may be called from any number of threads at once.
// It never throws, never blocks, takes time linear in the answer (answers are at most 1 MiB), and answers INVALID_INPUT to
// a shape it does not know. A kind that runs programs takes as long as they may take, and may fail. What stands for
// no answer at all (an empty text, say) is the kind's to say: NOT_ATTEMPTED.
class Checker {
 public:
  virtual ~Checker() = default;
  virtual Outcome check(const Answer& answer, const CheckContext& context) const = 0;
  virtual std::vector<Entry> entries() const { return {}; }
  // The key as a value, where the kind has one: what `= 360 / v` means by v.
  virtual std::shared_ptr<const numeric::Quantity> key_value() const { return nullptr; }
  // The parts of an item of parts, in the spec's order; none for every other kind.
  virtual std::vector<PartShape> part_shapes() const { return {}; }
  // An answer to the whole item (null: none) and answers to its parts, in whatever order, under the parts' own ids (`v`, not
  // `trip.v`). A kind without parts takes the whole one.
  virtual Outcome check_all(const Answer* whole, std::span<const Response> by_part, const CheckContext& context) const;
  // A number D such that every credit this checker can give is a multiple of 1/D.
  virtual Int128 credit_denominator() const { return 1; }
};

struct CheckerType;

// What make() is given beside the settings.
struct MakeContext {
  std::string_view locale;            // the spec's
  const Bindings* keys = nullptr;     // key values of the parts named earlier in the same item
  std::string folder;                 // the spec's folder, for `file:`; empty where files are not allowed
  // The catalogue's find_type, by full message name: how `parts` and `where` make other kinds. Never null in use.
  const CheckerType* (*find)(std::string_view full_name) = nullptr;
  int depth = 0;  // nesting of kinds; at most kMaxDepth
};
inline constexpr int kMaxDepth = 4;

// A null checker means that `problems` holds an error. Warnings (OT2xx) come beside a checker.
struct Made {
  std::unique_ptr<const Checker> checker;
  std::vector<Problem> problems;
};

// Called with the path of each file or folder on disk before it is looked at.
using NoteFile = std::function<void(const std::string& path)>;

// A kind of item: one row of catalog.cc.
struct CheckerType {
  std::string_view name;  // the key in a spec
  AnswerShape shape;
  bool runs_programs;
  const google::protobuf::Descriptor* (*settings)();
  Made (*make)(const google::protobuf::Message& settings, const MakeContext& context);
  std::span<const messages::Entry> (*messages)();
  // Takes into the settings what they name by `file:`, from the spec's folder, and notes all of it, whether or not it can be
  // read; null: the kind names no files.
  Status (*embed)(google::protobuf::Message& settings, const std::string& folder, const NoteFile& note) = nullptr;
};

// Makes the checker of a kind whose settings travel in an Any (Item.kind, a part, a `where`). An unknown kind, bytes that
// do not parse and too deep a nesting are problems at path "".
Made make_checker(const google::protobuf::Any& kind, const MakeContext& context);

// Cuts a grouping key to 256 bytes at a character's end.
std::string cut_key(std::string key);

// A quote of an answer for a trace: at most 4 KiB, cut at a character's end, with bytes that are no UTF-8 replaced.
std::string quote(std::string_view answer);

// INVALID_INPUT with a reason that names what was expected and what came ("text", "a list", …), or the reader's own reason.
Outcome wrong_shape(AnswerShape expected, const Answer& answer);

}  // namespace otmetka::checkers
