#include "apps/import/time_stamp.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

namespace hedgerow::intake {
namespace {

constexpr double hours_per_day = 24.0;

/// Takes what a time stamp is made of off the front of a text.
class Taker {
 public:
  explicit Taker(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  bool take(std::string_view any_of) {
    if (text_.empty() || any_of.find(text_.front()) == std::string_view::npos) return false;
    text_.remove_prefix(1);
    return true;
  }
  /// A number of exactly so many digits.
  std::optional<int> digits(std::size_t count) {
    if (text_.size() < count) return std::nullopt;
    int number = 0;
    for (const char c : text_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      number = 10 * number + (c - '0');
    }
    text_.remove_prefix(count);
    return number;
  }
  /// What stands behind the point of a second.
  double fraction() {
    double value = 0.0, place = 0.1;
    while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
      value += place * (text_.front() - '0');
      place *= 0.1;
      text_.remove_prefix(1);
    }
    return value;
  }
  char front() const { return text_.empty() ? '\0' : text_.front(); }

 private:
  std::string_view text_;
};

std::optional<double> take_day(Taker& from) {
  const auto year = from.digits(4);
  if (!year || *year < 1970 || !from.take("-")) return std::nullopt;
  const auto month = from.digits(2);
  if (!month || !from.take("-")) return std::nullopt;
  const auto day = from.digits(2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return hours_per_day * static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::optional<double> take_time_of_day(Taker& from) {
  const auto hour = from.digits(2);
  if (!hour || *hour > 23 || !from.take(":")) return std::nullopt;
  const auto minute = from.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  double seconds = 0.0;
  if (from.take(":")) {
    const auto whole = from.digits(2);
    if (!whole || *whole > 59) return std::nullopt;
    seconds = *whole;
    if (from.take(".,")) seconds += from.fraction();
  }
  return *hour + (*minute + seconds / 60.0) / 60.0;
}

/// Hours east of UTC; nothing where what follows is no offset.
std::optional<double> take_offset(Taker& from) {
  if (from.take("Zz")) return 0.0;
  const double sign = from.front() == '-' ? -1.0 : 1.0;
  if (!from.take("+-")) return std::nullopt;
  const auto hours = from.digits(2);
  if (!hours || *hours > 23) return std::nullopt;
  if (from.at_end()) return sign * *hours;
  from.take(":");
  const auto minutes = from.digits(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return sign * (*hours + *minutes / 60.0);
}

std::chrono::year_month_day day_of(double hours) {
  const std::chrono::days days(static_cast<long>(std::floor(hours / hours_per_day)));
  return std::chrono::year_month_day(std::chrono::sys_days(days));
}

}  // namespace

std::optional<TimeStamp> read_time_stamp(std::string_view text) {
  Taker from(text);
  const auto day = take_day(from);
  if (!day) return std::nullopt;
  if (from.at_end()) return TimeStamp{*day, false};
  if (!from.take("Tt ")) return std::nullopt;
  const auto time = take_time_of_day(from);
  if (!time) return std::nullopt;
  if (from.at_end()) return TimeStamp{*day + *time, false};
  from.take(" ");
  const auto offset = take_offset(from);
  if (!offset || !from.at_end()) return std::nullopt;
  return TimeStamp{*day + *time - *offset, true};
}

std::string day_text(double hours) {
  const auto date = day_of(hours);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string minute_text(double hours) {
  const double to_the_minute = std::round(hours * 60.0) / 60.0;
  const int minutes = static_cast<int>(
      std::lround((to_the_minute - hours_per_day * std::floor(to_the_minute / hours_per_day)) * 60.0));
  return fmt::format("{}T{:02}:{:02}Z", day_text(to_the_minute), minutes / 60, minutes % 60);
}

}  // namespace hedgerow::intake
