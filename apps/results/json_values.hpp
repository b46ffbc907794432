#pragma once
// How single numbers of a result are written as JSON. NaN never: what is not a number is null.

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "models/assess/assessment.hpp"

namespace hedgerow::results {

using Json = nlohmann::ordered_json;

inline Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
inline Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

inline Json interval(const measure::Interval& of) {
  return Json::array({number(of.lower), number(of.upper)});
}

inline Json estimate(const measure::Estimate& of) {
  return {{"value", number(of.value)}, {"se", number(of.standard_error)}};
}
inline Json estimate(const std::optional<measure::Estimate>& of) {
  return of ? estimate(*of) : Json(nullptr);
}

/// {"level", "value", "se"}.
inline Json at_level(double level, const measure::Estimate& of) {
  return {{"level", level}, {"value", number(of.value)}, {"se", number(of.standard_error)}};
}

inline Json percentiles(const std::vector<models::Percentile>& of) {
  Json all = Json::array();
  for (const models::Percentile& p : of)
    all.push_back({{"level", p.level}, {"value", number(p.value)}, {"ci", interval(p.interval)}});
  return all;
}

}  // namespace hedgerow::results
