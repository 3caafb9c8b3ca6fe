#include "gradebook/postgres/dsn.h"

#include <libpq-fe.h>

#include <memory>

namespace otmetka::gradebook {
namespace {

struct Free {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
  void operator()(char* text) const { PQfreemem(text); }
};

// What libpq itself takes for more than a database's name.
bool is_connection_string(const std::string& dsn) {
  return dsn.find('=') != std::string::npos || dsn.starts_with("postgres://") || dsn.starts_with("postgresql://");
}

}  // namespace

Result<std::string> place_of(const std::string& dsn) {
  if (!is_connection_string(dsn)) {
    // `user:password@host` without its `postgresql://` is no name either.
    if (dsn.empty() || dsn.find_first_of("@:/ ") != std::string::npos) return error("OT477");
    return "postgres:" + dsn;
  }
  char* unread = nullptr;
  const std::unique_ptr<PQconninfoOption, Free> options(PQconninfoParse(dsn.c_str(), &unread));
  const std::unique_ptr<char, Free> reason(unread);
  if (!options) return error("OT477");
  std::string host;
  std::string port;
  std::string database;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    const std::string_view keyword = option->keyword;
    const std::string value = option->val == nullptr ? "" : option->val;
    if (keyword == "host" || (keyword == "hostaddr" && host.empty())) host = value.empty() ? host : value;
    if (keyword == "port") port = value;
    if (keyword == "dbname") database = value;
  }
  if (!port.empty()) port.insert(0, ":");
  if (!database.empty() && !(host + port).empty()) database.insert(0, "/");
  return "postgres:" + host + port + database;
}

}  // namespace otmetka::gradebook
