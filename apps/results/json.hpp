#pragma once
// The result as `hedgerow-results/1` (docs/results.md): versioned, without NaN, 64-bit integers as
// strings, numbers by shortest round trip.

#include <nlohmann/json.hpp>

#include "apps/results/provenance.hpp"
#include "models/assess/answers.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::results {

inline constexpr const char* format_name = "hedgerow-results/1";

/// Everything but `provenance` hangs on the study and the number of paths alone, bit for bit.
nlohmann::ordered_json to_json(const models::Study& study, const models::Assessment& assessment,
                               const Provenance& provenance);
/// With stories, what-ifs and verdicts.
nlohmann::ordered_json to_json(const models::Study& study, const models::Answers& answers,
                               const Provenance& provenance);

}  // namespace hedgerow::results
