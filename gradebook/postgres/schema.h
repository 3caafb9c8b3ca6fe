// The tables of a gradebook in a PostgreSQL database; gradebook/README.md says what each is for.
#pragma once

#include <array>
#include <string>

#include "gradebook/postgres/connection.h"

namespace otmetka::gradebook::postgres {

// kPostgresMigrations[i] takes a schema from version i to i + 1. Times are microseconds since 1970. Ids and hashes are bytes,
// whatever the database's encoding and order are: a NUL is no error, and rows come as SQLite has them. A row stands whole in
// its table, and what was displaced whole in the history: the first result of a row, that is nearly every one, costs one line
// in one table. Payloads stay in the line up to 8 KiB, uncompressed: 1–2 KiB are usual.
inline constexpr std::array kPostgresMigrations{
    R"(CREATE TABLE specs (sha256 bytea PRIMARY KEY, spec_id bytea NOT NULL, bytes bytea NOT NULL);
       CREATE TABLE assignments (
         id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
         assignment bytea NOT NULL, tenant bytea NOT NULL, UNIQUE (assignment, tenant));
       CREATE TABLE attempts (
         assignment_id bigint NOT NULL, learner bytea NOT NULL, attempt_no integer NOT NULL,
         submission_id bytea NOT NULL, failed boolean NOT NULL, submitted_at bigint, grade_epoch bigint NOT NULL,
         revision bigint NOT NULL, content_sha256 bytea NOT NULL, spec_sha256 bytea NOT NULL,
         result_id bytea NOT NULL,
         payload bytea NOT NULL,  -- otmetka.v1.ScoredResult
         PRIMARY KEY (assignment_id, learner, attempt_no)) WITH (fillfactor = 85, toast_tuple_target = 8160);
       CREATE INDEX attempts_by_submission ON attempts USING hash (submission_id);
       CREATE TABLE history (
         assignment_id bigint NOT NULL, learner bytea NOT NULL, attempt_no integer NOT NULL,
         submission_id bytea NOT NULL, failed boolean NOT NULL, submitted_at bigint, grade_epoch bigint NOT NULL,
         revision bigint NOT NULL, content_sha256 bytea NOT NULL, spec_sha256 bytea NOT NULL,
         result_id bytea NOT NULL,
         payload bytea NOT NULL) WITH (toast_tuple_target = 8160);
       CREATE INDEX history_by_row ON history (assignment_id, learner, attempt_no, submission_id);
       CREATE INDEX history_by_submission ON history USING hash (submission_id);
       CREATE TABLE positions (
         queue bytea, partition integer, next bigint NOT NULL, PRIMARY KEY (queue, partition)) WITH (fillfactor = 50);
       CREATE TABLE counters (name bytea PRIMARY KEY, value bigint NOT NULL);
       INSERT INTO counters VALUES ('conflicts', 0);

       -- For regrading.
       CREATE TABLE submissions (
         tenant bytea, submission_id bytea, encoding integer NOT NULL, received_at bigint NOT NULL,
         payload bytea NOT NULL,
         PRIMARY KEY (tenant, submission_id));
       CREATE TABLE overrides (
         assignment_id bigint, learner bytea,
         attempt_no integer,  -- 0: the final mark
         part_id bytea,       -- '': the whole
         points_num bigint NOT NULL, points_den bigint NOT NULL CHECK (points_den > 0),
         who text NOT NULL, why text NOT NULL, at bigint NOT NULL,
         PRIMARY KEY (assignment_id, learner, attempt_no, part_id));
       CREATE TABLE locks (
         assignment_id bigint, learner bytea,
         attempt_no integer,  -- 0: all
         who text NOT NULL, why text NOT NULL, at bigint NOT NULL,
         PRIMARY KEY (assignment_id, learner, attempt_no));
       CREATE TABLE due_dates (
         assignment_id bigint,
         learner bytea,       -- '': everybody
         version integer,
         due_at bigint,       -- NULL: none
         who text NOT NULL, why text NOT NULL, at bigint NOT NULL,
         PRIMARY KEY (assignment_id, learner, version));
       CREATE TABLE rubrics (
         assignment_id bigint, version integer,
         rubric bytea NOT NULL,  -- otmetka.v1.Rubric
         who text NOT NULL, why text NOT NULL, at bigint NOT NULL,
         PRIMARY KEY (assignment_id, version));
       CREATE TABLE regrades (
         id bytea PRIMARY KEY, assignment_id bigint NOT NULL, grade_epoch bigint NOT NULL, spec_sha256 bytea NOT NULL,
         state text NOT NULL CHECK (state IN ('staged', 'applied', 'undone', 'dropped')),
         who text NOT NULL, why text NOT NULL, at bigint NOT NULL);
       CREATE TABLE staged_results (
         regrade bytea REFERENCES regrades (id), assignment_id bigint, learner bytea, attempt_no integer, payload bytea NOT NULL,
         PRIMARY KEY (regrade, assignment_id, learner, attempt_no));
       CREATE TABLE audit (
         id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at bigint NOT NULL, who text NOT NULL, action text NOT NULL,
         subject text NOT NULL, detail text NOT NULL);)",
};

// A schema's name as SQL wants it.
std::string quoted_name(const std::string& name);

// Makes or migrates the tables of `schema`, the first of the connection's search path, under a lock of the server's: any
// number of processes may do it at once, and the usual opening writes nothing. `must_exist`: OT421 where there are none.
// OT474: of a newer version, and left alone.
Status prepare_schema(Connection& connection, const std::string& schema, bool must_exist);

}  // namespace otmetka::gradebook::postgres
