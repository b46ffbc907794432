#include "apps/import/dora_concentration.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace hedgerow::intake {
namespace {

bool is_hard_to_replace(const DoraAssessment& a) {
  return a.substitutability && *a.substitutability != dora::easily;
}

/// Keeps the smaller of what is there.
template <class T>
void lower(std::optional<T>& kept, const std::optional<T>& other) {
  if (other && (!kept || *other < *kept)) kept = other;
}

class Weigher {
 public:
  Weigher(const Register& from, const std::map<std::string, double>& rates) : from_(from), rates_(rates) {}

  DoraConcentration run() {
    find_critical();
    for (const DoraReliance& reliance : from_.reliances) add_reliance(reliance);
    for (const DoraAssessment& assessment : from_.assessments) add_assessment(assessment);
    for (const DoraLink& link : from_.links) add_link(link);
    add_costs();
    find_missing_exit_plans();
    finish();
    return std::move(found_);
  }

 private:
  using Service = std::pair<std::string, std::string>;  // arrangement and provider

  void find_critical() {
    for (const DoraReliance& r : from_.reliances)
      if (from_.is_critical(r.function)) {
        functions_of_[{r.arrangement, r.provider}].insert(r.function);
        functions_of_arrangement_[r.arrangement].insert(r.function);
      }
  }

  GroupExposure& group_of(const std::string& provider) {
    const std::string parent = from_.group_of(provider);
    GroupExposure& group = groups_[parent];
    group.parent = parent;
    return group;
  }

  const std::set<std::string>& critical_functions(const std::string& arrangement,
                                                  const std::string& provider) const {
    static const std::set<std::string> none;
    const auto found = functions_of_.find({arrangement, provider});
    return found == functions_of_.end() ? none : found->second;
  }

  void add_reliance(const DoraReliance& r) {
    GroupExposure& group = group_of(r.provider);
    group.providers.insert(r.provider);
    group.arrangements.insert(r.arrangement);
    if (!from_.is_critical(r.function)) return;
    group.critical.insert(r.function);
    lower(group.first_end, r.end);
    lower(group.provider_notice, r.provider_notice);
    SeveralArrangements& several = several_[group.parent];
    several.arrangements.insert(r.arrangement);
    several.functions.insert(r.function);
    std::set<std::string> abroad;
    for (const std::string& country : {r.law, r.provision, r.storage, r.processing})
      if (!country.empty() && !is_in_eea(country)) abroad.insert(country);
    if (!abroad.empty()) found_.third_countries.push_back({r.function, r.provider, r.arrangement, abroad});
  }

  void add_assessment(const DoraAssessment& a) {
    const std::set<std::string>& functions = critical_functions(a.arrangement, a.provider);
    if (functions.empty()) return;
    GroupExposure& group = group_of(a.provider);
    lower(group.substitutability, a.substitutability);  // the worst comes first in its list
    if (a.exit_plan && (!group.exit_plan || *group.exit_plan == dora::yes)) group.exit_plan = a.exit_plan;
    if (is_hard_to_replace(a)) found_.hard_to_replace.push_back({a, functions});
  }

  void add_link(const DoraLink& link) {
    const auto functions = functions_of_arrangement_.find(link.arrangement);
    if (link.rank < 2 || functions == functions_of_arrangement_.end()) return;
    found_.chains.push_back({link, functions->second});
    GroupExposure& group = group_of(link.provider);
    group.critical_through_others.insert(functions->second.begin(), functions->second.end());
    SeveralArrangements& several = several_[group.parent];
    several.through.insert(link.arrangement);
    several.functions.insert(functions->second.begin(), functions->second.end());
  }

  std::optional<double> rate(const std::string& currency) const {
    if (currency == from_.currency) return 1.0;
    const auto found = rates_.find(currency);
    return found == rates_.end() ? std::nullopt : std::optional(found->second);
  }

  void add_costs() {
    for (const auto& [id, provider] : from_.providers) {
      if (!provider.cost || provider.cost->is_zero()) continue;
      GroupExposure& group = group_of(id);
      group.cost[provider.currency] += *provider.cost;
    }
    for (auto& [parent, group] : groups_) {
      double sum = 0.0;
      bool is_whole = true;
      for (const auto& [currency, cost] : group.cost) {
        const std::optional<double> in_base = rate(currency);
        if (!in_base) found_.currencies_without_rate.insert(currency);
        is_whole = is_whole && in_base;
        sum += cost.value() * in_base.value_or(0.0);
      }
      if (is_whole) group.converted = sum;
    }
  }

  /// Article 28(8) wants one for every critical or important function.
  void find_missing_exit_plans() {
    if (from_.assessments.empty()) return;
    std::set<Service> planned;
    for (const DoraAssessment& a : from_.assessments)
      if (a.exit_plan == Code(dora::yes)) planned.insert({a.arrangement, a.provider});
    for (const DoraReliance& r : from_.reliances)
      if (from_.is_critical(r.function) && !planned.contains({r.arrangement, r.provider}))
        found_.without_exit_plan.push_back(r);
  }

  void finish() {
    std::vector<double> costs, direct;
    std::set<std::string> critical;
    for (auto& [parent, group] : groups_) {
      group.name = name_of_group(group);
      for (const std::string& function : group.critical) group.critical_through_others.erase(function);
      costs.push_back(group.converted.value_or(0.0));
      direct.push_back(static_cast<double>(group.critical.size()));
      critical.insert(group.critical.begin(), group.critical.end());
      found_.groups.push_back(group);
    }
    if (found_.currencies_without_rate.empty()) found_.by_cost = measure::concentration(costs);
    found_.by_function = measure::concentration(direct);
    found_.critical_functions = critical.size();
    for (auto& [parent, several] : several_) {
      several.group = parent;
      if (several.arrangements.size() + several.through.size() > 1) found_.several.push_back(several);
    }
    const auto weight = [](const GroupExposure& g) {
      return std::tuple(g.critical.size() + g.critical_through_others.size(), g.converted.value_or(0.0));
    };
    std::stable_sort(found_.groups.begin(), found_.groups.end(),
                     [&](const GroupExposure& a, const GroupExposure& b) { return weight(a) > weight(b); });
  }

  /// A parent is often no provider itself and has no name in the register.
  std::string name_of_group(const GroupExposure& group) const {
    const std::string known = from_.provider_name(group.parent);
    if (known != group.parent || group.providers.empty()) return known;
    return group.parent + ": " + from_.provider_name(*group.providers.begin()) +
           (group.providers.size() > 1 ? " and others" : "");
  }

  const Register& from_;
  const std::map<std::string, double>& rates_;
  std::map<Service, std::set<std::string>> functions_of_;
  std::map<std::string, std::set<std::string>> functions_of_arrangement_;
  std::map<std::string, GroupExposure> groups_;
  std::map<std::string, SeveralArrangements> several_;
  DoraConcentration found_;
};

}  // namespace

DoraConcentration concentration_of(const Register& from, const std::map<std::string, double>& rates) {
  return Weigher(from, rates).run();
}

}  // namespace hedgerow::intake
