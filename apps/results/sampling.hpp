#pragma once
// How the paths of a result were drawn: in words, and as JSON.

#include <string>

#include <nlohmann/json.hpp>

#include "models/assess/assessment.hpp"

namespace hedgerow::results {

/// What was asked for and used, why, and how well the weights behave; empty for plain sampling that was asked
/// for.
std::string sampling_text(const models::Assessment& assessment);

/// The key `sampling` of a results document (docs/results.md).
nlohmann::ordered_json sampling_json(const models::SamplingReport& report);

/// "total_cost.p99.9", as a limit on the number would be written.
std::string output_name(std::string_view measure, models::MeasureStatistic::Kind kind, double level);

}  // namespace hedgerow::results
