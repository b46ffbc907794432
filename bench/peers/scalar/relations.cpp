#include "bench/peers/scalar/relations.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace peer {
namespace {

bool hostile(Regime regime) { return regime == rival || regime == severed; }
bool worsens(int j) { return transitions[j].to > transitions[j].from; }

/// What worsening rates are multiplied by, before contagion.
double covariates(const Model& model, const Strategy& strategy, int p) {
  const Provider& provider = model.providers[p];
  return std::exp(provider.overlap_effect * (provider.overlap - provider.reference_overlap) +
                  provider.share_effect * (planned_share(model, strategy, p) - provider.reference_share) +
                  provider.equity_effect * provider.equity);
}

int month_ceiling(double months) { return static_cast<int>(std::ceil(months - 1e-9)); }

struct Clock {
  double remaining = -1.0;  ///< hazard until it fires; negative: not drawn
  std::size_t firings = 0;
};

void set_notice(const Model& model, const Strategy& strategy, Relations& out) {
  out.notice.assign(model.providers.size(), never);
  out.cut_off.assign(model.providers.size(), never);
  for (std::size_t p = 0; p < model.providers.size(); ++p)
    for (const Sojourn& sojourn : out.sojourns[p])
      if (sojourn.regime == severed) {
        out.notice[p] = month_ceiling(12.0 * sojourn.begin);
        out.cut_off[p] = out.notice[p] + month_ceiling(12.0 * strategy.contracts[p].notice_years);
        break;
      }
}

}  // namespace

Regime Relations::at(int p, double time) const {
  for (const Sojourn& sojourn : sojourns[p])
    if (time < sojourn.end) return sojourn.regime;
  return sojourns[p].back().regime;
}

double planned_share(const Model& model, const Strategy& strategy, int p) {
  double here = 0.0, all = 0.0;
  for (std::size_t w = 0; w < model.workloads.size(); ++w) {
    all += model.workloads[w].demand;
    for (std::size_t l = 0; l < model.owner.size(); ++l)
      if (model.owner[l] == p) here += model.workloads[w].demand * strategy.workloads[w].share[l];
  }
  return here / all;
}

void play_relations(const Model& model, const Strategy& strategy, World& world, Random& random,
                    Relations& out) {
  const int providers = static_cast<int>(model.providers.size());
  std::vector<double> factor(providers);
  std::vector<Clock> clocks(providers * transition_count);
  std::vector<double> rates(clocks.size());
  out.sojourns.resize(providers);
  for (int p = 0; p < providers; ++p) {
    factor[p] = covariates(model, strategy, p);
    out.sojourns[p].assign(1, {aligned, 0.0, model.end});
  }
  for (double now = 0.0;;) {
    int hostile_count = 0;
    for (int p = 0; p < providers; ++p) hostile_count += hostile(out.sojourns[p].back().regime);
    double wait = std::numeric_limits<double>::infinity();
    int who = -1, how = -1;
    for (int p = 0; p < providers; ++p) {
      const Regime regime = out.sojourns[p].back().regime;
      const Provider& provider = model.providers[p];
      const double worse = factor[p] * (1.0 + provider.contagion * (hostile_count - hostile(regime)));
      for (int j = 0; j < transition_count; ++j) {
        const int i = p * transition_count + j;
        rates[i] = transitions[j].from == regime ? provider.rates[j] * (worsens(j) ? worse : 1.0) : 0.0;
        if (rates[i] <= 0.0) continue;
        if (clocks[i].remaining < 0.0) clocks[i].remaining = world.clock(p, j, clocks[i].firings, random);
        if (clocks[i].remaining / rates[i] < wait) {
          wait = clocks[i].remaining / rates[i];
          who = p;
          how = j;
        }
      }
    }
    if (now + wait >= model.end) break;
    now += wait;
    for (std::size_t i = 0; i < clocks.size(); ++i)
      if (rates[i] > 0.0) clocks[i].remaining = std::max(0.0, clocks[i].remaining - rates[i] * wait);
    Clock& fired = clocks[who * transition_count + how];
    fired.remaining = -1.0;
    ++fired.firings;
    out.sojourns[who].back().end = now;
    out.sojourns[who].push_back({transitions[how].to, now, model.end});
  }
  set_notice(model, strategy, out);
}

}  // namespace peer
