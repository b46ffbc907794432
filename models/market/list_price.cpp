#include "models/market/list_price.hpp"

#include <cmath>
#include <span>

#include "engine/random/batch.hpp"
#include "engine/random/normal.hpp"
#include "engine/random/poisson.hpp"

namespace hedgerow::models {
namespace {

constexpr double month = 1.0 / months_per_year;  // dt [yr]

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

ListPriceSampler::ListPriceSampler(const Scenario& scenario, std::uint64_t seed)
    : months_(static_cast<std::size_t>(scenario.horizon.months)),
      correlation_factor_(scenario.correlation_factor),
      common_(seed, "market", "price/common") {
  for (const Provider& provider : scenario.providers) {
    const ListPrice& terms = provider.list_price;
    const double jumps = jump_rate(terms) * month;
    providers_.push_back({terms, jumps, std::exp(-jumps),
                          log_trend(terms.initial, compensated_drift(terms), months_),
                          log_trend(terms.initial, terms.drift, months_),
                          random::Stream(seed, provider.name, "price/diffusion"),
                          random::Stream(seed, provider.name, "price/jump-count"),
                          random::Stream(seed, provider.name, "price/jump-size")});
  }
}

/// The sum of n jumps in one draw: n m + s sqrt(n) Z.
double ListPriceSampler::month_jump(const ProviderDraws& provider, std::uint64_t path, std::size_t k,
                                    double uniform) const {
  const double n = random::Poisson(provider.jumps_per_month).quantile(uniform);
  const double size = provider.jump_sizes.uniform(path, static_cast<std::uint32_t>(k));
  const PriceJumps& jumps = *provider.terms.jumps;
  return n * jumps.mean + jumps.sd * std::sqrt(n) * random::normal_quantile(size);
}

/// Standard normal shocks, provider x month, with the configured correlation within a month.
void ListPriceSampler::draw_shocks(std::uint64_t path, Scratch& scratch) const {
  scratch.common.assign(correlation_factor_ ? 0 : months_, 0.0);
  common_.uniforms(path, scratch.common);
  random::normal_quantile_batch(scratch.common);

  scratch.shocks.resize(providers_.size() * months_);
  for (std::size_t p = 0; p < providers_.size(); ++p) {
    const auto row = std::span(scratch.shocks).subspan(p * months_, months_);
    providers_[p].diffusion.uniforms(path, row);
    random::normal_quantile_batch(row);
  }
  correlate(scratch);
}

void ListPriceSampler::correlate(Scratch& scratch) const {
  const auto at = [&](std::size_t p, std::size_t k) -> double& { return scratch.shocks[p * months_ + k]; };
  if (!correlation_factor_) {
    for (std::size_t p = 0; p < providers_.size(); ++p) {
      const double loading = providers_[p].terms.loading;
      const double own = std::sqrt(1.0 - loading * loading);
      for (std::size_t k = 0; k < months_; ++k) at(p, k) = loading * scratch.common[k] + own * at(p, k);
    }
    return;
  }
  for (std::size_t k = 0; k < months_; ++k)
    for (std::size_t p = providers_.size(); p-- > 0;) {  // from the last row up: row p needs 0..p as drawn
      double mixed = 0.0;
      for (std::size_t q = 0; q <= p; ++q) mixed += (*correlation_factor_)(p, q) * at(q, k);
      at(p, k) = mixed;
    }
}

void ListPriceSampler::sample(std::uint64_t path, const ScarcityPath& scarcity, Scratch& scratch,
                              PricePath& out) const {
  draw_shocks(path, scratch);
  scratch.jump_uniforms.resize(months_);
  out.resize(providers_.size(), months_);
  for (std::size_t p = 0; p < providers_.size(); ++p) {
    const ProviderDraws& provider = providers_[p];
    const bool jumps = provider.jumps_per_month > 0.0;
    if (jumps) provider.jump_counts.uniforms(path, scratch.jump_uniforms);
    const double step = provider.terms.volatility * std::sqrt(month);
    double wandering = 0.0;  // the random part of ln S
    for (std::size_t k = 0; k <= months_; ++k) {
      const double premium = scarcity[k] ? 1.0 + provider.terms.scarcity_premium : 1.0;
      out.at(ProviderId(p), k) = premium * std::exp(provider.trend[k] + wandering);
      if (k == months_) break;
      wandering += step * scratch.shocks[p * months_ + k];
      if (jumps && scratch.jump_uniforms[k] > provider.no_jump)
        wandering += month_jump(provider, path, k, scratch.jump_uniforms[k]);
    }
  }
}

void ListPriceSampler::plan(PricePath& out) const {
  out.resize(providers_.size(), months_);
  for (std::size_t p = 0; p < providers_.size(); ++p)
    for (std::size_t k = 0; k <= months_; ++k) out.at(ProviderId(p), k) = std::exp(providers_[p].plan[k]);
}

}  // namespace hedgerow::models
