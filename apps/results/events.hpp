#pragma once
// A replayed path as JSON, `hedgerow-events/1` (docs/results.md): every draw, and the ledger that each
// strategy made of them, so that anybody can work the path out again.

#include <nlohmann/json.hpp>

#include "models/assess/story/replay.hpp"

namespace hedgerow::results {

inline constexpr const char* events_format_name = "hedgerow-events/1";

nlohmann::ordered_json events_json(const models::Study& study, const models::Replay& replay);

}  // namespace hedgerow::results
