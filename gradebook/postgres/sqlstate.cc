#include "gradebook/postgres/sqlstate.h"

#include <algorithm>
#include <array>

namespace otmetka::gradebook::postgres {
namespace {

constexpr std::string_view kSerialization = "40001";
constexpr std::string_view kDeadlock = "40P01";
constexpr std::string_view kDuplicateKey = "23505";

struct Meaning {
  std::string_view sqlstate;  // or its class, of two characters
  const char* code;
  bool retryable;
};

// The first that fits. https://www.postgresql.org/docs/15/errcodes-appendix.html
constexpr std::array kMeanings{
    Meaning{"28", "OT471", false},     // invalid authorization: an unknown role, a wrong password, pg_hba.conf
    Meaning{"3D000", "OT472", false},  // no such database
    Meaning{"42501", "OT473", false},  // insufficient privilege
    Meaning{"25006", "OT473", false},  // read-only by default_transaction_read_only
    Meaning{"0A000", "OT470", true},   // of BEGIN … READ WRITE: a standby, which may become the server yet
    Meaning{"53100", "OT475", true},   // disk full
    Meaning{"53", "OT476", true},      // too many connections, out of memory
    Meaning{"55P03", "OT476", true},   // lock_timeout
    Meaning{"40", "OT476", true},      // rolled back for the sake of others
    Meaning{"23505", "OT476", true},   // another writer has made the same row
    Meaning{"57014", "OT476", true},   // cancelled, by a statement_timeout or a person
    Meaning{"57P", "OT470", true},     // shutting down, starting up, crashed
    Meaning{"08", "OT470", true},      // the connection
};

bool is_sqlstate(std::string_view text) {
  return text.size() == 5 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

}  // namespace

Refusal refusal_of(std::string_view message) {
  Refusal out;
  const std::string_view first = message.substr(0, message.find('\n'));
  out.reason = first;
  for (std::size_t colon = first.find(":  "); colon != std::string_view::npos; colon = first.find(":  ", colon + 1)) {
    const std::string_view rest = first.substr(colon + 3);
    if (rest.size() < 7 || !is_sqlstate(rest.substr(0, 5)) || rest.substr(5, 2) != ": ") continue;
    out.sqlstate = rest.substr(0, 5);
    out.reason = rest.substr(7);
    break;
  }
  return out;
}

Error failure_of(const std::string& place, std::string_view sqlstate, const std::string& reason) {
  const auto meaning = std::find_if(kMeanings.begin(), kMeanings.end(), [&](const Meaning& m) { return sqlstate.starts_with(m.sqlstate); });
  if (meaning == kMeanings.end()) return error("OT479", {place, std::string(sqlstate), reason});
  const std::string code = meaning->code;
  if (code == "OT475") return retryable_error(code, {place});
  if (code == "OT476") return retryable_error(code, {place, std::string(sqlstate), reason});
  return Error{{code, {place, reason}}, meaning->retryable};
}

bool is_collision(const Error& failure) {
  if (failure.code() != "OT476" || failure.message.args.size() < 2) return false;
  const auto* sqlstate = std::get_if<std::string>(&failure.message.args[1]);
  return sqlstate != nullptr && (*sqlstate == kSerialization || *sqlstate == kDeadlock || *sqlstate == kDuplicateKey);
}

Error collision(const std::string& place) {
  return failure_of(place, kSerialization, "another writer has made the same row");
}

}  // namespace otmetka::gradebook::postgres
