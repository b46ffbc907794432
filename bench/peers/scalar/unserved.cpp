// Demand that outages and providers who turned away leave unserved: the horizon is cut wherever anything
// changes, and every piece on which something is missing is worked out.

#include <algorithm>
#include <cmath>

#include "bench/peers/scalar/costs.hpp"

namespace peer {
namespace {

/// An incident of a workload: it lasts as long as outages leave something unserved.
struct Incident {
  bool open = false;
  double start = 0.0, hours = 0.0;
};

/// What a provider delivers over a time, as a part of what it owes.
struct Restriction {
  double begin, end;  ///< [yr]
  double factor;
};

class Sweep {
 public:
  explicit Sweep(Play& play)
      : play_(play), model_(play.model), locations_(model_.owner.size()), next_(model_.entities.size(), 0) {}

  void run() {
    set_edges();
    set_restrictions();
    up_.resize(locations_);
    delivered_.resize(locations_);
    incidents_.assign(model_.workloads.size(), {});
    sudden_.resize(model_.workloads.size());
    for (std::size_t w = 0; w < sudden_.size(); ++w)
      if (play_.strategy.workloads[w].recovery_hours >= 0.0)
        sudden_[w].assign(edges_.size() * locations_, 0.0);
    for (std::size_t i = 0; i + 1 < edges_.size(); ++i) {
      if (edges_[i + 1] <= edges_[i]) continue;
      if (something_is_missing(0.5 * (edges_[i] + edges_[i + 1])))
        for (std::size_t w = 0; w < model_.workloads.size(); ++w) play_piece(w, i);
      else
        for (std::size_t w = 0; w < model_.workloads.size(); ++w) close(w);
    }
    for (std::size_t w = 0; w < model_.workloads.size(); ++w) close(w);
  }

 private:
  /// All instants at which anything changes, and those a recovery time later.
  void set_edges() {
    std::vector<double> base = play_.world.edges;
    const std::size_t outages = base.size();
    for (std::size_t p = 0; p < model_.providers.size(); ++p)
      for (const Sojourn& sojourn : play_.relations.sojourns[p])
        if (sojourn.regime == rival) base.insert(base.end(), {sojourn.begin, sojourn.end});
    if (base.size() > outages) std::sort(base.begin(), base.end());
    edges_ = base;
    for (const Choice& choice : play_.strategy.workloads) {
      if (choice.recovery_hours <= 0.0) continue;
      std::vector<double> later = base, merged;
      for (double& time : later) time = std::min(time + choice.recovery_hours / hours_per_year, model_.end);
      std::merge(edges_.begin(), edges_.end(), later.begin(), later.end(), std::back_inserter(merged));
      edges_.swap(merged);
    }
  }

  /// A provider withholds as a rival, and delivers nothing once it has cut us off.
  void set_restrictions() {
    restrictions_.resize(model_.providers.size());
    for (std::size_t p = 0; p < restrictions_.size(); ++p) {
      for (const Sojourn& sojourn : play_.relations.sojourns[p]) {
        if (sojourn.regime == severed) break;
        if (sojourn.regime == rival)
          restrictions_[p].push_back({sojourn.begin, sojourn.end, 1.0 - model_.providers[p].withhold});
      }
      if (play_.relations.cut_off[p] < model_.months)
        restrictions_[p].push_back({play_.relations.cut_off[p] / 12.0, model_.end, 0.0});
    }
  }

  double delivers(int p, double time) const {
    for (const Restriction& restriction : restrictions_[p])
      if (restriction.begin < time && time < restriction.end) return restriction.factor;
    return 1.0;
  }

  /// What is up and delivered around `time`, which only ever grows.
  bool something_is_missing(double time) {
    bool missing = false;
    std::fill(up_.begin(), up_.end(), 1.0);
    for (std::size_t e = 0; e < next_.size(); ++e) {
      const auto& outages = play_.world.outages[e];
      while (next_[e] < outages.size() && outages[next_[e]].end < time) ++next_[e];
      if (next_[e] == outages.size() || outages[next_[e]].start > time) continue;
      missing = true;
      for (std::size_t l = 0; l < locations_; ++l) up_[l] *= 1.0 - model_.entities[e].impact[l];
    }
    for (std::size_t l = 0; l < locations_; ++l) {
      delivered_[l] = l > 0 && model_.owner[l] == model_.owner[l - 1] ? delivered_[l - 1]
                                                                      : delivers(model_.owner[l], time);
      missing |= delivered_[l] < 1.0;
    }
    return missing;
  }

