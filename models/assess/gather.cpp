#include "models/assess/gather.hpp"

#include <array>

#include "engine/ranks/numbers.hpp"

namespace hedgerow::models {
namespace {

using RangeWords = std::array<std::uint64_t, 3>;

void send(const PlayedStudy& study, Carried carried, ranks::Communicator& communicator) {
  ranks::MessageWriter to(communicator, 0);
  const std::vector<PathRange> stretches = study.stretches();
  const std::uint64_t count = stretches.size();
  write_numbers(to, count);
  for (const PathRange& stretch : stretches) {
    write_numbers(to, RangeWords{stretch.tilted, stretch.first, stretch.last});
    study.write(stretch, to, carried);
  }
  to.finish();
}

void receive(PlayedStudy& study, Carried carried, ranks::Communicator& communicator, unsigned rank) {
  ranks::MessageReader from(communicator, rank);
  std::uint64_t count = 0;
  read_numbers(from, count);
  for (std::uint64_t i = 0; i < count; ++i) {
    RangeWords words{};
    read_numbers(from, words);
    study.read({words[0] != 0, words[1], words[2]}, from, carried);
  }
}

}  // namespace

Shard shard_of(const ranks::Communicator& communicator) {
  return {communicator.rank() + 1, communicator.size()};
}

Carried gather(PlayedStudy& study, ranks::Communicator& communicator) {
  const Carried carried = study.is_plain() ? Carried::total_costs : Carried::all;
  if (communicator.rank() > 0) {
    send(study, carried, communicator);
    return carried;
  }
  study.want_all();
  study.reserve(carried);
  for (unsigned rank = 1; rank < communicator.size(); ++rank) receive(study, carried, communicator, rank);
  return carried;
}

}  // namespace hedgerow::models
