#include "apps/config/spelling.hpp"

#include <doctest/doctest.h>

namespace spelling_test {

using namespace hedgerow::config;

TEST_CASE("edit distance") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("Saturday", "sunday") == 3);
  CHECK(edit_distance("outgaes", "outages") == 1);
  CHECK(edit_distance("ca", "abc") == 3);  // optimal string alignment
  CHECK(edit_distance("RATE", "rate") == 0);
}

TEST_CASE("only near words are meant") {
  CHECK(nearest("equity_steak", {"equity_stake", "product_overlap"}) == "equity_stake");
  CHECK(nearest("rtae", {"rate", "duration"}) == "rate");
  CHECK(nearest("x", {"rate", "duration"}).empty());
  CHECK(nearest("weather", {"rate", "duration"}).empty());
  CHECK(nearest("a", {"b"}).empty());
  CHECK(suggestion("rtae", {"rate"}) == "did you mean rate?");
  CHECK(suggestion("weather", {"rate", "duration"}) == "known: rate, duration");
  CHECK(suggestion("weather", {}).empty());
}

}  // namespace spelling_test
