#include "apps/fit/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "apps/results/format.hpp"

namespace hedgerow::fitting {
namespace {

constexpr std::size_t margin = 7;                           // of "100 % |"
constexpr char nothing = ' ', data = 'o', law_alone = '*';  // the last is shown as ·

/// The share of the log that lasts longer than `hours`.
double share_at(const std::vector<fit::SurvivalStep>& curve, double hours) {
  const auto next = std::upper_bound(curve.begin(), curve.end(), hours,
                                     [](double h, const fit::SurvivalStep& step) { return h < step.value; });
  return next == curve.begin() ? 1.0 : std::prev(next)->after;
}

/// Hours along the axis, from a little before the first event to a little after the last.
class Axis {
 public:
  Axis(double first, double last, std::size_t columns)
      : low_(std::log(first / 1.3)), high_(std::log(last * 1.3)), columns_(columns) {}

  double hours(std::size_t column) const {
    return std::exp(low_ +
                    (high_ - low_) * (static_cast<double>(column) + 0.5) / static_cast<double>(columns_));
  }
  /// Round numbers under the columns where they stand.
  std::string labels() const {
    std::string line(columns_, ' ');
    std::size_t free = 0;
    for (double decade = 1e-3; decade < 1e7; decade *= 10.0)
      for (const double step : {1.0, 3.0}) put(line, free, decade * step);
    return line;
  }

 private:
  void put(std::string& line, std::size_t& free, double hours) const {
    const double at = (std::log(hours) - low_) / (high_ - low_) * static_cast<double>(columns_);
    const std::string label = fmt::format("{:g}", hours);
    if (at < static_cast<double>(free) ||
        at + static_cast<double>(label.size()) > static_cast<double>(columns_))
      return;
    const auto column = static_cast<std::size_t>(at);
    line.replace(column, label.size(), label);
    free = column + label.size() + 2;
  }

  double low_, high_;
  std::size_t columns_;
};

std::size_t row_of(double share, std::size_t height) {
  return static_cast<std::size_t>(std::lround((1.0 - share) * static_cast<double>(height - 1)));
}

std::string shown(const std::string& row, bool colour) {
  std::string text;
  for (const char c : row) {
    if (c == data && colour)
      text += "\033[1mo\033[0m";
    else
      text += c == law_alone ? "·" : std::string(1, c);
  }
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

}  // namespace

std::string draw_survival(const std::vector<fit::SurvivalStep>& curve, const models::FittedDuration& law,
                          const Canvas& canvas) {
  if (curve.empty()) return "";
  const std::size_t columns = std::max<std::size_t>(canvas.width, 40) - margin - 1;
  const Axis axis(curve.front().value, curve.back().value, columns);
  std::vector<std::string> rows(canvas.height, std::string(columns, nothing));
  for (std::size_t c = 0; c < columns; ++c) {
    rows[row_of(law.survival(axis.hours(c)), canvas.height)][c] = law_alone;
    rows[row_of(share_at(curve, axis.hours(c)), canvas.height)][c] = data;
  }
  std::string text;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const double percent = 100.0 * (1.0 - static_cast<double>(r) / static_cast<double>(canvas.height - 1));
    text += fmt::format("{:>4.0f} % |{}\n", percent, shown(rows[r], canvas.colour));
  }
  return text + fmt::format("{}+{}\n{} {}\n", std::string(margin, ' '), std::string(columns, '-'),
                            std::string(margin, ' '), shown(axis.labels(), false));
}

}  // namespace hedgerow::fitting
