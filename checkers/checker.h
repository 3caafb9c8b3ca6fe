// How an answer is judged: the interface every kind implements, and what it is given and gives back.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/any.pb.h>
#include <google/protobuf/message.h>

#include "messages/catalogue.h"
#include "model/ratio.h"
#include "model/result.h"
#include "model/scored_result.h"
#include "model/submission.h"

namespace otmetka::checkers::numeric {
struct Quantity;  // checkers/numeric: an exact value with its unit
}

namespace otmetka::sandbox {
class Workshop;  // where programs are compiled and run
}

namespace otmetka::checkers {

// Values of earlier parts by name, for `= 360 / v` and `follow`. Owned by shared_ptr: a checker may keep the keys'.
using Bindings = std::map<std::string, std::shared_ptr<const numeric::Quantity>, std::less<>>;

struct CheckContext {
  std::string_view locale;  // how the learner typed numbers: the submission's, else the spec's, else empty
  bool explain = false;     // fill Outcome::trace; costs time and memory
  // Keys replaced by the learner's own earlier values: set only while `parts` judges a follow-through.
  const Bindings* follow = nullptr;
  // For kinds that run programs; null: they cannot be run here.
  sandbox::Workshop* workshop = nullptr;
  // Calls its second argument with each of 0 … n-1, at once where there is room. Null: one after another.
  std::function<void(std::size_t n, const std::function<void(std::size_t)>& one)> for_each = {};
};

// What a checker says of one answer.
struct Outcome {
  Ratio credit;  // share of the item; within [0, 1] unless the spec sets a negative floor
  Verdict status = Verdict::kGraded;
  std::string rule_id;  // "answer", "accept[0]", "reject[1]", … ; empty: no entry met
  std::string tag;
  std::vector<Message> feedback;  // ids "KIND.NAME"; a sample's `note: NAME` asks for one of them
  std::vector<Message> trace;     // as typed → normalised → readings → entry tried → verdict; empty unless explain
  std::string answer_key;         // at most 256 bytes; see cut_key()
  std::vector<TestOutcome> tests;
  std::shared_ptr<const numeric::Quantity> value;  // numeric: what the learner's number was, for `follow`
  // `parts`: one per part, in the spec's order, with the part's id and its weight as a share of the item (they sum to 1).
  // Then `credit` above is the weighted sum and status is the item's own.
  struct Part;
  std::vector<Part> parts;
  // Ours, or the world's: nothing was found out about the answer, and what else stands here means nothing. Never a score.
  std::optional<Error> failure;
};
struct Outcome::Part {
  std::string id;
  Ratio share;
  Outcome outcome;
};

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
// a shape it does not know. A kind that runs programs takes as long as they may take, and may fail. What stands for no answer at all (an empty text, say) is the kind's to say: NOT_ATTEMPTED.
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

// A kind of item: one row of catalog.cc.
struct CheckerType {
  std::string_view name;  // the key in a spec
  AnswerShape shape;
  bool runs_programs;
  const google::protobuf::Descriptor* (*settings)();
  Made (*make)(const google::protobuf::Message& settings, const MakeContext& context);
  std::span<const messages::Entry> (*messages)();
  // Takes into the settings what they name by `file:`, from the spec's folder; null: the kind names no files.
  Status (*embed)(google::protobuf::Message& settings, const std::string& folder) = nullptr;
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
