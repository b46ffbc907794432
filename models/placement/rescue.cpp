#include "models/placement/rescue.hpp"

#include <algorithm>

namespace hedgerow::models {
namespace {

/// min(1, supply / need), where a supply that falls short by rounding only is enough.
double part_served(double supply, double need) {
  return supply >= need * (1.0 - negligible_share) ? 1.0 : supply / need;
}

}  // namespace

void Shortage::reset(std::size_t locations) {
  if (lost.size() != locations)
    for (auto* const amounts : {&lost, &announced, &eligible, &on_demand}) amounts->resize(locations);
  spare = spare_if_up = on_demand_sum = on_demand_if_up = lost_sum = eligible_sum = announced_sum = 0.0;
  rescued = rescued_if_up = 1.0;
  bought = by_outage_sum = announced_unserved = 0.0;
}

void Shortage::settle(const std::vector<ProviderId>& provider) {
  by_outage.clear();
  by_turning.clear();
  purchase.clear();
  by_outage_sum = announced_unserved = 0.0;
  for (std::size_t l = 0; l < lost.size(); ++l) {
    if (lost[l] == 0.0 && !(bought > 0.0)) continue;
    const double turned = unserved_if_up(l), outage = unserved(l) - turned;
    if (outage != 0.0) {
      if (by_outage.empty() || by_outage.back().provider != provider[l])
        by_outage.push_back({provider[l], 0.0});
      by_outage.back().share += outage;
    }
    if (turned != 0.0) by_turning.push_back({provider[l], turned});
    if (bought > 0.0 && on_demand[l] != 0.0) {
      if (purchase.empty() || purchase.back().provider != provider[l]) purchase.push_back({provider[l], 0.0});
      purchase.back().share += on_demand[l] / on_demand_sum;
    }
    by_outage_sum += outage;
    announced_unserved += turned;
  }
}

void rescue_alone(Shortage& s) {
  s.rescued = part_served(s.spare + s.on_demand_sum, s.eligible_sum);
  s.rescued_if_up = part_served(s.spare_if_up + s.on_demand_if_up, s.announced_sum);
  s.bought = std::max(0.0, s.rescued * s.eligible_sum - s.spare);
}

void rescue_pooled(const std::vector<Shortage*>& by_value, const std::vector<double>& demand) {
  double reserved = 0.0, on_demand = 0.0, if_up = 0.0;
  for (std::size_t i = 0; i < by_value.size(); ++i) {
    reserved += demand[i] * by_value[i]->spare;
    on_demand += demand[i] * by_value[i]->on_demand_sum;
    if_up += demand[i] * (by_value[i]->spare_if_up + by_value[i]->on_demand_if_up);
  }
  double left = reserved + on_demand, rescued = 0.0;
  for (std::size_t i = 0; i < by_value.size(); ++i) {
    Shortage& s = *by_value[i];
    if (demand[i] == 0.0) {
      rescue_alone(s);
      continue;
    }
    s.rescued = part_served(left, demand[i] * s.eligible_sum);
    s.rescued_if_up = part_served(if_up, demand[i] * s.announced_sum);
    left = std::max(0.0, left - demand[i] * s.eligible_sum);
    if_up = std::max(0.0, if_up - demand[i] * s.announced_sum);
    rescued += s.rescued * demand[i] * s.eligible_sum;
  }
  const double bought = std::max(0.0, rescued - reserved);
  for (std::size_t i = 0; i < by_value.size(); ++i)
    if (demand[i] > 0.0)
      by_value[i]->bought = on_demand > 0.0 ? bought * by_value[i]->on_demand_sum / on_demand : 0.0;
}

}  // namespace hedgerow::models
