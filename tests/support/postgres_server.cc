#include "tests/support/postgres_server.h"

#include <fcntl.h>
#include <glob.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace otmetka {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kPatience{60};

std::string newest_programs() {
  glob_t found{};
  std::string out;
  if (::glob("/usr/lib/postgresql/*/bin/initdb", 0, nullptr, &found) == 0) out = fs::path(found.gl_pathv[found.gl_pathc - 1]).parent_path();
  ::globfree(&found);
  return out;
}

// PostgreSQL does not run as root.
const passwd* its_user() {
  if (::geteuid() != 0) return nullptr;
  const passwd* user = ::getpwnam("postgres");
  return user != nullptr ? user : ::getpwnam("nobody");
}

pid_t spawn(std::vector<std::string> command, const std::string& log) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  posix_spawn_file_actions_addchdir_np(&actions, "/");
  std::vector<char*> words;
  for (std::string& word : command) words.push_back(word.data());
  words.push_back(nullptr);
  std::string language = "LC_ALL=C.UTF-8";
  std::string path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
  char* environment[] = {language.data(), path.data(), nullptr};
  pid_t pid = -1;
  const int problem = ::posix_spawnp(&pid, words[0], &actions, nullptr, words.data(), environment);
  posix_spawn_file_actions_destroy(&actions);
  return problem == 0 ? pid : -1;
}

int wait_for(pid_t pid) {
  int status = -1;
  while (pid > 0 && ::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

// Whether the process ends within ten milliseconds.
bool ends_soon(pid_t pid) {
  const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  pollfd watched{descriptor, POLLIN, 0};
  const bool ended = descriptor < 0 || ::poll(&watched, 1, 10) > 0;
  if (descriptor >= 0) ::close(descriptor);
  return ended;
}

std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

PostgresServer::PostgresServer(std::vector<std::string> settings) : settings_(std::move(settings)), programs_(newest_programs()) {
  if (programs_.empty()) {
    trouble_ = "PostgreSQL is not installed: there is no /usr/lib/postgresql/*/bin/initdb";
    return;
  }
  std::string pattern = "/tmp/otmetka-postgres-XXXXXX";
  folder_ = ::mkdtemp(pattern.data()) == nullptr ? "" : pattern;
  if (make_cluster()) start();
}

PostgresServer::~PostgresServer() {
  crash();
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

std::vector<std::string> PostgresServer::as_its_user(std::vector<std::string> command) const {
  // The signal is asked for after the change of user, which would clear it.
  std::vector<std::string> prefix;
  if (const passwd* user = its_user()) {
    prefix = {"setpriv", "--reuid=" + std::to_string(user->pw_uid), "--regid=" + std::to_string(user->pw_gid), "--clear-groups"};
  }
  for (const char* word : {"setpriv", "--pdeathsig=QUIT"}) prefix.emplace_back(word);
  command.insert(command.begin(), prefix.begin(), prefix.end());
  return command;
}

bool PostgresServer::make_cluster() {
  if (const passwd* user = its_user(); user != nullptr && ::chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0) {
    trouble_ = "cannot give " + folder_ + " to " + user->pw_name;
    return false;
  }
  const int status = wait_for(spawn(as_its_user({programs_ + "/initdb", "-D", folder_ + "/data", "-U", "otmetka", "-A", "trust", "-N",
                                                 "--encoding=UTF8", "--locale=C", "--no-instructions"}),
                                    folder_ + "/initdb.log"));
  if (status != 0) {
    trouble_ = "initdb failed: " + bytes_of(folder_ + "/initdb.log");
    return false;
  }
  std::ofstream rules(folder_ + "/data/pg_hba.conf");
  rules << "local all guarded scram-sha-256\nlocal all all trust\n";
  return true;
}

void PostgresServer::start() {
  trouble_.clear();
  std::vector<std::string> command{programs_ + "/postgres", "-D", folder_ + "/data", "-k", folder_};
  for (const char* setting : {"listen_addresses=", "fsync=off", "shared_buffers=64MB", "max_connections=50", "max_wal_size=512MB"}) {
    command.insert(command.end(), {"-c", setting});
  }
  for (const std::string& setting : settings_) command.insert(command.end(), {"-c", setting});
  pid_ = spawn(as_its_user(command), folder_ + "/server.log");
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  const std::string everybody = dsn("otmetka", "postgres");
  while (PQping(everybody.c_str()) != PQPING_OK) {
    if (pid_ > 0 && !ends_soon(pid_) && std::chrono::steady_clock::now() < deadline) continue;
    crash();
    trouble_ = "the server does not start: " + bytes_of(folder_ + "/server.log");
    return;
  }
  // There from the first start on; the second time it is refused.
  PGconn* connection = PQconnectdb(everybody.c_str());
  PQclear(PQexec(connection, "CREATE DATABASE otmetka"));
  PQfinish(connection);
}

void PostgresServer::signal_and_wait(int number) {
  if (pid_ <= 0) return;
  ::kill(pid_, number);
  wait_for(pid_);
  pid_ = -1;
}

void PostgresServer::stop() { signal_and_wait(SIGINT); }
void PostgresServer::crash() { signal_and_wait(SIGQUIT); }

std::string PostgresServer::dsn(const std::string& user, const std::string& database) const {
  return "host=" + folder_ + " user=" + user + " dbname=" + database;
}

std::string PostgresServer::socket() const { return folder_ + "/.s.PGSQL.5432"; }

}  // namespace otmetka
