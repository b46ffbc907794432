#pragma once
// Points in time as incident logs, billing exports and registers write them.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hedgerow::intake {

using Moment = std::chrono::sys_seconds;  ///< UTC

/// How a point in time was written.
enum class MomentForm {
  iso_utc,         ///< 2024-09-01T00:00:00Z, as FOCUS wants it
  iso_like,        ///< 2024-09-01 00:00:00, 2024-09-01, with fractions (cut off) or an offset from UTC
  month_day_year,  ///< 9/1/24 or 9/1/2024, perhaps with a time, as American spreadsheets write it
};

struct ReadMoment {
  Moment at;
  MomentForm form;
  bool zoned = false;  ///< it said Z, UTC or an offset; otherwise it is taken as UTC
};

/// Nothing for a text that is no point in time, or a day that no calendar has.
std::optional<ReadMoment> read_moment(std::string_view text);
/// The same, but only what begins with year, month and day.
std::optional<ReadMoment> read_iso_moment(std::string_view text);

/// Months since year 0, for arithmetic: 12 year + month - 1.
int month_number(Moment at);
/// "2024-09".
std::string month_name(int month_number);
/// The first second of the month.
Moment month_start(int month_number);
/// "2024-09-18".
std::string day_name(Moment at);

/// Since the beginning of 1970.
double hours_of(Moment at);
/// "2024-09-18": the day in which so many hours since 1970 lie.
std::string day_text(double hours);
/// "2024-09-18T07:11Z", to the minute.
std::string minute_text(double hours);

}  // namespace hedgerow::intake
