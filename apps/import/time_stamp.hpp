#pragma once
// Dates and times as logs write them (ISO 8601), in hours since the beginning of 1970, UTC.

#include <optional>
#include <string>
#include <string_view>

namespace hedgerow::intake {

/// A time that was read. `zoned` is false where it said no offset from UTC; it is then taken as UTC.
struct TimeStamp {
  double hours;
  bool zoned;
};

/// 2025-10-20, 2025-10-20T07:11, 2025-10-20 07:11:05.250Z, 2025-10-20T07:11:00+02:00 (or +0200, +02), years
/// 1970 to 9999. Nothing where the text is none of these, or where there is no such day or time of day.
std::optional<TimeStamp> read_time_stamp(std::string_view text);

/// "2025-10-20": the day in which the time lies.
std::string day_text(double hours);

/// "2025-10-20T07:11Z", to the minute.
std::string minute_text(double hours);

}  // namespace hedgerow::intake
