#include "models/outage/frailty.hpp"

#include <map>
#include <span>

#include "engine/random/gamma.hpp"

namespace hedgerow::models {

FrailtySampler::FrailtySampler(const Scenario& scenario, std::uint64_t seed)
    : years_(static_cast<std::size_t>(scenario.horizon.years())) {
  std::vector<bool> used(scenario.factors.size(), false);
  for (const OutageEntity& entity : scenario.entities)
    for (const auto& [factor, unused] : entity.weights) used[factor.value] = true;

  std::map<double, std::size_t> table_by_variance;
  for (std::size_t k = 0; k < scenario.factors.size(); ++k) {
    const Factor& factor = scenario.factors[FactorId(k)];
    std::optional<std::size_t> table;
    if (used[k] && factor.variance > 0.0) {
      const auto [found, added] = table_by_variance.try_emplace(factor.variance, tables_.size());
      if (added) tables_.emplace_back(random::Gamma(1.0 / factor.variance, factor.variance));
      table = found->second;
    }
    factors_.push_back({random::Stream(seed, factor.name, "frailty"), table});
  }
}

void FrailtySampler::sample(std::uint64_t path, FrailtyPath& out) const {
  out.years = years_;
  out.values.assign(factors_.size() * years_, 1.0);
  for (std::size_t k = 0; k < factors_.size(); ++k) {
    if (!factors_[k].table) continue;
    const auto row = std::span(out.values).subspan(k * years_, years_);
    factors_[k].stream.uniforms(path, row);
    for (double& value : row) value = tables_[*factors_[k].table].quantile(value);
  }
}

double FrailtySampler::multiplier(const OutageEntity& entity, const FrailtyPath& path, std::size_t year) {
  double multiplier = entity.own_weight;
  for (const auto& [factor, weight] : entity.weights) multiplier += weight * path.at(factor, year);
  return multiplier;
}

}  // namespace hedgerow::models
