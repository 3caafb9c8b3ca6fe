// Goes through the standings of a gradebook on PostgreSQL, in one snapshot.
#pragma once

#include "gradebook/postgres/connection.h"
#include "gradebook/standing_maker.h"
#include "gradebook/store.h"

namespace otmetka::gradebook::postgres {

// One use of one connection, which nobody else uses meanwhile and which may be lost by it. Rows come one by one: memory does
// not grow with them.
Status visit_standings(Connection& connection, const Filter& filter, StandingMaker& maker);

}  // namespace otmetka::gradebook::postgres
