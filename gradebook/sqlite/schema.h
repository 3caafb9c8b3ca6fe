// The tables of a gradebook file; gradebook/README.md says what each is for.
#pragma once

#include <array>

#include "queue/embedded/database.h"

namespace otmetka::gradebook {

// Times are microseconds since 1970. `results` only ever grows, so its rows are written one after another; who holds an
// attempt's row, and who no longer does, are narrow tables beside it: learners come in no order, and the fewer pages their
// keys spread over, the less each commit has to write.
inline constexpr std::array kGradebookMigrations{
    R"(CREATE TABLE specs (sha256 TEXT PRIMARY KEY, spec_id TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
       CREATE TABLE assignments (
         id INTEGER PRIMARY KEY, assignment TEXT NOT NULL, tenant TEXT NOT NULL, UNIQUE (assignment, tenant)) STRICT;
       CREATE TABLE results (
         id INTEGER PRIMARY KEY,
         assignment_id INTEGER NOT NULL, learner TEXT NOT NULL, attempt_no INTEGER NOT NULL, submission_id TEXT NOT NULL,
         failed INTEGER NOT NULL, submitted_at INTEGER, grade_epoch INTEGER NOT NULL, revision INTEGER NOT NULL,
         content_sha256 TEXT NOT NULL, spec_sha256 TEXT NOT NULL, result_id TEXT NOT NULL,
         payload BLOB NOT NULL  -- otmetka.v1.ScoredResult
       ) STRICT;
       CREATE INDEX results_by_submission ON results (submission_id, learner, assignment_id, attempt_no);
       CREATE TABLE attempts (
         assignment_id INTEGER, learner TEXT, attempt_no INTEGER,
         result INTEGER NOT NULL,  -- results.id
         PRIMARY KEY (assignment_id, learner, attempt_no)) STRICT, WITHOUT ROWID;
       CREATE TABLE history (
         assignment_id INTEGER, learner TEXT, attempt_no INTEGER,
         result INTEGER,  -- results.id
         PRIMARY KEY (assignment_id, learner, attempt_no, result)) STRICT, WITHOUT ROWID;
       CREATE TABLE positions (queue TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT;
       CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
       INSERT INTO counters VALUES ('conflicts', 0);

       -- For regrading.
       CREATE TABLE submissions (
         tenant TEXT, submission_id TEXT, encoding INTEGER NOT NULL, received_at INTEGER NOT NULL, payload BLOB NOT NULL,
         PRIMARY KEY (tenant, submission_id)) STRICT;
       CREATE TABLE overrides (
         assignment TEXT, learner TEXT, tenant TEXT,
         attempt_no INTEGER,  -- 0: the final mark
         part_id TEXT,        -- '': the whole
         points_num INTEGER NOT NULL, points_den INTEGER NOT NULL CHECK (points_den > 0),
         who TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL,
         PRIMARY KEY (assignment, learner, tenant, attempt_no, part_id)) STRICT, WITHOUT ROWID;
       CREATE TABLE locks (
         assignment TEXT, learner TEXT, tenant TEXT,
         attempt_no INTEGER,  -- 0: all
         who TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL,
         PRIMARY KEY (assignment, learner, tenant, attempt_no)) STRICT, WITHOUT ROWID;
       CREATE TABLE due_dates (
         assignment TEXT, tenant TEXT,
         learner TEXT,        -- '': everybody
         version INTEGER,
         due_at INTEGER,      -- NULL: none
         who TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL,
         PRIMARY KEY (assignment, tenant, learner, version)) STRICT, WITHOUT ROWID;
       CREATE TABLE rubrics (
         assignment TEXT, tenant TEXT, version INTEGER,
         rubric BLOB NOT NULL,  -- otmetka.v1.Rubric
         who TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL,
         PRIMARY KEY (assignment, tenant, version)) STRICT, WITHOUT ROWID;
       CREATE TABLE regrades (
         id TEXT PRIMARY KEY, assignment TEXT NOT NULL, tenant TEXT NOT NULL, grade_epoch INTEGER NOT NULL,
         spec_sha256 TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('staged', 'applied', 'undone', 'dropped')),
         who TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
       CREATE TABLE staged_results (
         regrade TEXT REFERENCES regrades (id), assignment TEXT, learner TEXT, tenant TEXT, attempt_no INTEGER,
         payload BLOB NOT NULL,
         PRIMARY KEY (regrade, assignment, learner, tenant, attempt_no)) STRICT;
       CREATE TABLE audit (
         id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL,
         subject TEXT NOT NULL, detail TEXT NOT NULL) STRICT;)",
    // A source may have partitions, each with a position of its own.
    R"(CREATE TABLE positions_by_partition (
         queue TEXT, partition INTEGER, next INTEGER NOT NULL, PRIMARY KEY (queue, partition)) STRICT, WITHOUT ROWID;
       INSERT INTO positions_by_partition SELECT queue, 0, next FROM positions;
       DROP TABLE positions;
       ALTER TABLE positions_by_partition RENAME TO positions;)",
};

inline constexpr queue::embedded::Schema kGradebookSchema{.application_id = 0x4F744D47,  // "OtMG"
                                                          .migrations = kGradebookMigrations};

}  // namespace otmetka::gradebook
