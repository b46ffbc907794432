#include "apps/cli/memory.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "apps/results/format.hpp"
#include "engine/base/check.hpp"
#include "models/assess/assess.hpp"
#include "models/assess/stopping.hpp"

namespace hedgerow::cli {
namespace {

constexpr double unknown = std::numeric_limits<double>::infinity();

double machine_available() {
  std::ifstream file("/proc/meminfo");
  for (std::string key, unit; file >> key;) {
    double kibibytes = 0.0;
    file >> kibibytes;
    std::getline(file, unit);
    if (key == "MemAvailable:") return kibibytes * 1024.0;
  }
  return unknown;
}

double number_in(const char* path) {
  std::ifstream file(path);
  double bytes = 0.0;
  return file >> bytes ? bytes : unknown;  // "max" is no number: no limit
}

double group_available() {
  const double limit = number_in("/sys/fs/cgroup/memory.max");
  const double used = number_in("/sys/fs/cgroup/memory.current");
  return limit == unknown || used == unknown ? unknown : std::max(0.0, limit - used);
}

}  // namespace

double available_memory() { return std::min(machine_available(), group_available()); }

std::uint64_t paths_that_fit(const models::Study& study) {
  constexpr double part = 0.8;
  constexpr std::uint64_t most = 1u << 24;
  const double by_path = models::memory_needed(study) / static_cast<double>(study.simulation.paths);
  const double fit = part * available_memory() / by_path;
  std::uint64_t paths = models::first_batch;
  while (paths < most && 2.0 * static_cast<double>(paths) <= fit) paths *= 2;
  return paths;
}

void require_memory(const models::Study& study) {
  const double needed = models::memory_needed(study);
  const double available = available_memory();
  if (needed <= available) return;
  const double by_path = needed / static_cast<double>(study.simulation.paths);
  throw InvalidInput(
      fmt::format("{} paths need {:.1f} GB of memory, {:.1f} GB are available (about {} paths would fit)",
                  results::grouped(study.simulation.paths), needed / 1e9, available / 1e9,
                  results::grouped(static_cast<unsigned long long>(available / by_path))));
}

void require_memory(const models::Study& study, const models::Shard& shard) {
  const double needed = models::memory_needed(study, shard);
  const double available = available_memory();
  if (needed <= available) return;
  throw InvalidInput(
      fmt::format("a shard of {} paths needs {:.1f} GB of memory, {:.1f} GB are available (cut the run into "
                  "about {} shards)",
                  results::grouped(study.simulation.paths / shard.count), needed / 1e9, available / 1e9,
                  results::grouped(static_cast<unsigned long long>(shard.count * needed / available + 1.0))));
}

}  // namespace hedgerow::cli
