// Which offsets of a partition are done while work finishes out of order. Plain C++, no queue in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace otmetka::queue {

// One partition's ledger. Offsets are marked started in ascending order (with gaps: control records take offsets too)
// and finished in any order. Not thread-safe: the engine guards it.
class OffsetLedger {
 public:
  // Continues after a restart: `next` and `metadata` as last committed. Metadata that does not decode, of another version
  // or made for another `next` is ignored: work is then done again, never skipped.
  explicit OffsetLedger(std::int64_t next = 0, std::string_view metadata = {});

  // Whether an earlier run finished this offset: such a record is not to be done again.
  bool finished_before(std::int64_t offset) const;

  void start(std::int64_t offset);   // ≥ 0, greater than every offset started before
  void finish(std::int64_t offset);  // started, not finished yet

  // The first offset not known to be finished: all below it are done.
  std::int64_t next() const;

  // base64url, without padding, of: the version (1 byte), a checksum over next() and the rest (3 bytes), and delta-varints
  // of the *unfinished* offsets above next(), then of the high mark, past the last finished one: what lies below it and is not
  // listed is finished.
  // Text without NUL; empty when nothing beyond next() is finished (a gap counts as that). Linear in what is held.
  std::string metadata() const;

  std::size_t unfinished() const { return open_; }  // started here and not finished

 private:
  // Offsets in ascending order in a ring, an offset that is done as its complement. Gaps of a few are filled with done ones,
  // so that a slot is where subtraction says; a ring bitmap would be smaller and no faster.
  struct Ring {
    std::vector<std::int64_t> slots;  // a power of two, or empty
    std::size_t head = 0;             // of the oldest; both run on and are taken modulo the size
    std::size_t tail = 0;

    bool empty() const { return head == tail; }
    std::size_t size() const { return tail - head; }
    std::int64_t& at(std::size_t index) { return slots[(head + index) & (slots.size() - 1)]; }
    std::int64_t at(std::size_t index) const { return slots[(head + index) & (slots.size() - 1)]; }
    void push(std::int64_t slot) {
      if (size() == slots.size()) grow();
      slots[tail++ & (slots.size() - 1)] = slot;
    }
    void grow();
  };
  std::int64_t& slot_of(std::int64_t offset);
  bool decode(std::string_view metadata);

  std::int64_t next_ = 0;                      // one past the last offset started, or where the earlier run stopped
  std::int64_t resumed_at_ = 0;                // everything below was done by earlier runs
  Ring ring_;                                  // its oldest, if any, is unfinished
  std::size_t open_ = 0;                       // started and not finished
  std::vector<std::int64_t> skip_unfinished_;  // of the earlier run, ascending
  std::size_t skip_at_ = 0;                    // those before this index were passed by start()
  std::int64_t skip_below_ = 0;                // its high mark: offsets in [resumed_at_, skip_below_) not listed were finished
};

}  // namespace otmetka::queue
