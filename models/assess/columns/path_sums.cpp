#include "models/assess/columns/path_sums.hpp"

#include <cmath>

namespace hedgerow::models {
namespace {

template <class Sums>
void add_costs(const PlayedPaths& paths, Sums& sums) {
  const std::vector<Columns>& columns = paths.columns();
  add_costs(columns[sums.b.value].total_cost, columns[sums.a.value].total_cost, sums);
}

}  // namespace

void ColumnMoments::add(const PlayedPaths& paths) {
  Rows<double> room;
  for (const double value : values_of(paths, column, room)) moments.add(value);
}

void ColumnReplicates::add(const PlayedPaths& paths) {
  Rows<double> room;
  for (const double value : values_of(paths, column, room)) errors.add(value);
}

void ColumnExceedances::add(const PlayedPaths& paths) {
  Rows<double> room;
  frequency.add(values_of(paths, column, room), paths.calendar().whole_years);
}

void RenewalDifference::add(const PlayedPaths& paths) {
  const RenewalColumns& b = paths.columns()[ours.value].renewals[our_date];
  const RenewalColumns& a = paths.columns()[theirs.value].renewals[their_date];
  for (std::size_t i = 0; i < b.price.size(); ++i) {
    const bool happened = !std::isnan(b.price[i]) && !std::isnan(a.price[i]);
    both.add(happened);
    if (!happened) continue;
    price.add(b.price[i] - a.price[i]);
    leverage.add(b.leverage[i] - a.leverage[i]);
  }
}

void CostDifference::add(double cost_b, double cost_a) {
  difference.add(cost_b, cost_a);
  for (measure::JointCounts& at : counts) at.add(cost_b, cost_a);
  for (measure::ShortfallDifference& of : tails) of.add(cost_b, cost_a);
  if (replicates.replicates() == 0) return;
  const std::span<double> sums = replicates.next();
  sums[mean] += cost_b - cost_a;
  sums[below] += cost_b < cost_a ? 1.0 : 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    sums[beyond_b(i)] += cost_b > counts[i].q_a ? 1.0 : 0.0;
    sums[beyond_a(i)] += cost_a > counts[i].q_b ? 1.0 : 0.0;
  }
  for (std::size_t i = 0; i < tails.size(); ++i) sums[tail(i)] += tails[i].influence_of(cost_b, cost_a);
}

void CostDifference::add(const PlayedPaths& paths) { add_costs(paths, *this); }

void HedgeEfficiencies::add(double cost_b, double cost_a) {
  const std::span<double> sums = replicates.replicates() > 0 ? replicates.next() : std::span<double>();
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const double influence = levels[i].influence_of(cost_b, cost_a);
    levels[i].influence.add(influence);
    if (!sums.empty()) sums[i] += influence;
  }
}

void HedgeEfficiencies::add(const PlayedPaths& paths) { add_costs(paths, *this); }

void PathsBetween::add(std::uint64_t path, double total_cost) {
  if (total_cost < least || total_cost > most) return;
  if (total_cost == least && skipped > 0) {
    --skipped;
    return;
  }
  if (total_cost == most && ++at_most > count) return;
  paths.push_back({path, total_cost});
}

void PathsBetween::add(const PlayedPaths& played) {
  std::uint64_t path = played.first();
  for (const double cost : played.columns()[strategy.value].total_cost) add(path++, cost);
}

}  // namespace hedgerow::models
