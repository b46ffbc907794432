#include "apps/import/dora_plan.hpp"

#include <algorithm>
#include <utility>

#include "apps/import/skeleton.hpp"

namespace hedgerow::intake {

std::string DoraPlan::location(const DoraReliance& reliance) const {
  const DirectProvider& provider = providers.at(reliance.provider);
  return provider.name + "." + provider.regions.at(reliance.provision);
}

DoraPlan plan_of(const Register& from) {
  DoraPlan plan;
  plan.only_critical = std::any_of(from.reliances.begin(), from.reliances.end(),
                                   [&from](const DoraReliance& r) { return from.is_critical(r.function); });
  ConfigNames provider_names({"own", "industry"}), workload_names({"contracts", "pooled_headroom"});
  std::map<std::pair<std::string, std::string>, DoraWorkload> workloads;
  for (const DoraReliance& r : from.reliances) {
    if (plan.only_critical && !from.is_critical(r.function)) continue;
    DirectProvider& provider = plan.providers[r.provider];
    if (provider.name.empty())
      provider.name = provider_names.make(from.provider_name(r.provider), "provider");
    provider.regions.emplace(r.provision, ConfigNames().make(r.provision, "no-country"));
    provider.reliances.push_back(&r);
    DoraWorkload& workload = workloads[{r.function, r.provider}];
    if (workload.name.empty())
      workload.name =
          workload_names.make(from.function_name(r.function) + " on " + provider.name, "function");
    workload.reliances.push_back(&r);
  }
  for (const DoraReliance& r : from.reliances)
    if (const auto found = plan.providers.find(r.provider); found != plan.providers.end())
      ++found->second.all_reliances;
  for (auto& [key, workload] : workloads) plan.workloads.push_back(std::move(workload));
  for (const auto& [id, provider] : plan.providers) ++plan.group_sizes[from.group_of(id)];
  return plan;
}

}  // namespace hedgerow::intake
