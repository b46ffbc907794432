#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "models/placement/instants.hpp"

namespace instants_test {

using hedgerow::models::Instants;

namespace {

std::vector<double> listed(const Instants& instants) {
  std::vector<double> all;
  for (std::size_t i = 0; i < instants.size(); ++i) all.push_back(instants[i]);
  return all;
}

}  // namespace

TEST_CASE("instants are those of a sorted set, whatever the order in which they came") {
  std::mt19937 random(1);
  for (int trial = 0; trial < 200; ++trial) {
    const double later = trial % 3, end = 12.0;
    Instants points, ours, theirs;
    std::set<double> expected;
    for (int i = 0; i < 12; ++i) {  // few whole numbers: many are equal
      ours.add(static_cast<double>(random() % 10));
      theirs.add(static_cast<double>(random() % 15));
    }
    const std::vector<double> in_order = listed(ours);
    CHECK(in_order.size() == 12);
    CHECK(std::is_sorted(in_order.begin(), in_order.end()));
    expected.insert(in_order.begin(), in_order.end());
    for (const double instant : listed(theirs))
      if (instant + later <= end) expected.insert(instant + later);
    points.merge(ours, 0.0, end);
    points.merge(theirs, later, end);
    CHECK(listed(points) == std::vector<double>(expected.begin(), expected.end()));
  }
}

TEST_CASE("instants that are cleared are gone") {
  Instants instants;
  instants.add(1.0);
  instants.clear();
  CHECK(instants.size() == 0);
}

}  // namespace instants_test
