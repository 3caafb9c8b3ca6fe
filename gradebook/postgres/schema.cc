#include "gradebook/postgres/schema.h"

#include <optional>

namespace otmetka::gradebook::postgres {
namespace {

// A schema that one has no right to is passed over in the search path as if it were not there: it is asked for by name.
constexpr const char* kIsThere =
    "SELECT pg_catalog.has_schema_privilege($1::text, 'USAGE') FROM pg_catalog.pg_tables"
    " WHERE schemaname = $1::text AND tablename = 'schema_version'";
constexpr const char* kSchemaIsThere = "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1";
constexpr const char* kVersion = "SELECT version FROM schema_version";
constexpr const char* kLock = "SELECT pg_catalog.pg_advisory_xact_lock(1333017927, pg_catalog.hashtext($1))";  // "OtMG"

constexpr auto kOurs = static_cast<std::int64_t>(kPostgresMigrations.size());

// nullopt: there are no tables.
Result<std::optional<std::int64_t>> version_of(Connection& connection, const std::string& schema) {
  const auto found = connection.run(kIsThere, std::array{text_parameter(schema)});
  if (!found) return found.failure();
  if (found->count() == 0) return std::optional<std::int64_t>();
  if (found->integer(0, 0) == 0) return error("OT473", {connection.place(), "USAGE ON SCHEMA " + schema});
  const auto version = connection.run(kVersion);
  if (!version) return version.failure();
  const std::int64_t theirs = version->count() == 1 ? version->integer(0, 0) : 0;
  if (theirs > kOurs) return error("OT474", {connection.place(), theirs, kOurs});
  return std::optional(theirs);
}

// The right to make schemas is not asked of who has been given one.
Status make_schema(Connection& connection, const std::string& schema) {
  const auto there = connection.run(kSchemaIsThere, std::array{text_parameter(schema)});
  if (!there) return there.failure();
  if (there->count() == 0) {
    if (Status made = connection.execute("CREATE SCHEMA " + quoted_name(schema)); !made) return made;
  }
  return connection.execute("CREATE TABLE schema_version (version bigint NOT NULL); INSERT INTO schema_version VALUES (0)");
}

Status migrate(Connection& connection, const std::string& schema) {
  auto transaction = Transaction::begin(connection);
  if (!transaction) return transaction.failure();
  if (const auto locked = connection.run(kLock, std::array{text_parameter(schema)}); !locked) return locked.failure();
  const auto version = version_of(connection, schema);  // another process may have been first
  if (!version) return version.failure();
  if (!*version) {
    if (Status made = make_schema(connection, schema); !made) return made;
  }
  for (auto i = static_cast<std::size_t>(version->value_or(0)); i < kPostgresMigrations.size(); ++i) {
    if (Status done = connection.execute(kPostgresMigrations[i]); !done) return done;
  }
  if (Status set = connection.execute("UPDATE schema_version SET version = " + std::to_string(kOurs)); !set) return set;
  return transaction->commit();
}

}  // namespace

std::string quoted_name(const std::string& name) {
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

Status prepare_schema(Connection& connection, const std::string& schema, bool must_exist) {
  const auto version = version_of(connection, schema);
  if (!version) return version.failure();
  if (*version == kOurs) return ok_status();
  if (!*version && must_exist) return error("OT421", {connection.place()});
  return migrate(connection, schema);
}

}  // namespace otmetka::gradebook::postgres
