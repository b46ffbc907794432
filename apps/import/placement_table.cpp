#include "apps/import/placement_table.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "apps/import/focus_groups.hpp"
#include "apps/import/focus_skeleton.hpp"
#include "apps/import/focus_view.hpp"
#include "apps/import/skeleton.hpp"

namespace hedgerow::intake {
namespace {

using Weight = std::function<Amount(const Costs&)>;
/// Sums by name; what is negative in sum weighs nothing.
using Sums = std::map<std::string, Amount>;

struct Measure {
  std::string_view name;
  Weight weight;
};

/// What a bill is placed by: usage at list price, and where there is none the next best.
const std::vector<Measure>& measures() {
  static const std::vector<Measure> all{{"usage at list price", [](const Costs& c) { return c.usage_list; }},
                                        {"effective cost", [](const Costs& c) { return c.effective; }},
                                        {"billed cost", [](const Costs& c) { return c.billed; }}};
  return all;
}

double weight_of(const Amount& amount) { return std::max(amount.value(), 0.0); }

double sum_of(const Sums& sums) {
  double sum = 0.0;
  for (const auto& [name, amount] : sums) sum += weight_of(amount);
  return sum;
}

template <class T>
void largest_first(std::vector<T>& items) {
  std::stable_sort(items.begin(), items.end(), [](const T& a, const T& b) { return a.weight > b.weight; });
}

/// Names of parts in the config: of their own for those that are large enough, one for all the others.
struct PartNames {
  std::map<std::string, std::string> by_part;
  std::string others;  ///< empty: nothing was joined

  std::string title(const std::string& part, std::string_view what) const {
    return by_part.at(part) == others ? "all smaller ones" : shown_name(part, what);
  }
};

PartNames names_of_parts(const Sums& sums, std::string_view nameless, ConfigNames names) {
  const double whole = sum_of(sums);
  std::vector<std::string> small;
  PartNames chosen;
  for (const auto& [part, amount] : sums) {
    if (weight_of(amount) >= least_part * whole && part != joined_name)
      chosen.by_part[part] = names.make(part, nameless);
    else if (weight_of(amount) > 0.0)
      small.push_back(part);
  }
  if (small.size() == 1) chosen.by_part[small.front()] = names.make(small.front(), nameless);
  if (small.size() > 1) chosen.others = names.make("other", "other");
  for (const std::string& part : small) chosen.by_part.try_emplace(part, chosen.others);
  return chosen;
}

class Placer {
 public:
  Placer(const Bill& bill, std::string_view currency, const Measure& measure)
      : bill_(bill), currency_(currency), measure_(measure) {}

  std::optional<Placement> run() {
    Sums providers, workloads;
    for_each([&](const SpendGroup& group, Amount weight) {
      providers[group.key.provider] += weight;
      workloads[group.key.workload] += weight;
    });
    const double whole = sum_of(providers);
    if (!(whole > 0.0)) return std::nullopt;
    Placement placement;
    placement.weight_is = measure_.name;
    choose_providers(providers, whole, placement);
    place_workloads(names_of_parts(workloads, "workload", ConfigNames({"contracts", "pooled_headroom"})),
                    placement);
    return placement;
  }

 private:
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const SpendGroup& group : bill_.groups)
      if (group.key.currency == currency_) visit(group, measure_.weight(group.costs));
  }

  void choose_providers(const Sums& sums, double whole, Placement& placement) {
    ConfigNames names({"own", "industry"});  // frailty factors of the model
    std::vector<std::pair<double, std::string>> ranked;
    for (const auto& [original, amount] : sums) ranked.push_back({-weight_of(amount), original});
    std::sort(ranked.begin(), ranked.end());
    for (const auto& [minus, original] : ranked) {
      if (-minus < least_provider * whole || minus == 0.0) {
        placement.left_out.push_back(shown_name(original, "provider"));
        placement.left_out_share += -minus / whole;
        continue;
      }
      placement.providers.push_back(provider(original, names.make(original, "provider")));
    }
  }

  PlacedProvider provider(const std::string& original, std::string name) {
    PlacedProvider provider;
    provider.name = std::move(name);
    provider.original = original;
    Sums regions;
    for_each([&](const SpendGroup& group, Amount weight) {
      if (group.key.provider != original) return;
      regions[group.key.region] += weight;
      provider.costs += group.costs;
    });
    const PartNames chosen = names_of_parts(regions, "no-region", ConfigNames());
    for (const auto& [region, region_name] : chosen.by_part) {
      location_[{original, region}] = provider.name + "." + region_name;
      provider.weight += weight_of(regions.at(region));
      provider.regions[region_name] += weight_of(regions.at(region));
      provider.region_titles.try_emplace(region_name, chosen.title(region, "region"));
    }
    return provider;
  }

  void place_workloads(const PartNames& names, Placement& placement) {
    std::map<std::string, std::map<std::string, Amount>> sums;
    std::map<std::string, std::string> titles;
    for_each([&](const SpendGroup& group, Amount weight) {
      const auto location = location_.find({group.key.provider, group.key.region});
      const auto name = names.by_part.find(group.key.workload);
      if (location == location_.end() || name == names.by_part.end()) return;  // too small, or worth nothing
      sums[name->second][location->second] += weight;
      titles.try_emplace(name->second, names.title(group.key.workload, "workload"));
    });
    for (const auto& [name, locations] : sums) {
      PlacedWorkload workload{name, titles.at(name), 0.0, {}};
      for (const auto& [location, amount] : locations)
        if (weight_of(amount) > 0.0) workload.weight += workload.locations[location] = weight_of(amount);
      if (workload.weight > 0.0) placement.workloads.push_back(std::move(workload));
    }
    largest_first(placement.workloads);
  }

  const Bill& bill_;
  std::string_view currency_;
  const Measure& measure_;
  std::map<std::pair<std::string, std::string>, std::string> location_;
};

}  // namespace

std::optional<Placement> placement_of(const Bill& bill, std::string_view currency) {
  for (const Measure& measure : measures())
    if (std::optional<Placement> placement = Placer(bill, currency, measure).run()) return placement;
  return std::nullopt;
}

}  // namespace hedgerow::intake