  /// The least that outages have taken at a location during the recovery time before the middle of piece i.
  double lost_for_long(std::size_t w, std::size_t i, std::size_t l) const {
    const double since =
        0.5 * (edges_[i] + edges_[i + 1]) - play_.strategy.workloads[w].recovery_hours / hours_per_year;
    if (since < 0.0) return 0.0;
    double least = sudden_[w][i * locations_ + l];
    for (std::size_t j = i; j > 0 && edges_[j] > since && least > 0.0; --j)
      if (edges_[j] > edges_[j - 1]) least = std::min(least, sudden_[w][(j - 1) * locations_ + l]);
    return least;
  }

  void play_piece(std::size_t w, std::size_t i) {
    const Choice& choice = play_.strategy.workloads[w];
    const double begin = edges_[i], end = edges_[i + 1];
    const int month = std::min(model_.months - 1, static_cast<int>(0.5 * (begin + end) * 12.0));
    const Stage& stage = play_.placement.at(month);
    const double* placed = &stage.placed[w * locations_];
    const double* capacity = &stage.capacity[w * locations_];
    const std::vector<double>& on_demand = choice.on_demand[play_.world.scarce[month]];
    double lost = 0.0, announced = 0.0, eligible = 0.0;
    for (std::size_t l = 0; l < locations_; ++l) {
      if (placed[l] <= 0.0) continue;
      const double lost_here = placed[l] - std::min(placed[l], up_[l] * delivered_[l] * capacity[l]);
      const double announced_here = placed[l] - std::min(placed[l], delivered_[l] * capacity[l]);
      lost += lost_here;
      announced += announced_here;
      eligible += announced_here;
      if (choice.recovery_hours < 0.0) continue;
      sudden_[w][i * locations_ + l] = lost_here - announced_here;
      if (lost_here > announced_here) eligible += lost_for_long(w, i, l);
    }
    if (lost <= 0.0) return close(w);
    double reserved = lost - 1.0, spare_if_up = announced - 1.0;  // what is served is not spare
    double offered = 0.0;
    for (std::size_t l = 0; l < locations_; ++l) {
      reserved += up_[l] * delivered_[l] * capacity[l];
      offered += up_[l] * delivered_[l] * on_demand[l];
      spare_if_up += delivered_[l] * (capacity[l] + on_demand[l]);
    }
    const double rescued = eligible > 0.0 ? std::min(1.0, (reserved + offered) / eligible) : 1.0;
    const double rescued_if_up = announced > 0.0 ? std::min(1.0, spare_if_up / announced) : 1.0;
    const double strategic = announced - rescued_if_up * announced;
    const double by_outage = lost - rescued * eligible - strategic;
    charge(w, begin, end, by_outage, strategic);
    const double bought = std::max(0.0, rescued * eligible - reserved);
    if (bought > 0.0 && offered > 0.0) buy(w, month, begin, end, bought / offered, on_demand);
  }

  void charge(std::size_t w, double begin, double end, double by_outage, double strategic) {
    const Workload& workload = model_.workloads[w];
    const double value = workload.revenue_at_risk * hours_per_year * annuity(model_.rate, begin, end);
    play_.costs[outage] += value * by_outage;
    play_.costs[capacity_shortage] += value * strategic;
    if (by_outage <= rounding) return close(w);
    Incident& incident = incidents_[w];
    if (!incident.open) incident = {true, begin, 0.0};
    incident.hours += by_outage * (end - begin) * hours_per_year;
  }

  void buy(std::size_t w, int month, double begin, double end, double part,
           const std::vector<double>& on_demand) {
    const double value = hours_per_year * annuity(model_.rate, begin, end);
    for (std::size_t l = 0; l < locations_; ++l)
      play_.costs[spend] += value * model_.workloads[w].demand * part * up_[l] * delivered_[l] *
                            on_demand[l] * play_.world.price[model_.owner[l]][month];
  }

  /// Ends the workload's incident, if there is one.
  void close(std::size_t w) {
    Incident& incident = incidents_[w];
    const Workload& workload = model_.workloads[w];
    if (incident.open && workload.reputation_factor > 0.0)
      play_.costs[reputation] +=
          std::exp(-model_.rate * incident.start) * workload.reputation_factor * workload.revenue_at_risk *
          workload.reputation_time *
          std::pow(incident.hours / workload.reputation_time, workload.reputation_exponent);
    incident.open = false;
  }

  Play& play_;
  const Model& model_;
  std::size_t locations_;
  std::vector<std::size_t> next_;  ///< by entity: the outage that is on or comes next
  std::vector<double> edges_;
  std::vector<std::vector<Restriction>> restrictions_;  ///< by provider
  std::vector<double> up_, delivered_;                  ///< by location, on the piece that is played
  std::vector<std::vector<double>> sudden_;  ///< by workload: what outages take, by piece and location
  std::vector<Incident> incidents_;          ///< by workload
};

}  // namespace

void charge_unserved(Play& play) { Sweep(play).run(); }

}  // namespace peer
