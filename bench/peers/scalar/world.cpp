#include "bench/peers/scalar/world.hpp"

#include <algorithm>
#include <cmath>

namespace peer {
namespace {

/// Joins outages of one entity that touch; the first of them says whether they count for credits.
void merge(std::vector<Outage>& outages) {
  std::sort(outages.begin(), outages.end(),
            [](const Outage& a, const Outage& b) { return a.start < b.start; });
  std::size_t kept = 0;
  for (std::size_t i = 1; i < outages.size(); ++i) {
    if (outages[i].start <= outages[kept].end)
      outages[kept].end = std::max(outages[kept].end, outages[i].end);
    else
      outages[++kept] = outages[i];
  }
  if (!outages.empty()) outages.resize(kept + 1);
}

struct Parameters {
  double rate, log_median, sigma;
};

/// What a log leaves open of an entity's rate and durations.
Parameters sample_parameters(const Entity& entity, Random& random) {
  std::normal_distribution<double> normal;
  Parameters drawn{entity.rate, std::log(entity.median_hours), entity.sigma};
  if (entity.rate_events > 0.0)
    drawn.rate *= std::gamma_distribution<double>(entity.rate_events, 1.0 / entity.rate_events)(random);
  drawn.log_median += entity.log_median_error * normal(random);
  drawn.sigma *= std::exp(entity.log_sigma_error * normal(random));
  return drawn;
}

void sample_outages(const Model& model, Random& random, World& world) {
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  const std::size_t factors = model.frailty_variance.size();
  std::vector<double> frailty(factors * model.years);
  for (std::size_t f = 0; f < factors; ++f) {
    const double variance = model.frailty_variance[f];
    std::gamma_distribution<double> gamma(1.0 / variance, variance);
    for (int y = 0; y < model.years; ++y) frailty[f * model.years + y] = gamma(random);
  }
  world.outages.resize(model.entities.size());
  for (std::size_t e = 0; e < model.entities.size(); ++e) {
    const Entity& entity = model.entities[e];
    const Parameters drawn = sample_parameters(entity, random);
    std::lognormal_distribution<double> hours(drawn.log_median, drawn.sigma);
    auto& outages = world.outages[e];
    outages.clear();
    for (int y = 0; y < model.years; ++y) {
      double multiplier = entity.own_weight;
      for (std::size_t f = 0; f < factors; ++f)
        multiplier += entity.weights[f] * frailty[f * model.years + y];
      const int count = std::poisson_distribution<int>(drawn.rate * multiplier)(random);
      for (int i = 0; i < count; ++i) {
        const double start = y + uniform(random);
        outages.push_back({start, start + hours(random) / hours_per_year, uniform(random)});
      }
    }
    merge(outages);
    for (Outage& outage : outages) outage.end = std::min(outage.end, model.end);
  }
}

void collect_edges(const Model& model, World& world) {
  world.edges.clear();
  for (int k = 0; k <= model.months; ++k) world.edges.push_back(k / 12.0);
  for (const auto& outages : world.outages)
    for (const Outage& outage : outages) {
      world.edges.push_back(outage.start);
      world.edges.push_back(outage.end);
    }
  std::sort(world.edges.begin(), world.edges.end());
}

void sample_scarcity(const Model& model, Random& random, World& world) {
  std::exponential_distribution<double> unit;
  world.scarce.assign(model.months + 1, 0);
  double end = unit(random) / model.to_scarce;
  int state = 0;
  for (int k = 0; k <= model.months; ++k) {
    while (end <= k / 12.0) {
      state = 1 - state;
      end += unit(random) / (state ? model.to_normal : model.to_scarce);
    }
    world.scarce[k] = state;
  }
}

void sample_prices(const Model& model, Random& random, World& world) {
  std::normal_distribution<double> normal;
  std::vector<double> common(model.months);
  for (double& shock : common) shock = normal(random);
  world.price.resize(model.providers.size());
  for (std::size_t p = 0; p < model.providers.size(); ++p) {
    const Provider& provider = model.providers[p];
    std::poisson_distribution<int> jumps(provider.jump_rate / 12.0);
    const double mean_jump = std::expm1(provider.jump_mean + 0.5 * provider.jump_sd * provider.jump_sd);
    const double drift =
        (provider.drift - 0.5 * provider.volatility * provider.volatility - provider.jump_rate * mean_jump) /
        12.0;
    const double step = provider.volatility * std::sqrt(1.0 / 12.0);
    const double own = std::sqrt(1.0 - provider.loading * provider.loading);
    double log_price = std::log(provider.list_price);
    world.price[p].resize(model.months + 1);
    for (int k = 0; k <= model.months; ++k) {
      world.price[p][k] = std::exp(log_price) * (world.scarce[k] ? 1.0 + provider.scarcity_premium : 1.0);
      if (k == model.months) break;
      log_price += drift + step * (provider.loading * common[k] + own * normal(random));
      for (int jump = jumps(random); jump > 0; --jump)
        log_price += provider.jump_mean + provider.jump_sd * normal(random);
    }
  }
}

}  // namespace

double World::clock(int p, int transition, std::size_t n, Random& random) {
  auto& drawn = clocks[p * transition_count + transition];
  std::exponential_distribution<double> unit;
  while (drawn.size() <= n) drawn.push_back(unit(random));
  return drawn[n];
}

void sample(const Model& model, Random& random, World& world) {
  sample_outages(model, random, world);
  collect_edges(model, world);
  sample_scarcity(model, random, world);
  sample_prices(model, random, world);
  world.clocks.resize(model.providers.size() * transition_count);
  for (auto& drawn : world.clocks) drawn.clear();
}

}  // namespace peer
