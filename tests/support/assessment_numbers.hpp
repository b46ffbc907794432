#pragma once
// Every number of an Assessment in a list with a name for each, so that two can be compared bit for bit.

#include <doctest/doctest.h>

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/assess/assessment.hpp"

namespace hedgerow::test {

/// A number of an assessment, and whether it scales with the unit of money (logarithms do not).
struct NamedNumber {
  std::string name;
  std::optional<double> value;
  bool money;
};

/// Walks an Assessment; a new field there belongs into the walker, too.
class AssessmentNumbers {
 public:
  explicit AssessmentNumbers(const models::Assessment& assessment);
  /// Those of one strategy only.
  explicit AssessmentNumbers(const models::StrategySummary& summary);

  const std::vector<NamedNumber>& all() const& { return all_; }
  std::vector<NamedNumber> all() && { return std::move(all_); }

 private:
  std::vector<NamedNumber> all_;
};

bool same_bits(const std::optional<double>& a, const std::optional<double>& b);

/// Names of the numbers that differ, at most ten; empty if all bits are equal.
std::string differences(const AssessmentNumbers& a, const AssessmentNumbers& b);

template <class Part>
void check_same_bits(const Part& a, const Part& b) {
  const AssessmentNumbers ours(a), theirs(b);
  REQUIRE(ours.all().size() > 20);
  CHECK(differences(ours, theirs) == "");
}

/// Money in b is `scale` times that in a, everything else is equal, to the relative `tolerance`; amounts
/// next to nothing beside `typical` may be rounding.
template <class Part>
void check_scaled(const Part& a, const Part& b, double scale, double tolerance, double typical) {
  const AssessmentNumbers ours(a), theirs(b);
  REQUIRE(ours.all().size() == theirs.all().size());
  for (std::size_t i = 0; i < ours.all().size(); ++i) {
    const NamedNumber &x = ours.all()[i], &y = theirs.all()[i];
    CAPTURE(x.name);
    REQUIRE(x.value.has_value() == y.value.has_value());
    if (!x.value || x.name.ends_with("log_mean.value")) continue;
    const double expected = *x.value * (x.money ? scale : 1.0);
    const double slack = x.money ? std::max(std::abs(expected), scale * typical) : std::abs(expected) + 1e-3;
    CHECK(std::abs(*y.value - expected) <= tolerance * slack);
  }
}

}  // namespace hedgerow::test
