// The tables of queue.db.
#pragma once

#include <array>

#include "queue/embedded/database.h"

namespace otmetka::queue::embedded {

// Offsets are AUTOINCREMENT: never given twice, also when everything was trimmed away. Times are microseconds since 1970.
// Payloads stand last in their rows, so that reading the rest of a long row touches one page.
inline constexpr std::array kQueueMigrations{
    R"(CREATE TABLE submissions (
         offset INTEGER PRIMARY KEY AUTOINCREMENT,
         encoding INTEGER NOT NULL, published_at INTEGER NOT NULL, key TEXT NOT NULL, payload BLOB NOT NULL) STRICT;
       CREATE TABLE results (
         offset INTEGER PRIMARY KEY AUTOINCREMENT,
         key TEXT NOT NULL, payload BLOB NOT NULL) STRICT;
       CREATE TABLE dead_letters (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         offset INTEGER NOT NULL, encoding INTEGER NOT NULL, published_at INTEGER NOT NULL, attempts INTEGER NOT NULL,
         parked_at INTEGER NOT NULL, submission_id TEXT NOT NULL, assignment_id TEXT NOT NULL, learner_id TEXT NOT NULL,
         reason BLOB NOT NULL,  -- otmetka.v1.Message in field 1
         payload BLOB NOT NULL) STRICT;
       -- What is finished, and the number of the server that may say so: each that starts takes the next number.
       CREATE TABLE progress (
         partition INTEGER PRIMARY KEY, next INTEGER NOT NULL, metadata TEXT NOT NULL, server INTEGER NOT NULL) STRICT;
       INSERT INTO progress VALUES (0, 0, '', 0);
       -- After a commit: all submissions below the one have their results below the other. What trimming goes by.
       CREATE TABLE commits (results_below INTEGER PRIMARY KEY, submissions_below INTEGER NOT NULL) STRICT;
       -- Results below this offset are gone: a reader that stands lower has missed some.
       CREATE TABLE trimmed (results_below INTEGER NOT NULL) STRICT;
       INSERT INTO trimmed VALUES (0);
       CREATE TABLE identity (id TEXT NOT NULL) STRICT;
       INSERT INTO identity VALUES (lower(hex(randomblob(16))));)",
};

inline constexpr Schema kQueueSchema{.application_id = 0x4F744D51, .migrations = kQueueMigrations};  // "OtMQ"

}  // namespace otmetka::queue::embedded
