#include "models/market/demand.hpp"

#include <cmath>

#include "engine/random/batch.hpp"

namespace hedgerow::models {
namespace {

constexpr std::uint32_t leading_components = 3;

}  // namespace

DemandSampler::DemandSampler(const Scenario& scenario, std::uint64_t seed, random::SobolPoints* points)
    : months_(static_cast<std::size_t>(scenario.horizon.months)) {
  for (const NamedWorkload& workload : scenario.workloads) {
    WorkloadDraws draws{
        workload.terms.demand_volatility,
        {},
        random::Stream(seed, workload.name, "demand"),
        {workload.terms.demand_volatility > 0.0 ? points : nullptr, months_ - 1, leading_components}};
    for (std::size_t k = 0; k < months_; ++k)
      draws.growth.push_back(std::pow(1.0 + workload.terms.growth, static_cast<double>(k / months_per_year)));
    workloads_.push_back(std::move(draws));
  }
}

/// D(t_{k+1}) = D(t_k) exp(sigma sqrt(dt) Z - sigma^2 dt / 2), so that E D = 1.
void DemandSampler::sample(std::uint64_t path, DemandPath& out) const {
  plan(out);
  std::vector<double> shocks;
  for (std::size_t w = 0; w < workloads_.size(); ++w) {
    const double step = workloads_[w].volatility / std::sqrt(static_cast<double>(months_per_year));
    if (step == 0.0) continue;
    shocks.resize(months_ - 1);
    workloads_[w].shocks.uniforms(path, shocks);
    random::normal_quantile_batch(shocks);
    workloads_[w].bridge.apply(path, shocks);
    double log_factor = 0.0;
    for (std::size_t k = 1; k < months_; ++k) {
      log_factor += step * shocks[k - 1] - 0.5 * step * step;
      out.at(WorkloadId(w), k) *= std::exp(log_factor);
    }
  }
}

void DemandSampler::plan(DemandPath& out) const {
  out.resize(workloads_.size(), months_);
  for (std::size_t w = 0; w < workloads_.size(); ++w)
    for (std::size_t k = 0; k < months_; ++k) out.at(WorkloadId(w), k) = workloads_[w].growth[k];
}

}  // namespace hedgerow::models
