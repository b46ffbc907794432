#include "engine/ranks/cores.hpp"

#include <sched.h>

#include <algorithm>
#include <map>
#include <string>

namespace hedgerow::ranks {
namespace {

/// As text: one character a core.
std::string our_mask() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  std::string mask;
  if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) return mask;
  for (int core = 0; core < CPU_SETSIZE; ++core) mask += CPU_ISSET(core, &allowed) ? '1' : '0';
  return mask;
}

}  // namespace

unsigned share_of_cores(const std::vector<CoreMask>& masks, std::size_t which) {
  unsigned share = 0;
  std::map<std::vector<std::size_t>, std::size_t> turns;  // by who may use a core
  for (std::size_t core = 0; core < masks[which].size(); ++core) {
    if (!masks[which][core]) continue;
    std::vector<std::size_t> users;
    for (std::size_t i = 0; i < masks.size(); ++i)
      if (core < masks[i].size() && masks[i][core]) users.push_back(i);
    share += users[turns[users]++ % users.size()] == which ? 1 : 0;
  }
  return std::max(share, 1u);
}

unsigned share_of_cores(Communicator& communicator) {
  const std::vector<std::string> all = communicator.all_gather(our_mask());
  std::vector<CoreMask> masks;
  std::size_t which = 0;
  for (const unsigned rank : communicator.on_this_host()) {
    if (rank == communicator.rank()) which = masks.size();
    CoreMask mask;
    for (const char allowed : all[rank]) mask.push_back(allowed == '1');
    masks.push_back(std::move(mask));
  }
  return share_of_cores(masks, which);
}

}  // namespace hedgerow::ranks
