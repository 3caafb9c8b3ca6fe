#include "sandbox/cell/oom_score.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace otmetka::sandbox::cell {

void OomScore::open(int proc) {
  if (proc < 0) return;
  // What belongs to a process that is not dumpable belongs to the host's root, and a change of ids makes one so.
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  const int score = openat(proc, "self/oom_score_adj", O_RDWR | O_CLOEXEC);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (score < 0) return;
  const ssize_t length = pread(score, own_, sizeof(own_), 0);
  if (length <= 0) {
    close(score);
    return;
  }
  own_length_ = static_cast<unsigned long>(length);
  score_ = score;
}

void OomScore::raise() const { set("1000", 4); }
void OomScore::restore() const { set(own_, own_length_); }

void OomScore::set(const char* value, unsigned long length) const {
  if (score_ >= 0) static_cast<void>(pwrite(score_, value, length, 0));
}

}  // namespace otmetka::sandbox::cell
