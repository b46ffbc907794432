#include "apps/cli/join_ranks.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "apps/cli/usage.hpp"

namespace hedgerow::cli {
namespace {

unsigned count_in(const char* variable) {
  const char* text = std::getenv(variable);
  return text == nullptr ? 0 : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

/// How many processes were started together, by what OpenMPI, MPICH and its kin, or Slurm with PMIx say to
/// each of them; 0 or 1: this one alone.
unsigned launched() {
  for (const char* variable : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"})
    if (const unsigned size = count_in(variable)) return size;
  return std::getenv("PMIX_RANK") == nullptr ? 1 : count_in("SLURM_NTASKS");
}

}  // namespace

std::unique_ptr<ranks::Communicator> join_ranks() {
  const unsigned size = launched();
  if (size < 2) return nullptr;
  auto communicator = ranks::join();
  if (communicator == nullptr)
    throw UsageError(fmt::format(
        "{} processes were started as the ranks of one run, and this program is built without "
        "MPI (script/bootstrap --with mpi, then cmake --preset mpi; or play shards: --shard 1/{})",
        size, size));
  if (communicator->size() != size)
    throw UsageError(fmt::format(
        "{} processes were started, and OpenMPI sees {} (this program is built with OpenMPI: start "
        "it with OpenMPI's mpirun)",
        size, communicator->size()));
  return communicator;
}

}  // namespace hedgerow::cli
