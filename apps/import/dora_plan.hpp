#pragma once
// What of a register goes into a config, and under which names.

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "apps/import/dora_register.hpp"

namespace hedgerow::intake {

/// A direct provider as the config names it.
struct DirectProvider {
  std::string name;
  std::map<std::string, std::string> regions;  ///< name in the config by country
  std::vector<const DoraReliance*> reliances;  ///< that are in the config
  std::size_t all_reliances = 0;               ///< with those that are not
};

/// What a function has at one provider.
struct DoraWorkload {
  std::string name;
  std::vector<const DoraReliance*> reliances;
};

/// Refers to the register that it was made of.
struct DoraPlan {
  bool only_critical = false;  ///< some function is critical or important, and only such are in the config
  std::map<std::string, DirectProvider> providers;  ///< by their code
  std::map<std::string, std::size_t> group_sizes;   ///< providers in the config by ultimate parent
  std::vector<DoraWorkload> workloads;

  /// "provider.region" of what a function leans on.
  std::string location(const DoraReliance& reliance) const;
};

DoraPlan plan_of(const Register& from);

}  // namespace hedgerow::intake
