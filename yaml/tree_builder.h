// yaml-cpp's events → our tree and the problems that YAML itself allows but we do not.
#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "yaml/reader.h"

namespace otmetka::yaml {

// Builds one document. Keeps going after a problem, so that one reading reports many. Throws nothing; after a quote that
// is never closed, or past the limits of depth and nodes, it ignores what follows. Not thread-safe; borrows the source.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Source& source, const Limits& limits) : source_(source), limits_(limits), cursor_(source) {}

  // Valid once the document has ended; absent for a document with nothing in it.
  std::optional<Node> take_root();
  std::vector<Problem>& problems() { return problems_; }
  bool gave_up() const { return gave_up_; }

  // The scalar read last, and the innermost bracket still open: what a syntax error is usually about.
  const std::optional<Node>& last_scalar() const { return last_scalar_; }
  std::size_t last_scalar_end() const { return last_scalar_end_; }
  std::optional<Range> open_bracket() const;

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Node node;
    bool awaits_value = false;  // of a mapping: its last entry has a key and no value yet
    bool key_dropped = false;   // the entry awaited is a duplicate or has no usable key
    bool is_key = false;        // this collection stands where a key should
    std::unordered_map<std::string, std::uint32_t> lines;  // of the keys so far
  };

  void open(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor, YAML::EmitterStyle::value style);
  void close();
  void stand_in();
  void mend_glued_keys(Node& mapping);
  void attach(Node node);
  void attach_key(Open& parent, Node node);
  void refuse_properties(std::size_t offset, YAML::anchor_t anchor);
  void report(const char* code, const Range& range, std::vector<Arg> args = {});
  void report_size(const Range& range);
  bool awaits_key() const;
  bool count_node(const YAML::Mark& mark);
  std::size_t offset_of(const YAML::Mark& mark) const;

  const Source& source_;
  const Limits& limits_;
  RangeCursor cursor_;
  std::vector<Open> open_;
  std::optional<Node> root_;
  std::vector<Problem> problems_;
  std::optional<Node> last_scalar_;
  std::size_t last_scalar_end_ = 0;
  std::size_t nodes_ = 0;
  std::size_t too_deep_ = 0;  // collections open past the limit
  bool gave_up_ = false;
};

}  // namespace otmetka::yaml
