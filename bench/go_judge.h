// go-judge as a contestant: its server is started, and programs are run through its REST interface as its users do.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace otmetka::bench {

// Ends the bench where the server does not come up or a run is not accepted. run() may be called by one thread a slot.
class GoJudge {
 public:
  // `server`: the path of go-judge; `program`: of a static program that needs nothing.
  GoJudge(const std::string& server, const std::string& program, unsigned slots);
  ~GoJudge();
  GoJudge(const GoJudge&) = delete;
  GoJudge& operator=(const GoJudge&) = delete;

  void run(unsigned slot);

 private:
  pid_t pid_ = -1;
  std::string request_;
  std::vector<int> connections_;  // one a slot, kept open
};

}  // namespace otmetka::bench
