// A PostgreSQL server of one test program's own, in a folder of its own, reachable by a Unix socket there and by nobody else.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace otmetka {

// Gone with the object, and with the process however that ends. Not to be copied; one thread.
class PostgresServer {
 public:
  // `settings`: "name=value". Unless they say otherwise nothing is synced: it is the server that a test ends, not the machine.
  explicit PostgresServer(std::vector<std::string> settings = {});
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // Why it does not run; empty where it does.
  const std::string& trouble() const { return trouble_; }

  void start();  // returns when it lets people in, or with trouble()
  void stop();   // as an administrator does: sessions are ended
  void crash();  // at once: what was not written is found in the log of writing at the next start

  // Who needs no password is `otmetka`, who owns the database of that name.
  std::string dsn(const std::string& user = "otmetka", const std::string& database = "otmetka") const;
  const std::string& folder() const { return folder_; }
  std::string socket() const;  // the path

 private:
  std::vector<std::string> as_its_user(std::vector<std::string> command) const;
  bool make_cluster();
  void signal_and_wait(int number);

  std::vector<std::string> settings_;
  std::string programs_;  // the folder of initdb and postgres
  std::string folder_;
  std::string trouble_;
  pid_t pid_ = -1;
};

}  // namespace otmetka
