#include "models/assess/gather.hpp"

#include <array>

#include "engine/ranks/numbers.hpp"

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

}  // namespace

Shard shard_of(const ranks::Communicator& communicator) {
  return {communicator.rank() + 1, communicator.size()};
}

void gather(PlayedStudy& study, ranks::Communicator& communicator) {
  if (communicator.rank() > 0) return send(study, communicator);
  study.want_all();
  study.reserve();
  for (unsigned rank = 1; rank < communicator.size(); ++rank) receive(study, communicator, rank);
}

}  // namespace hedgerow::models
