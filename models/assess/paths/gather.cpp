#include "models/assess/paths/gather.hpp"

#include <array>

#include "engine/ranks/numbers.hpp"
#include "models/assess/paths/joint_blocks.hpp"

namespace hedgerow::models {
namespace {

using RangeWords = std::array<std::uint64_t, 3>;

void send(const PlayedStudy& study, ranks::Communicator& communicator) {
  ranks::MessageWriter to(communicator, 0);
  const std::vector<PathRange> stretches = study.stretches();
  const std::uint64_t count = stretches.size();
  write_numbers(to, count);
  for (const PathRange& stretch : stretches) {
    write_numbers(to, RangeWords{stretch.tilted, stretch.first, stretch.last});
    study.write(stretch, to);
  }
  to.finish();
}

void receive(PlayedStudy& study, ranks::Communicator& communicator, unsigned rank) {
  ranks::MessageReader from(communicator, rank);
  std::uint64_t count = 0;
  read_numbers(from, count);
  for (std::uint64_t i = 0; i < count; ++i) {
    RangeWords words{};
    read_numbers(from, words);
    study.read({words[0] != 0, words[1], words[2]}, from);
  }
}

/// Rank 0 plays the first path of every other one again.
void require_same_machines(const PlayedStudy& study, ranks::Communicator& communicator) {
  const PlayedPaths& paths = study.paths();
  if (communicator.rank() > 0) {
    ranks::MessageWriter to(communicator, 0);
    const std::uint64_t any = paths.rows() > 0;
    write_numbers(to, any);
    if (any) write_numbers(to, paths.first(), total_costs_of(paths.columns(), 0));
    to.finish();
    return;
  }
  for (unsigned rank = 1; rank < communicator.size(); ++rank) {
    ranks::MessageReader from(communicator, rank);
    std::uint64_t any = 0, path = 0;
    std::vector<double> total_costs(study.scenario().strategies.size());
    read_numbers(from, any);
    if (!any) continue;
    read_numbers(from, path, total_costs);
    require_same_costs(study.simulation(), path, total_costs);
  }
}

}  // namespace

bool gather(PlayedStudy& study, ranks::Communicator& communicator) {
  if (!study.is_mixture()) {
    require_same_machines(study, communicator);
    Tally sums = study.paths().no_sums();
    add_in_turn(communicator, sums, [&] { study.paths().add_to(sums); });
    if (communicator.rank() == 0) study.take_sums(sums);
    return true;
  }
  if (communicator.rank() > 0) {
    send(study, communicator);
    return false;
  }
  study.want_all();
  study.reserve();
  for (unsigned rank = 1; rank < communicator.size(); ++rank) receive(study, communicator, rank);
  return false;
}

}  // namespace hedgerow::models
