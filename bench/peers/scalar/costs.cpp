#include "bench/peers/scalar/costs.hpp"

#include <algorithm>
#include <cmath>

namespace peer {

void Play::evaluate(Random& random) {
  costs.fill(0.0);
  play_relations(model, strategy, world, random, relations);
  play_exits(model, strategy, world, relations, placement);
  costs[migration] = placement.migration;
  set_contract_prices(*this);
  charge_bills(*this);
  charge_commitments(*this);
  credit_downtime(*this);
  charge_relations(*this);
  charge_unserved(*this);
}

double annuity(double rate, double begin, double end) {
  return rate == 0.0 ? end - begin : (std::exp(-rate * begin) - std::exp(-rate * end)) / rate;
}

int in_force_from(const Play& play, int p) {
  const int first = std::max(play.strategy.contracts[p].start, 0);
  return first < std::min(play.model.months, play.relations.notice[p]) ? first : play.model.months;
}

void charge_bills(Play& play) {
  const Model& model = play.model;
  const std::size_t locations = model.owner.size();
  play.bill.resize(model.providers.size());
  for (auto& bill : play.bill) bill.assign(model.months, 0.0);
  for (int k = 0; k < model.months; ++k) {
    const Stage& stage = play.placement.at(k);
    for (std::size_t l = 0; l < locations; ++l) {
      const int p = model.owner[l];
      if (k >= play.relations.cut_off[p]) continue;
      for (std::size_t w = 0; w < model.workloads.size(); ++w)
        play.bill[p][k] +=
            hours_per_month * play.price[p][k] * model.workloads[w].demand * stage.billed[w * locations + l];
    }
  }
  for (const auto& bill : play.bill)
    for (int k = 0; k < model.months; ++k) play.costs[spend] += model.month_discount[k] * bill[k];
}

void charge_commitments(Play& play) {
  const Model& model = play.model;
  for (std::size_t p = 0; p < model.providers.size(); ++p) {
    const Contract& contract = play.strategy.contracts[p];
    if (contract.commitment.empty()) continue;
    int end = model.months;
    if (play.relations.notice[p] < model.months) {
      end = contract.start + contract.term;
      while (end < play.relations.notice[p]) end += contract.term;
      end = std::min({end, play.relations.cut_off[p], model.months});
    }
    double credit = 0.0;
    for (int k = in_force_from(play, static_cast<int>(p)); k < end;) {
      const int year = (k - contract.start) / 12;
      const int until = std::min(end, contract.start + 12 * (year + 1));
      const double due = contract.commitment[std::min<std::size_t>(year, contract.commitment.size() - 1)] *
                         (until - k) / 12.0;
      double bought = 0.0;
      for (; k < until; ++k) bought += play.bill[p][k];
      play.costs[commitment_shortfall] += model.month_discount[until] * std::max(0.0, due - bought - credit);
      credit = contract.rollover * std::max(0.0, bought - due);
    }
  }
}

void charge_relations(Play& play) {
  for (std::size_t p = 0; p < play.model.providers.size(); ++p) {
    const Provider& provider = play.model.providers[p];
    for (const Sojourn& sojourn : play.relations.sojourns[p])
      if (sojourn.regime == rival)
        play.costs[regime] +=
            provider.overlap * provider.rival_cost * annuity(play.model.rate, sojourn.begin, sojourn.end);
  }
}

}  // namespace peer
