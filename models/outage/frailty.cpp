#include "models/outage/frailty.hpp"

#include <map>
#include <span>

#include "engine/random/beta.hpp"
#include "engine/random/gamma.hpp"

namespace hedgerow::models {

FrailtySampler::FrailtySampler(const Scenario& scenario, std::uint64_t seed, random::SobolPoints* points)
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
    std::optional<Persistence> persistence;
    if (table && factor.persistence > 0.0) persistence = persistence_of(factor, seed);
    const auto leading = random::LeadingDraws::take(points, table ? static_cast<std::uint32_t>(years_) : 0);
    factors_.push_back(
        {random::Stream(seed, factor.name, "frailty", leading), table, std::move(persistence)});
    variances_.push_back(factor.variance);
  }
}

FrailtySampler::Persistence FrailtySampler::persistence_of(const Factor& factor, std::uint64_t seed) {
  const double shape = 1.0 / factor.variance, rho = factor.persistence;
  Persistence terms{rho,
                    random::Stream(seed, factor.name, "frailty/kept"),
                    random::Stream(seed, factor.name, "frailty/fresh"),
                    {},
                    {}};
  if (rho < 1.0) {
    terms.kept_table.emplace(random::Beta(rho, shape));
    terms.fresh_table.emplace(random::Gamma(shape * (1.0 - rho), 1.0));
  }
  return terms;
}

/// `years` comes with independent values, of which only the first is kept.
void FrailtySampler::persist(const Persistence& terms, double variance, std::uint64_t path,
                             std::span<double> years) {
  for (std::size_t y = 1; y < years.size(); ++y) {
    years[y] = years[y - 1];
    if (!terms.kept_table) continue;
    const auto draw = static_cast<std::uint32_t>(y);
    years[y] = years[y - 1] * terms.kept_table->quantile(terms.kept.uniform(path, draw)) +
               variance * terms.fresh_table->quantile(terms.fresh.uniform(path, draw));
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
    if (factors_[k].persistence) persist(*factors_[k].persistence, variances_[k], path, row);
  }
}

double FrailtySampler::multiplier(const OutageEntity& entity, const FrailtyPath& path, std::size_t year) {
  double multiplier = entity.own_weight;
  for (const auto& [factor, weight] : entity.weights) multiplier += weight * path.at(factor, year);
  return multiplier;
}

}  // namespace hedgerow::models
