#include "models/assess/joint_blocks.hpp"

#include <algorithm>

namespace hedgerow::models {

run::Block dealt(std::uint64_t count, std::uint64_t block_size, const ranks::Communicator* others) {
  if (others == nullptr) return {0, count};
  const std::uint64_t blocks = (count + block_size - 1) / block_size;
  const auto end_of = [&](std::uint64_t ranks) {
    return std::min(count, block_size * (blocks * ranks / others->size()));
  };
  return {end_of(others->rank()), end_of(others->rank() + 1)};
}

bool on_all(bool here, ranks::Communicator* others) {
  if (others == nullptr) return here;
  const std::vector<std::string> all = others->all_gather(here ? "yes" : "no");
  return std::all_of(all.begin(), all.end(), [](const std::string& one) { return one == "yes"; });
}

}  // namespace hedgerow::models
