#include <algorithm>

#include "bench/peers/scalar/relations.hpp"

namespace peer {
namespace {

struct Move {
  int w, from;
  double placed;              ///< share of the workload that is there before
  std::vector<double> share;  ///< by destination
};

Stage first_stage(const Model& model, const Strategy& strategy) {
  Stage stage;
  for (const Choice& choice : strategy.workloads)
    for (std::size_t l = 0; l < model.owner.size(); ++l) {
      stage.placed.push_back(choice.share[l]);
      stage.capacity.push_back(choice.share[l] * (1.0 + choice.headroom[l]));
      stage.billed.push_back(stage.capacity.back());
    }
  return stage;
}

double placed_at(const Model& model, const Stage& stage, std::size_t w, int p) {
  double sum = 0.0;
  for (std::size_t l = 0; l < model.owner.size(); ++l)
    if (model.owner[l] == p) sum += stage.placed[w * model.owner.size() + l];
  return sum;
}

double units_at(const Model& model, const Stage& stage, int p) {
  double sum = 0.0;
  for (std::size_t w = 0; w < model.workloads.size(); ++w)
    sum += model.workloads[w].demand * placed_at(model, stage, w, p);
  return sum;
}

double units_of(const Model& model, const Move& move) {
  double sum = 0.0;
  for (const double share : move.share) sum += model.workloads[move.w].demand * share;
  return sum;
}

std::vector<Move> wishes(const Model& model, const Strategy& strategy, const Relations& relations,
                         const Stage& now, int month) {
  std::vector<Move> moves;
  std::vector<double> weights;
  for (std::size_t p = 0; p < model.providers.size(); ++p) {
    if (month <= relations.notice[p]) continue;
    for (std::size_t w = 0; w < model.workloads.size(); ++w) {
      if (month <= relations.notice[p] + strategy.workloads[w].exit_lead) continue;
      const double placed = placed_at(model, now, w, static_cast<int>(p));
      if (placed < rounding) continue;
      if (!destinations(model, strategy, relations, static_cast<int>(w), static_cast<int>(p), month, weights))
        continue;
      for (double& weight : weights) weight *= placed;
      moves.push_back({static_cast<int>(w), static_cast<int>(p), placed, weights});
    }
  }
  return moves;
}

/// First the ramp of whoever is left, then what each destination can take in a month.
void limit(const Model& model, int scarce, std::vector<Move>& moves) {
  std::vector<double> wanted(model.providers.size(), 0.0);
  for (std::size_t p = 0; p < model.providers.size(); ++p) {
    double total = 0.0, weighted = 0.0;
    for (const Move& move : moves)
      if (move.from == static_cast<int>(p))
        for (std::size_t l = 0; l < move.share.size(); ++l) {
          const double units = model.workloads[move.w].demand * move.share[l];
          total += units;
          weighted += units * model.providers[model.owner[l]].provisioning[scarce];
        }
    if (total <= 0.0) continue;
    const double part = std::min(1.0, weighted / total / 12.0 / total);
    for (Move& move : moves)
      if (move.from == static_cast<int>(p))
        for (std::size_t l = 0; l < move.share.size(); ++l) {
          move.share[l] *= part;
          wanted[model.owner[l]] += model.workloads[move.w].demand * move.share[l];
        }
  }
  for (Move& move : moves)
    for (std::size_t l = 0; l < move.share.size(); ++l) {
      const double supply = model.providers[model.owner[l]].provisioning[scarce] / 12.0;
      if (wanted[model.owner[l]] > supply) move.share[l] *= supply / wanted[model.owner[l]];
    }
}

void carry_out(const Model& model, const Move& move, Stage& now) {
  const std::size_t locations = model.owner.size();
  double moved = 0.0;
  for (const double share : move.share) moved += share;
  const double left = 1.0 - moved / move.placed;
  for (std::size_t l = 0; l < locations; ++l) {
    const std::size_t i = move.w * locations + l;
    if (model.owner[l] == move.from) {
      now.placed[i] *= left;
      now.capacity[i] *= left;
    }
    now.placed[i] += move.share[l];
    now.capacity[i] += move.share[l];
    now.billed[i] += move.share[l];
  }
}

}  // namespace

bool destinations(const Model& model, const Strategy& strategy, const Relations& relations, int w, int leaver,
                  int month, std::vector<double>& weights) {
  const std::size_t locations = model.owner.size();
  const Choice& choice = strategy.workloads[w];
  weights.assign(locations, 0.0);
  for (int attempt = 0; attempt < 3; ++attempt) {
    double sum = 0.0;
    for (std::size_t l = 0; l < locations; ++l) {
      const int p = model.owner[l];
      const bool open =
          p != leaver && relations.notice[p] > month && model.providers[p].provisioning[0] > 0.0;
      const double weight = attempt == 0   ? choice.exit_plan[leaver][l]
                            : attempt == 1 ? choice.share[l]
                                           : (model.providers[p].alternative ? 1.0 : 0.0);
      weights[l] = open ? weight : 0.0;
      sum += weights[l];
    }
    if (sum <= 0.0) continue;
    for (double& weight : weights) weight /= sum;
    return true;
  }
  return false;
}

void play_exits(const Model& model, const Strategy& strategy, const World& world, const Relations& relations,
                Placement& out) {
  out.stages.assign(1, first_stage(model, strategy));
  out.stage_of_month.assign(model.months, 0);
  out.migration = 0.0;
  const int first = *std::min_element(relations.notice.begin(), relations.notice.end());
  std::vector<double> at_notice(model.providers.size(), 0.0);
  for (int k = first; k < model.months; ++k) {
    Stage& now = out.stages.back();
    for (std::size_t p = 0; p < model.providers.size(); ++p)
      if (relations.notice[p] == k) at_notice[p] = units_at(model, now, static_cast<int>(p));
    std::vector<Move> moves = wishes(model, strategy, relations, now, k);
    if (!moves.empty()) {
      limit(model, world.scarce[k], moves);
      Stage next = now;
      next.from_month = k;
      for (const Move& move : moves) {
        carry_out(model, move, next);
        const Contract& contract = strategy.contracts[move.from];
        const double units = units_of(model, move);
        const double egress =
            at_notice[move.from] > 0.0 ? contract.egress * units / at_notice[move.from] : 0.0;
        out.migration += model.month_discount[k] * (units * contract.migration_cost + egress);
      }
      out.stages.push_back(std::move(next));
    }
    out.stage_of_month[k] = static_cast<int>(out.stages.size()) - 1;
  }
}

}  // namespace peer
