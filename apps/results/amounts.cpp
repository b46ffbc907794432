#include "apps/results/amounts.hpp"

#include <cmath>

#include <fmt/format.h>

#include "apps/results/format.hpp"
#include "apps/results/precision.hpp"

namespace hedgerow::results {

using measure::Estimate;

std::string amount_text(const Estimate& of, std::string_view currency) {
  const Scale scale = scale_for(of.value);
  return fmt::format("{} {}", with_error(of.value, half_width(of), scale),
                     unit_name(scale, printable(currency)));
}

std::string percent_text(const Estimate& of) {
  const auto half = half_width(of);
  return with_error(100.0 * of.value, half ? std::optional(100.0 * *half) : std::nullopt, {}) + " %";
}

std::string share_text(double fraction) {
  const double percent = 100.0 * fraction;
  return number(percent, percent < 10.0 ? 1 : 0) + " %";
}

Estimate size_of(Estimate of) {
  of.value = std::abs(of.value);
  return of;
}

}  // namespace hedgerow::results
