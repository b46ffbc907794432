// What a budget of time allows for, besides the paths themselves.

#include "models/assess/paths/time_budget.hpp"

#include <doctest/doctest.h>

#include "tests/support/worlds.hpp"

namespace time_budget_test {

using namespace hedgerow;
using namespace hedgerow::models;

TEST_CASE("answers take time as well, the more the more paths there are") {
  TimeBudget budget(worlds::study(worlds::w0(), 1024, 7), 3600.0, 1);
  budget.start_playing(0);
  CHECK(budget.affords(1024, 1024));
  constexpr std::uint64_t very_many = 1'000'000'000'000;  // all of them there already
  CHECK_FALSE(budget.affords(very_many, very_many));
}

TEST_CASE("what is over affords nothing") {
  TimeBudget budget(worlds::study(worlds::w0(), 1024, 7), 1e-6, 1);
  budget.start_playing(0);
  CHECK_FALSE(budget.affords(1024, 1024));
}

}  // namespace time_budget_test
