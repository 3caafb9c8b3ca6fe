// Who goes first when memory runs out: the kernel ends whoever is worth it most, by size and by /proc/PID/oom_score_adj.
#pragma once

namespace otmetka::sandbox::cell {

// The init's own score, raised while a program is born. A program whose memory lies in files and sockets is small itself: without
// this the init would be the one to go, and with it the verdict. A child takes its parent's score (kernel/fork.c, copy_signal), so
// that the init's one descriptor does for every run, and the child sets the init's back by it before it is the program; raising one's
// own score and setting it back is always allowed (fs/proc/base.c, __set_oom_adj). Not thread-safe; the init has one thread.
class OomScore {
 public:
  // `proc`: a /proc that can be written to, or -1. While the init may still look into itself. Without it nothing is raised: the init
  // may go, and the engine makes a new cell.
  void open(int proc);
  void raise() const;
  void restore() const;

 private:
  void set(const char* value, unsigned long length) const;

  int score_ = -1;
  char own_[16] = {};
  unsigned long own_length_ = 0;
};

}  // namespace otmetka::sandbox::cell
