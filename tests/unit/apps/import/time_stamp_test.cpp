#include "apps/import/time_stamp.hpp"

#include <doctest/doctest.h>

namespace time_stamp_test {

using namespace hedgerow::intake;

TEST_CASE("times in the forms that logs write") {
  // date -u -d 2025-10-20T07:11:05Z +%s gives 1760944265.
  constexpr double seconds = 1760944265.0;
  for (const char* text : {"2025-10-20T07:11:05Z", "2025-10-20 07:11:05Z", "2025-10-20T09:11:05+02:00",
                           "2025-10-20T09:11:05+0200", "2025-10-20T09:11:05+02", "2025-10-20t01:41:05-05:30",
                           "2025-10-20T07:11:05.000Z", "2025-10-20 07:11:05 +00:00"}) {
    CAPTURE(text);
    const auto stamp = read_time_stamp(text);
    REQUIRE(stamp);
    CHECK(stamp->zoned);
    CHECK(stamp->hours == doctest::Approx(seconds / 3600.0).epsilon(1e-15));
  }
  CHECK(read_time_stamp("2025-10-20T07:11:05.5Z")->hours - seconds / 3600.0 == doctest::Approx(0.5 / 3600.0));
}

TEST_CASE("a time without a zone is UTC and says so") {
  CHECK_FALSE(read_time_stamp("2025-10-20T07:11")->zoned);
  CHECK_FALSE(read_time_stamp("2025-10-20")->zoned);
  CHECK(read_time_stamp("1970-01-01")->hours == 0.0);
  CHECK(read_time_stamp("2024-02-29")->hours == doctest::Approx(1709164800.0 / 3600.0));
}

TEST_CASE("what is no time is nothing") {
  for (const char* text : {"",
                           "2025",
                           "2025-10",
                           "2025-13-01",
                           "2025-02-29",
                           "2025-00-10",
                           "2025-10-20T",
                           "2025-10-20T7:11",
                           "2025-10-20T24:00Z",
                           "2025-10-20T07:60Z",
                           "2025-10-20T07:11:60Z",
                           "2025-10-20T07:11Zx",
                           "2025-10-20T07:11+",
                           "2025-10-20T07:11+2",
                           "2025-10-20T07:11+25:00",
                           "20251020",
                           "10/20/2025",
                           "1969-12-31",
                           "2025-10-20x",
                           "2025-10-20T07:11:05+02:",
                           "-2025-10-20",
                           "NULL",
                           "２025-10-20"}) {
    CAPTURE(text);
    CHECK_FALSE(read_time_stamp(text));
  }
}

TEST_CASE("times are written as they are read") {
  for (const char* text :
       {"1970-01-01T00:00Z", "2025-10-20T07:11Z", "2024-02-29T23:59Z", "9999-12-31T12:00Z"}) {
    CHECK(minute_text(read_time_stamp(text)->hours) == text);
    CHECK(day_text(read_time_stamp(text)->hours) == std::string(text).substr(0, 10));
  }
  CHECK(minute_text(read_time_stamp("2025-12-31T23:59:45Z")->hours) == "2026-01-01T00:00Z");
}

}  // namespace time_stamp_test
