#pragma once
// Present values under continuous compounding, and the calendar of plan years (docs/model/path.md).

#include <cmath>

namespace hedgerow::models {

/// Where a month begins rounding does not count [month]: 0.5 yr is 6 months, not 6.0000000001.
inline constexpr double month_tolerance = 1e-9;

/// Discounts with a constant rate r [1/yr], continuously compounded.
class Discounting {
 public:
  explicit Discounting(double rate) : rate_(rate) {}

  /// Present value of 1 paid at time t [yr]: exp(-r t).
  double factor(double t) const { return std::exp(-rate_ * t); }

  /// Present value of a flow of 1 per year over [from, to] [yr]: (exp(-r from) - exp(-r to)) / r.
  double flow(double from, double to) const { return flow(from, to, factor(from)); }
  /// The same where factor(from) is known.
  double flow(double from, double to, double factor_from) const {
    const double x = rate_ * (to - from);
    return factor_from * (to - from) *
           (std::abs(x) < longest_series ? mean_factor_series(x) : mean_factor(x));
  }

  /// (1 - exp(-x)) / x, the mean discount factor over a time in which the exponent grows by x != 0.
  static double mean_factor(double x) { return -std::expm1(-x) / x; }
  /// The same by its power series: most flows last hours. Relative error below 1e-16 for |x| < 0.02.
  static double mean_factor_series(double x) {
    constexpr double half = 1.0 / 2, third = 1.0 / 3, fourth = 1.0 / 4, fifth = 1.0 / 5, sixth = 1.0 / 6,
                     seventh = 1.0 / 7;
    return 1.0 -
           x * half *
               (1.0 -
                x * third * (1.0 - x * fourth * (1.0 - x * fifth * (1.0 - x * sixth * (1.0 - x * seventh)))));
  }
  static constexpr double longest_series = 0.02;

 private:
  double rate_;
};

/// Calls visit(year, from, to) for the part of [from, to) in each plan year it meets; year 0 is [0, 1).
template <class Visit>
void for_each_year(double from, double to, Visit visit) {
  while (from < to) {
    const int year = static_cast<int>(from);
    const double end = to < year + 1.0 ? to : year + 1.0;
    visit(year, from, end);
    from = end;
  }
}

}  // namespace hedgerow::models
