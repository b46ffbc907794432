#include "models/market/list_price.hpp"

#include <cmath>
#include <span>

#include "engine/base/power.hpp"
#include "engine/random/batch.hpp"
#include "engine/random/normal.hpp"
#include "engine/random/poisson.hpp"

namespace hedgerow::models {
namespace {

constexpr double month = 1.0 / months_per_year;  // dt [yr]

/// Of a random walk of 84 months the first component holds 81 % of the variance, the first four 95 %.
constexpr std::uint32_t common_components = 4, own_components = 3;

double jump_rate(const ListPrice& terms) { return terms.jumps ? terms.jumps->rate.value : 0.0; }

/// kappa: the mean relative size of a jump.
double mean_jump(const ListPrice& terms) {
  if (!terms.jumps) return 0.0;
  return std::expm1(terms.jumps->mean + 0.5 * terms.jumps->sd * terms.jumps->sd);
}

double compensated_drift(const ListPrice& terms) {
  return terms.drift - 0.5 * terms.volatility * terms.volatility - jump_rate(terms) * mean_jump(terms);
}

/// ln S(0) + drift * t_k at month starts k = 0 .. months.
std::vector<double> log_trend(double initial, double drift, std::size_t months) {
  std::vector<double> trend;
  for (std::size_t k = 0; k <= months; ++k)
    trend.push_back(std::log(initial) + drift * (static_cast<double>(k) * month));
  return trend;
}

}  // namespace

ListPriceSampler::ListPriceSampler(const Scenario& scenario, std::uint64_t seed, random::SobolPoints* points)
    : months_(static_cast<std::size_t>(scenario.horizon.months)),
      correlation_factor_(scenario.correlation_factor),
      common_(seed, "market", "price/common"),
      common_bridge_(correlation_factor_ ? nullptr : points, months_, common_components) {
  for (const PriceGroup& group : scenario.price_groups) {
    const double jumps = jump_rate(group.terms) * month;
    groups_.push_back(
        {group.terms, jumps, std::exp(-jumps), random::Stream(seed, group.name, "price/diffusion"),
         random::Stream(seed, group.name, "price/jump-count"),
         random::Stream(seed, group.name, "price/jump-size"),
         random::ShockBridge(group.terms.volatility > 0.0 ? points : nullptr, months_, own_components)});
  }
  for (const Provider& provider : scenario.providers) {
    const ListPrice& terms = provider.list_price;
    providers_.push_back({provider.price_group, 1.0 + terms.scarcity_premium,
                          log_trend(terms.initial, compensated_drift(terms), months_),
                          log_trend(terms.initial, terms.drift, months_)});
  }
}

/// The sum of n jumps in one draw: n m + s sqrt(n) Z.
double ListPriceSampler::month_jump(const GroupDraws& group, std::uint64_t path, std::size_t k,
                                    double uniform) const {
  const double n = random::Poisson(group.jumps_per_month).quantile(uniform);
  const double size = group.jump_sizes.uniform(path, static_cast<std::uint32_t>(k));
  const PriceJumps& jumps = *group.terms.jumps;
  return n * jumps.mean + jumps.sd * std::sqrt(n) * random::normal_quantile(size);
}

/// Standard normal shocks, price group x month, with the configured correlation within a month.
void ListPriceSampler::draw_shocks(std::uint64_t path, Scratch& scratch) const {
  scratch.common.assign(correlation_factor_ ? 0 : months_, 0.0);
  common_.uniforms(path, scratch.common);
  random::normal_quantile_batch(scratch.common);
  common_bridge_.apply(path, scratch.common);

  scratch.shocks.resize(groups_.size() * months_);
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const auto row = std::span(scratch.shocks).subspan(g * months_, months_);
    groups_[g].diffusion.uniforms(path, row);
    random::normal_quantile_batch(row);
    groups_[g].bridge.apply(path, row);
  }
  correlate(scratch);
}

void ListPriceSampler::correlate(Scratch& scratch) const {
  const auto at = [&](std::size_t g, std::size_t k) -> double& { return scratch.shocks[g * months_ + k]; };
  if (!correlation_factor_) {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      const double loading = groups_[g].terms.loading;
      const double own = std::sqrt(1.0 - loading * loading);
      for (std::size_t k = 0; k < months_; ++k) at(g, k) = loading * scratch.common[k] + own * at(g, k);
    }
    return;
  }
  for (std::size_t k = 0; k < months_; ++k)
    for (std::size_t g = groups_.size(); g-- > 0;) {  // from the last row up: row g needs 0..g as drawn
      double mixed = 0.0;
      for (std::size_t h = 0; h <= g; ++h) mixed += (*correlation_factor_)(g, h) * at(h, k);
      at(g, k) = mixed;
    }
}

/// The random part of every group's ln S: diffusion and jumps, added up month by month.
void ListPriceSampler::wander(std::uint64_t path, Scratch& scratch) const {
  scratch.jump_uniforms.resize(months_);
  scratch.wandering.resize(groups_.size() * (months_ + 1));
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const GroupDraws& group = groups_[g];
    const bool jumps = group.jumps_per_month > 0.0;
    if (jumps) group.jump_counts.uniforms(path, scratch.jump_uniforms);
    const double step = group.terms.volatility * std::sqrt(month);
    double* const row = &scratch.wandering[g * (months_ + 1)];
    double wandering = row[0] = 0.0;
    for (std::size_t k = 0; k < months_; ++k) {
      wandering += step * scratch.shocks[g * months_ + k];
      if (jumps && scratch.jump_uniforms[k] > group.no_jump)
        wandering += month_jump(group, path, k, scratch.jump_uniforms[k]);
      row[k + 1] = wandering;
    }
  }
}

void ListPriceSampler::sample(std::uint64_t path, const ScarcityPath& scarcity, Scratch& scratch,
                              PricePath& out) const {
  draw_shocks(path, scratch);
  wander(path, scratch);
  out.resize(providers_.size(), months_);
  for (std::size_t p = 0; p < providers_.size(); ++p) {
    const ProviderTerms& provider = providers_[p];
    const double* const wandering = &scratch.wandering[provider.group.value * (months_ + 1)];
    const std::span prices(&out.at(ProviderId(p), 0), months_ + 1);
    for (std::size_t k = 0; k <= months_; ++k) prices[k] = provider.trend[k] + wandering[k];
    exponential_batch(prices);
    for (std::size_t k = 0; k <= months_; ++k)
      if (scarcity[k]) prices[k] *= provider.premium;
  }
}

void ListPriceSampler::plan(PricePath& out) const {
  out.resize(providers_.size(), months_);
  for (std::size_t p = 0; p < providers_.size(); ++p)
    for (std::size_t k = 0; k <= months_; ++k) out.at(ProviderId(p), k) = std::exp(providers_[p].plan[k]);
}

}  // namespace hedgerow::models
