#pragma once
// Names of numbers of an answer, as limits write them: total_cost.es_99, providers.azure.severed_by_horizon.

#include <stdexcept>
#include <string>
#include <string_view>

#include "apps/config/unit.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::config {

/// A text that names no number. `what()` says what is wrong; the reader puts the place and the text in front.
class BadMeasure : public std::runtime_error {
 public:
  explicit BadMeasure(const std::string& problem, std::string hint_text = "")
      : std::runtime_error(problem), hint(std::move(hint_text)) {}
  std::string hint;
};

/// The number that `text` names:
///
///     MEASURE.mean | MEASURE.pLEVEL | MEASURE.es_LEVEL     of total_cost, loss or a component
///     probability_cheaper
///     concentration.hhi_spend | concentration.hhi_risk
///     providers.NAME.severed_by_horizon
///
/// LEVEL is in percent, 0 < . < 100, with a point or an underscore: p99_5 and p99.5 are the same. Whether the
/// provider exists is not looked at. Throws BadMeasure.
models::LimitedNumber read_measure(std::string_view text);

/// A regular expression that every text which read_measure() takes matches.
std::string measure_pattern();

/// What a bound of the number is written in: an amount of money or a fraction.
Unit unit_of(const models::LimitedNumber& number);

}  // namespace hedgerow::config
