// One PostgreSQL server for all tests of a program, and gradebooks on it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "gradebook/postgres/connection.h"
#include "gradebook/postgres/postgres_store.h"
#include "tests/support/postgres_server.h"

namespace otmetka::gradebook {

inline PostgresServer& server() {
  static PostgresServer server;
  return server;
}

// A schema that no test has used.
inline std::string new_schema() {
  static int number = 0;
  return "test \"" + std::to_string(++number) + "\"";
}

inline std::unique_ptr<PostgresStore> open_store(const PostgresOptions& options) {
  auto opened = PostgresStore::open(options);
  EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.failure().code());
  return opened.ok() ? std::move(*opened) : nullptr;
}

inline std::string code_of_opening(const PostgresOptions& options) {
  const auto opened = PostgresStore::open(options);
  return opened.ok() ? "opened" : opened.failure().code();
}

// What an administrator types.
inline Status tell_server(const std::string& sql, const std::string& user = "otmetka", const std::string& database = "otmetka") {
  return postgres::Connection({.dsn = server().dsn(user, database), .place = "test", .settings = ""}).execute(sql);
}

// SetUp() of a test that needs the server begins with this.
#define OTMETKA_NEEDS_POSTGRES()                                                        \
  if (!server().trouble().empty()) {                                                    \
    if (std::getenv("OTMETKA_ALL_INSTALLED") != nullptr) FAIL() << server().trouble();  \
    GTEST_SKIP() << "NOT TESTED: " << server().trouble();                               \
  }                                                                                     \
  static_assert(true)

}  // namespace otmetka::gradebook
