#include "engine/in_hand.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <vector>

namespace otmetka::engine {

struct InHand::Slot {
  std::int64_t offset;
  std::int64_t published_us;
  std::int32_t partition;
  std::uint32_t bytes;
  std::uint32_t times;  // of a suspect, how often; of a thread's slot, 1 while it grades

  // The offsets of a topic that was made anew begin again.
  bool same_work(const Slot& other) const {
    return offset == other.offset && published_us == other.published_us && partition == other.partition && bytes == other.bytes;
  }
};

namespace {

constexpr std::uint64_t kMagic = 0x316e692d6d746f;  // and the version of what follows
constexpr std::size_t kSlots = 256;                 // threads; what more there are is not noted
constexpr std::size_t kSuspects = 64;               // the latest
constexpr std::array kSignals{SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};

InHand::Slot slot_for(const queue::Record& record) {
  return {.offset = record.position.offset,
          .published_us = record.published_at.time_since_epoch().count(),
          .partition = record.position.partition,
          .bytes = static_cast<std::uint32_t>(record.payload.size()),
          .times = 1};
}

// A thread whose stack has run out has no room for a handler on it.
class SignalStack {
 public:
  SignalStack() : bytes_(64 * 1024) {
    const stack_t stack{.ss_sp = bytes_.data(), .ss_flags = 0, .ss_size = bytes_.size()};
    ::sigaltstack(&stack, &before_);
  }
  ~SignalStack() { ::sigaltstack(&before_, nullptr); }
  SignalStack(const SignalStack&) = delete;
  SignalStack& operator=(const SignalStack&) = delete;

 private:
  std::vector<char> bytes_;
  stack_t before_{};
};

struct ThisThread {
  std::uint64_t of = 0;  // the object whose slot it is
  InHand::Slot* slot = nullptr;
};
thread_local ThisThread this_thread;

std::atomic<InHand::File*> noted_in{nullptr};
std::atomic<std::uint64_t> objects{0};
std::array<struct sigaction, kSignals.size()> before;

}  // namespace

struct InHand::File {
  std::uint64_t magic;
  std::uint32_t signal;  // that ended the process; 0: none, or nobody could note it
  std::uint32_t ended;   // which slot's thread it was, from 1
  std::uint64_t suspects_noted;
  std::array<Slot, kSlots> slots;
  std::array<Slot, kSuspects> suspects;
};

namespace {

// Only what a handler may do: stores, and what it found the signal to mean before.
void note(int number, siginfo_t* info, void* /*context*/) {
  InHand::File* const file = noted_in.load();
  const bool from_outside = info->si_code == SI_USER && info->si_pid != ::getpid();
  const InHand::Slot* const slot = this_thread.slot;
  if (file != nullptr && !from_outside && slot != nullptr && slot->times != 0) {
    file->ended = static_cast<std::uint32_t>(slot - file->slots.data()) + 1;
    file->signal = static_cast<std::uint32_t>(number);
  }
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    if (kSignals[i] == number) ::sigaction(number, &before[i], nullptr);
  }
  ::raise(number);  // when this handler has returned
}

void take_signals() {
  struct sigaction action {};
  action.sa_sigaction = note;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &action, &before[i]);
}

void give_signals_back() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &before[i], nullptr);
}

}  // namespace

Result<std::unique_ptr<InHand>> InHand::open(const std::string& folder) {
  const std::string path = folder + "/in-hand";
  const auto refused = [&path] { return error("OT456", {path, std::system_category().message(errno)}); };
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return refused();
  const bool long_enough = ::ftruncate(fd, sizeof(File)) == 0;
  if (long_enough) errno = ::posix_fallocate(fd, 0, sizeof(File));  // a store into a hole is SIGBUS where the disk is full
  const bool has_room = long_enough && errno == 0;
  void* const bytes = has_room ? ::mmap(nullptr, sizeof(File), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;
  const Error failed = errno == ENOSPC || errno == EDQUOT ? retryable_error("OT404", {path}) : refused();
  ::close(fd);
  if (bytes == MAP_FAILED) return failed;
  return std::unique_ptr<InHand>(new InHand(static_cast<File*>(bytes)));
}

InHand::InHand(File* file) : file_(file), number_(++objects) {
  if (file_->magic != kMagic) *file_ = File{.magic = kMagic, .signal = 0, .ended = 0, .suspects_noted = 0, .slots = {}, .suspects = {}};
  note_suspect();
  noted_in = file_;
  take_signals();
}

InHand::~InHand() {
  give_signals_back();
  noted_in = nullptr;
  ::munmap(file_, sizeof(File));
}

void InHand::note_suspect() {
  if (file_->signal != 0 && file_->ended >= 1 && file_->ended <= kSlots) {
    const Slot& ended = file_->slots[file_->ended - 1];
    auto known = std::ranges::find_if(file_->suspects, [&](const Slot& one) { return one.times > 0 && one.same_work(ended); });
    if (known == file_->suspects.end()) {
      known = file_->suspects.begin() + static_cast<std::ptrdiff_t>(file_->suspects_noted++ % kSuspects);
      *known = ended;
      known->times = 0;
    }
    ++known->times;
  }
  file_->signal = 0;
  file_->ended = 0;
  file_->slots = {};
}

std::int32_t InHand::suspected(const queue::Record& record) const {
  if (file_->suspects_noted == 0) return 0;
  const Slot work = slot_for(record);
  for (const Slot& one : file_->suspects) {
    if (one.times > 0 && one.same_work(work)) return static_cast<std::int32_t>(one.times);
  }
  return 0;
}

InHand::Slot* InHand::slot_of_this_thread() {
  if (this_thread.of != number_) {
    thread_local const SignalStack stack;
    const std::uint32_t index = threads_++;
    this_thread = {number_, index < kSlots ? &file_->slots[index] : nullptr};
  }
  return this_thread.slot;
}

InHand::Holding::Holding(InHand* in_hand, const queue::Record& record) {
  if (in_hand == nullptr) return;
  slot_ = in_hand->slot_of_this_thread();
  if (slot_ == nullptr) return;
  *slot_ = slot_for(record);
  std::atomic_signal_fence(std::memory_order_seq_cst);  // it is there before the work is begun
}

InHand::Holding::~Holding() {
  if (slot_ == nullptr) return;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  slot_->times = 0;
}

}  // namespace otmetka::engine
