// Contract prices month by month, and renewals by bargaining.

#include <algorithm>
#include <cmath>
#include <limits>

#include "bench/peers/scalar/costs.hpp"

namespace peer {
namespace {

/// The cheapest way to run elsewhere [USD/unit-hour]; infinite if there is none.
double best_alternative(const Play& play, int p, int month) {
  const Model& model = play.model;
  const Bargaining& terms = model.bargaining;
  const Stage& stage = play.placement.at(month);
  const std::size_t locations = model.owner.size();
  double best = std::numeric_limits<double>::infinity();
  for (int other = 0; other < static_cast<int>(model.providers.size()); ++other) {
    if (other == p || play.relations.notice[other] <= month || !model.providers[other].alternative) continue;
    bool present = false;
    for (std::size_t w = 0; w < model.workloads.size(); ++w)
      for (std::size_t l = 0; l < locations; ++l)
        present |= model.owner[l] == other && stage.placed[w * locations + l] >= rounding;
    const double porting = present ? terms.porting_cost : terms.porting_cost_new;
    best =
        std::min(best, (1.0 - terms.alternative_discount) * play.world.price[other][month] * (1.0 + porting));
  }
  return best;
}

/// Part of the units at p that could be re-homed within the notice.
double credible_exit(const Play& play, int p, int month) {
  const Model& model = play.model;
  const Stage& stage = play.placement.at(month);
  const std::size_t locations = model.owner.size();
  double units = 0.0, ramp = 0.0, spare = 0.0;
  std::vector<double> weights;
  for (std::size_t w = 0; w < model.workloads.size(); ++w) {
    double placed = 0.0;
    for (std::size_t l = 0; l < locations; ++l)
      if (model.owner[l] == p) placed += stage.placed[w * locations + l];
    if (placed < rounding) continue;
    const double demand = model.workloads[w].demand;
    units += demand * placed;
    if (destinations(model, play.strategy, play.relations, static_cast<int>(w), p, month, weights))
      for (std::size_t l = 0; l < locations; ++l)
        ramp += demand * placed * weights[l] *
                model.providers[model.owner[l]].provisioning[play.world.scarce[month]];
    for (std::size_t l = 0; l < locations; ++l)
      if (model.owner[l] != p && play.relations.notice[model.owner[l]] > month)
        spare += demand * std::max(0.0, stage.capacity[w * locations + l] - stage.placed[w * locations + l]);
  }
  if (units <= 0.0) return 1.0;
  return std::min(1.0, (play.strategy.contracts[p].notice_years * ramp / units + spare) / units);
}

/// The price that both sides settle on [USD/unit-hour].
double bargained_price(const Play& play, int p, int month) {
  const Model& model = play.model;
  const Bargaining& terms = model.bargaining;
  const Provider& provider = model.providers[p];
  const int scarce = play.world.scarce[month];
  const double list = play.world.price[p][month];
  const double cost = provider.unit_cost_ratio * list / (scarce ? 1.0 + provider.scarcity_premium : 1.0);
  const bool is_rival = play.relations.at(p, month / 12.0) == rival;
  const double least = cost + terms.resale[scarce] * (list - cost) +
                       (is_rival ? terms.rival_wedge * provider.overlap * list : 0.0);
  const double switching = terms.switching_cost * list / (play.strategy.contracts[p].term / 12.0);
  const double credible = credible_exit(play, p, month);
  const double ceiling =
      credible * std::min(list, best_alternative(play, p, month) + switching) + (1.0 - credible) * list;
  const double floor = std::max(0.0, (least - provider.equity * ceiling) / (1.0 - provider.equity));
  if (floor >= ceiling) return std::min(list, floor);
  const double logit =
      std::log(terms.power / (1.0 - terms.power)) +
      terms.share_effect * (provider.share_of_vendor - planned_share(model, play.strategy, p));
  const double power = 1.0 / (1.0 + std::exp(-logit));
  return power * floor + (1.0 - power) * ceiling;
}

}  // namespace

void set_contract_prices(Play& play) {
  const Model& model = play.model;
  play.price.resize(model.providers.size());
  for (std::size_t p = 0; p < model.providers.size(); ++p) {
    const Contract& contract = play.strategy.contracts[p];
    const std::vector<double>& list = play.world.price[p];
    std::vector<double>& price = play.price[p];
    price.assign(list.begin(), list.begin() + model.months);
    double discount = contract.discount, signed_price = 0.0;
    const int first = in_force_from(play, static_cast<int>(p));
    for (int k = first; k < model.months; ++k) {
      const int contract_month = k - contract.start;
      const bool renewal = k > 0 && contract.term > 0 && contract_month > 0 &&
                           contract_month % contract.term == 0 && k < play.relations.notice[p];
      if (renewal && contract.bargain)
        discount = 1.0 - bargained_price(play, static_cast<int>(p), k) / list[k];
      if (k == first || renewal) signed_price = list[k];
      price[k] = (1.0 - discount) * (contract.fixed ? signed_price : list[k]);
    }
  }
}

}  // namespace peer
