#include "apps/import/moment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace hedgerow::intake {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int latest_year = 9998;  // 9999 stands for no end, and a month later there are five digits

bool is_decimal_digit(char c) { return c >= '0' && c <= '9'; }

/// The second in which so many hours since 1970 lie.
Moment moment_of(double since_1970) {
  return Moment(seconds(static_cast<long>(std::floor(since_1970 * 3600.0 + 1e-3))));
}

/// Takes what it can off the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : left_(text) {}

  bool done() const { return left_.empty(); }
  bool take(char c) {
    if (!left_.starts_with(c)) return false;
    left_.remove_prefix(1);
    return true;
  }
  /// A number of `least` to `most` digits.
  std::optional<int> number(std::size_t least, std::size_t most) {
    std::size_t size = 0;
    int value = 0;
    for (; size < std::min(left_.size(), most) && is_decimal_digit(left_[size]); ++size)
      value = 10 * value + (left_[size] - '0');
    if (size < least) return std::nullopt;
    left_.remove_prefix(size);
    return value;
  }
  void skip_digits() {
    while (!left_.empty() && is_decimal_digit(left_.front())) left_.remove_prefix(1);
  }
  std::string_view left() const { return left_; }

 private:
  std::string_view left_;
};

std::optional<Moment> day(int year, int month, int day_of_month) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day_of_month))};
  if (!date.ok() || year < 1900 || year > latest_year) return std::nullopt;
  return Moment(std::chrono::sys_days(date));
}

struct Time {
  seconds since_midnight{0};
  bool whole = false;  ///< hours, minutes and seconds, nothing finer
};

/// 22:00:00, 22:00, 22:00:00.123; 24:00:00 is the end of a day.
std::optional<Time> take_time(Scanner& scan) {
  const std::optional<int> hour = scan.number(1, 2);
  if (!hour || !scan.take(':')) return std::nullopt;
  const std::optional<int> minute = scan.number(2, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::optional<int> second = 0;
  bool whole = false;
  if (scan.take(':')) {
    second = scan.number(2, 2);
    whole = true;
    if (!second || *second > 60) return std::nullopt;
    if (scan.take('.') || scan.take(',')) {
      whole = false;
      scan.skip_digits();
    }
  }
  const seconds time = hours(*hour) + minutes(*minute) + seconds(*second);
  if (time > hours(24)) return std::nullopt;
  return Time{time, whole};
}

/// +02:00, -0500, +01; what is to be taken from a local time to make it UTC.
std::optional<seconds> take_utc_offset(Scanner& scan) {
  const bool west = scan.take('-');
  if (!west && !scan.take('+')) return std::nullopt;
  const std::optional<int> hour = scan.number(2, 2);
  if (!hour || *hour > 14) return std::nullopt;
  std::optional<int> minute = 0;
  if (!scan.done()) {
    scan.take(':');
    minute = scan.number(2, 2);
  }
  if (!minute || *minute > 59) return std::nullopt;
  const seconds offset = hours(*hour) + minutes(*minute);
  return west ? -offset : offset;
}

/// Z, UTC or an offset, to the end: what is to be taken from a local time. Nothing where it is none of these.
std::optional<seconds> take_zone(Scanner& scan) {
  scan.take(' ');
  if (scan.left() == "Z" || scan.left() == "z" || scan.left() == "UTC") return seconds(0);
  const std::optional<seconds> offset = take_utc_offset(scan);
  return scan.done() ? offset : std::nullopt;
}

std::optional<ReadMoment> read_month_day_year(std::string_view text) {
  Scanner scan(text);
  const std::optional<int> month = scan.number(1, 2);
  if (!month || !scan.take('/')) return std::nullopt;
  const std::optional<int> day_of_month = scan.number(1, 2);
  if (!day_of_month || !scan.take('/')) return std::nullopt;
  const std::size_t before = scan.left().size();
  const std::optional<int> year = scan.number(2, 4);
  const std::size_t digits = before - scan.left().size();
  if (!year || digits == 3) return std::nullopt;
  const std::optional<Moment> date = day(digits == 2 ? 2000 + *year : *year, *month, *day_of_month);
  if (!date) return std::nullopt;
  if (scan.done()) return ReadMoment{*date, MomentForm::month_day_year};
  if (!scan.take(' ')) return std::nullopt;
  const std::optional<Time> time = take_time(scan);
  if (!time || !scan.done()) return std::nullopt;
  return ReadMoment{*date + time->since_midnight, MomentForm::month_day_year};
}

}  // namespace

std::optional<ReadMoment> read_iso_moment(std::string_view text) {
  Scanner scan(text);
  const std::optional<int> year = scan.number(4, 4);
  if (!year || !scan.take('-')) return std::nullopt;
  const std::optional<int> month = scan.number(2, 2);
  if (!month || !scan.take('-')) return std::nullopt;
  const std::optional<int> day_of_month = scan.number(2, 2);
  if (!day_of_month) return std::nullopt;
  const std::optional<Moment> date = day(*year, *month, *day_of_month);
  if (!date) return std::nullopt;
  if (scan.done()) return ReadMoment{*date, MomentForm::iso_like};
  const bool has_t = scan.take('T');
  if (!has_t && !scan.take('t') && !scan.take(' ')) return std::nullopt;
  const std::optional<Time> time = take_time(scan);
  if (!time) return std::nullopt;
  const Moment at = *date + time->since_midnight;
  if (scan.done()) return ReadMoment{at, MomentForm::iso_like};
  const bool is_utc = has_t && time->whole && scan.left() == "Z";
  const std::optional<seconds> offset = take_zone(scan);
  if (!offset) return std::nullopt;
  return ReadMoment{at - *offset, is_utc ? MomentForm::iso_utc : MomentForm::iso_like, true};
}

std::optional<ReadMoment> read_moment(std::string_view text) {
  if (const std::optional<ReadMoment> iso = read_iso_moment(text)) return iso;
  return read_month_day_year(text);
}

int month_number(Moment at) {
  const std::chrono::year_month_day date(std::chrono::floor<days>(at));
  return 12 * static_cast<int>(date.year()) + static_cast<int>(static_cast<unsigned>(date.month())) - 1;
}

std::string month_name(int month_number) {
  return fmt::format("{:04}-{:02}", month_number / 12, month_number % 12 + 1);
}

Moment month_start(int month_number) {
  return Moment(std::chrono::sys_days(std::chrono::year(month_number / 12) /
                                      std::chrono::month(static_cast<unsigned>(month_number % 12 + 1)) / 1));
}

std::string day_name(Moment at) {
  const std::chrono::year_month_day date(std::chrono::floor<days>(at));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

double hours_of(Moment at) { return static_cast<double>(at.time_since_epoch().count()) / 3600.0; }

std::string day_text(double since_1970) { return day_name(moment_of(since_1970)); }

std::string minute_text(double since_1970) {
  const auto minute = std::chrono::round<minutes>(moment_of(since_1970));
  const auto midnight = std::chrono::floor<days>(minute);
  const auto since = (minute - midnight).count();
  return fmt::format("{}T{:02}:{:02}Z", day_name(midnight), since / 60, since % 60);
}

}  // namespace hedgerow::intake
