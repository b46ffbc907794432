#include "models/assess/paths/joint_blocks.hpp"

#include <algorithm>

namespace hedgerow::models {

Shard shard_of(const ranks::Communicator& communicator) {
  return {communicator.rank() + 1, communicator.size()};
}

run::Block dealt(std::uint64_t count, std::uint64_t block_size, const ranks::Communicator* others) {
  return paths_of(others != nullptr ? shard_of(*others) : Shard{}, count, block_size);
}

bool on_all(bool here, ranks::Communicator* others) {
  if (others == nullptr) return here;
  const std::vector<std::string> all = others->all_gather(here ? "yes" : "no");
  return std::all_of(all.begin(), all.end(), [](const std::string& one) { return one == "yes"; });
}

}  // namespace hedgerow::models
