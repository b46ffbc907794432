// Laws of duration that are given by quantiles instead of by their parameters.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "apps/config/quantile_key.hpp"
#include "apps/config/quantity.hpp"
#include "apps/config/reader.hpp"
#include "models/outage/duration.hpp"
#include "models/outage/quantile_guess.hpp"

namespace hedgerow::config {
namespace {

constexpr std::size_t most_quantiles = 3;
constexpr double worth_telling = 0.1;  // part of a stated quantile by which a law misses it

std::string hours_text(double hours) { return fmt::format("{:.3g} h", hours); }

/// Two words for each law: what its parameters are, and how it is made from quantiles.
double& first_of(models::LognormalDuration& law) { return law.median.value; }
double& second_of(models::LognormalDuration& law) { return law.sigma; }
double& first_of(models::WeibullDuration& law) { return law.shape; }
double& second_of(models::WeibullDuration& law) { return law.scale.value; }

void set_through(models::LognormalDuration& law, const std::vector<models::DurationQuantile>& quantiles) {
  law = models::lognormal_through(quantiles);
}
void set_through(models::WeibullDuration& law, const std::vector<models::DurationQuantile>& quantiles) {
  law = models::weibull_through(quantiles);
}

}  // namespace

/// A quantile with where it stands.
struct Reader::StatedQuantile {
  std::string_view key;
  Mark place;
  models::DurationQuantile quantile;
};

/// The quantiles of the innermost map in order of their levels; nothing, and a complaint, where one cannot be
/// read or they do not rise.
std::optional<std::vector<Reader::StatedQuantile>> Reader::read_quantiles(const Key& quantile) {
  std::vector<StatedQuantile> stated;
  bool good = true;
  for (const std::string_view name : cursor_.keys()) {
    const auto level = quantile_level(name);
    if (!level) continue;
    double hours = 0.0;
    const auto found = cursor_.take(name);
    const Key key{.name = name, .unit = quantile.unit, .range = quantile.range, .help = quantile.help};
    if (found) configured_number(key, *found, hours);
    good = good && hours > 0.0;
    if (found) stated.push_back({name, found->place, {Fraction(*level), Hours(hours)}});
  }
  if (!good) return std::nullopt;
  std::sort(stated.begin(), stated.end(),
            [](const auto& a, const auto& b) { return a.quantile.level < b.quantile.level; });
  for (std::size_t i = 1; i < stated.size(); ++i) {
    const StatedQuantile &lower = stated[i - 1], &upper = stated[i];
    if (upper.quantile.level > lower.quantile.level && upper.quantile.value > lower.quantile.value) continue;
    cursor_.complain(upper.key, upper.place,
                     fmt::format("is {} (must be more than {} = {})", hours_text(upper.quantile.value.value),
                                 lower.key, hours_text(lower.quantile.value.value)));
    return std::nullopt;
  }
  if (stated.size() >= 2 && stated.size() <= most_quantiles) return stated;
  cursor_.complain(stated.front().key, stated.front().place,
                   stated.size() < 2 ? std::string("stands alone (a law needs two quantiles)")
                                     : fmt::format("is one of {} (two or three are enough)", stated.size()),
                   std::string(quantile.help));
  return std::nullopt;
}

/// Warns of what the experts may not have meant.
void Reader::warn_of_guess(const std::vector<StatedQuantile>& stated, const models::DurationLaw& law) {
  const models::Duration duration(law);
  const StatedQuantile& highest = stated.back();
  if (duration.mean() > highest.quantile.value.value)
    cursor_.warn(highest.key, highest.place,
                 fmt::format("is {}, yet the mean of this law is {}: the longest outages decide it",
                             hours_text(highest.quantile.value.value), hours_text(duration.mean())));
  for (const StatedQuantile& q : stated) {
    const double implied = duration.quantile(q.quantile.level.value);
    if (std::abs(implied / q.quantile.value.value - 1.0) > worth_telling)
      cursor_.warn(q.key, q.place,
                   fmt::format("is {}, and the nearest law of this kind has {} there",
                               hours_text(q.quantile.value.value), hours_text(implied)));
  }
}

template <class Law>
void Reader::read_guess(const Key& first, const Key& second, const Key& quantile, Law& law) {
  const auto stated = read_quantiles(quantile);
  for (const Key* key : {&first, &second})
    if (const auto found = cursor_.take(key->name))
      return cursor_.complain(key->name, found->place, "stands beside quantiles (must be one or the other)");
  if (!stated) return;
  std::vector<models::DurationQuantile> quantiles;
  std::vector<std::string_view> names;
  for (const StatedQuantile& q : *stated) {
    quantiles.push_back(q.quantile);
    names.push_back(q.key);
  }
  set_through(law, quantiles);
  for (const auto& [key, value] : {std::pair(&first, first_of(law)), std::pair(&second, second_of(law))}) {
    if (!key->range.contains(value))
      return cursor_.complain(stated->back().key, stated->back().place,
                              fmt::format("makes {} {} ({})", key->name, text_of(value, key->unit, ""),
                                          range_text(key->range, key->unit, "")));
    cursor_.record(key->name, text_of(value, key->unit, ""), Origin::configured,
                   fmt::format("follows from {}", fmt::join(names, ", ")));
  }
  warn_of_guess(*stated, law);
}

bool Reader::has_quantiles() const {
  const auto keys = cursor_.keys();
  return std::any_of(keys.begin(), keys.end(),
                     [](std::string_view key) { return quantile_level(key).has_value(); });
}

void Reader::law(const Key& first, const Key& second, const Key& quantile, models::LognormalDuration& law) {
  if (has_quantiles()) return read_guess(first, second, quantile, law);
  number(first, law.median, required);
  number(second, law.sigma, required);
}

void Reader::law(const Key& first, const Key& second, const Key& quantile, models::WeibullDuration& law) {
  if (has_quantiles()) return read_guess(first, second, quantile, law);
  number(first, law.shape, required);
  number(second, law.scale, required);
}

}  // namespace hedgerow::config
