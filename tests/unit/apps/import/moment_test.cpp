#include "apps/import/moment.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace hedgerow::intake {
namespace {

long seconds(std::string_view text) {
  const auto read = read_moment(text);
  return read ? static_cast<long>(read->at.time_since_epoch().count()) : -1;
}

TEST_CASE("points in time are seconds since 1970") {  // by `date -u -d … +%s`
  CHECK(seconds("2024-09-18T23:00:00Z") == 1726700400);
  CHECK(seconds("2024-02-29T00:00:00Z") == 1709164800);
  CHECK(seconds("2024-09-18 23:00:00") == 1726700400);
  CHECK(seconds("2024-09-18") == 1726617600);
  CHECK(seconds("2024-09-18T23:00:00.123Z") == 1726700400);
  CHECK(seconds("2024-09-19T01:00:00+02:00") == 1726700400);
  CHECK(seconds("2024-09-18 18:00:00 -0500") == 1726700400);
  CHECK(seconds("2024-09-18T24:00:00Z") == 1726704000);
  CHECK(seconds("2024-09-18t17:30:00-05:30") == 1726700400);
  CHECK(seconds("2024-09-19T01:00:00,5 +02") == 1726700400);
  CHECK(seconds("2024-09-18 23:00:00 UTC") == 1726700400);
  CHECK(seconds("1970-01-01") == 0);
  CHECK(seconds("9/18/24") == 1726617600);
  CHECK(seconds("9/18/2024 23:00") == 1726700400);
}

TEST_CASE("the form is told") {
  CHECK(read_moment("2024-09-18T23:00:00Z")->form == MomentForm::iso_utc);
  CHECK(read_moment("2024-09-18T23:00Z")->form == MomentForm::iso_like);
  CHECK(read_moment("2024-09-18 23:00:00")->form == MomentForm::iso_like);
  CHECK(read_moment("5/1/25")->form == MomentForm::month_day_year);
}

TEST_CASE("a time without a zone is UTC and says so") {
  for (const char* text :
       {"2024-09-18T23:00Z", "2024-09-18t23:00z", "2024-09-18T23:00 UTC", "2024-09-18T23:00-05"})
    CHECK(read_moment(text)->zoned);
  for (const char* text : {"2024-09-18T23:00", "2024-09-18", "9/18/24"})
    CHECK_FALSE(read_moment(text)->zoned);
}

TEST_CASE("a month before a day is no ISO date") {
  CHECK(read_iso_moment("2024-09-18 23:00")->at == read_moment("2024-09-18 23:00")->at);
  CHECK_FALSE(read_iso_moment("9/18/24"));
}

TEST_CASE("what no calendar has is refused") {
  for (const char* text : {"",
                           "2023-02-29",
                           "2024-13-01",
                           "2024-00-10",
                           "2024-09-31",
                           "2023-02-01T30:00:00Z",
                           "31/12/2024",
                           "2024-09-18T23:60:00Z",
                           "2024-09-18T",
                           "18.09.2024",
                           "2024/09/18",
                           "5/1/125",
                           "5/1",
                           "2024-09-18X",
                           "2024-09-18 23:00:00 PST",
                           "0000-01-01",
                           "9999-12-31",
                           "2024-9-1",
                           "2024-09-18T24:00:01Z",
                           "2024-09-18T07:11Zx",
                           "2024-09-18T07:11+",
                           "2024-09-18T07:11+2",
                           "2024-09-18T07:11+25:00",
                           "2024-09-18T07:11:05+02:",
                           "2024-09-18T07:11:61Z",
                           "-2024-09-18",
                           "NULL",
                           "２024-09-18",
                           "20240918"}) {
    CAPTURE(text);
    CHECK_FALSE(read_moment(text));
  }
}

TEST_CASE("months are counted") {
  const int september = month_number(read_moment("2024-09-18")->at);
  CHECK(month_name(september) == "2024-09");
  CHECK(month_name(september + 4) == "2025-01");
  CHECK(day_name(month_start(september + 4)) == "2025-01-01");
}

TEST_CASE("hours since 1970 are written as the times that they are") {
  for (const char* text :
       {"1970-01-01T00:00Z", "1969-12-31T23:59Z", "2025-10-20T07:11Z", "2024-02-29T23:59Z"}) {
    CHECK(minute_text(hours_of(read_moment(text)->at)) == text);
    CHECK(day_text(hours_of(read_moment(text)->at)) == std::string(text).substr(0, 10));
  }
  CHECK(hours_of(read_moment("2025-10-20T07:11:05Z")->at) * 3600.0 ==
        doctest::Approx(1760944265.0).epsilon(1e-15));
  CHECK(minute_text(hours_of(read_moment("2025-12-31T23:59:45Z")->at)) == "2026-01-01T00:00Z");
}

}  // namespace
}  // namespace hedgerow::intake
