#pragma once
// Points in time as billing exports and registers write them.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hedgerow::intake {

using Moment = std::chrono::sys_seconds;  ///< UTC

/// How a point in time was written.
enum class MomentForm {
  iso_utc,         ///< 2024-09-01T00:00:00Z, as FOCUS wants it
  iso_like,        ///< 2024-09-01 00:00:00, 2024-09-01, with fractions or an offset from UTC
  month_day_year,  ///< 9/1/24 or 9/1/2024, perhaps with a time, as American spreadsheets write it
};

struct ReadMoment {
  Moment at;
  MomentForm form;
};

/// Nothing for a text that is no point in time, or a day that no calendar has. Without an offset it is UTC.
std::optional<ReadMoment> read_moment(std::string_view text);

/// Months since year 0, for arithmetic: 12 year + month - 1.
int month_number(Moment at);
/// "2024-09".
std::string month_name(int month_number);
/// The first second of the month.
Moment month_start(int month_number);
/// "2024-09-18".
std::string day_name(Moment at);

}  // namespace hedgerow::intake
