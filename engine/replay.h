// A stored result graded again from its own trace.
#pragma once

#include "engine/compiled_spec.h"
#include "model/result.h"
#include "model/scored_result.h"

namespace otmetka::engine {

// Rebuilds the answers from the traces of `stored` (made with explain) and grades them by `spec`, which must be the one
// of stored.spec_sha256. The parts of what comes back are byte for byte those of `stored`, or something was tampered
// with or is not deterministic. OT382: the trace is missing or quotes only the beginning of a long answer.
Result<ScoredResult> replay(const CompiledSpec& spec, const ScoredResult& stored);

}  // namespace otmetka::engine
