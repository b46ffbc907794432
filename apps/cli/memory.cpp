#include "apps/cli/memory.hpp"

#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "apps/results/file.hpp"
#include "apps/results/format.hpp"
#include "engine/base/check.hpp"
#include "models/assess/assess.hpp"
#include "models/assess/paths/stopping.hpp"

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

double left_of(const char* limit_file, const char* used_file) {
  const double limit = number_in(limit_file), used = number_in(used_file);
  return limit == unknown || used == unknown ? unknown : std::max(0.0, limit - used);
}

/// Of either version of control groups.
double group_available() {
  return std::min(
      left_of("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
      left_of("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"));
}

}  // namespace

Need need_of(const models::Study& study, const std::optional<models::Shard>& shard,
             const std::string& spill) {
  const double all = shard ? models::memory_needed(study, *shard) : models::memory_needed(study);
  if (spill.empty()) return {all, 0.0};
  const double beside = shard ? models::memory_beside_rows(study, *shard) : models::memory_beside_rows(study);
  return {beside, all - beside};
}

double available_disk(const std::string& folder) {
  if (folder.empty()) return unknown;
  struct statvfs disk {};
  if (::statvfs(folder.c_str(), &disk) != 0 || ::access((folder + "/").c_str(), W_OK | X_OK) != 0)
    throw results::WriteError(
        fmt::format("{}: cannot write to the folder of --spill: {}", folder, std::strerror(errno)));
  return static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize);
}

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

void require_memory(const models::Study& study, const std::string& spill) {
  const Need need = need_of(study, std::nullopt, spill);
  const std::string paths = results::grouped(study.simulation.paths);
  if (const double free = available_disk(spill); need.disk > free)
    throw InvalidInput(fmt::format("{} paths need {:.1f} GB on the disk of {}, {:.1f} GB are free there",
                                   paths, need.disk / 1e9, spill, free / 1e9));
  const double available = available_memory();
  if (need.memory <= available) return;
  const double by_path = need.memory / static_cast<double>(study.simulation.paths);
  throw InvalidInput(
      fmt::format("{} paths need {:.1f} GB of memory, {:.1f} GB are available (about {} paths would fit{})",
                  paths, need.memory / 1e9, available / 1e9,
                  results::grouped(static_cast<unsigned long long>(available / by_path)),
                  spill.empty() ? "; more with --spill FOLDER, which keeps them on a disk" : ""));
}

void require_memory(const models::Study& study, const models::Shard& shard, const std::string& spill) {
  const Need need = need_of(study, shard, spill);
  const std::string paths = results::grouped(study.simulation.paths / shard.count);
  const auto shards = [&](double needed, double there) {
    return results::grouped(static_cast<unsigned long long>(shard.count * needed / there + 1.0));
  };
  if (const double free = available_disk(spill); need.disk > free)
    throw InvalidInput(fmt::format(
        "a shard of {} paths needs {:.1f} GB on the disk of {}, {:.1f} GB are free there (cut the run into "
        "about {} shards)",
        paths, need.disk / 1e9, spill, free / 1e9, shards(need.disk, free)));
  const double available = available_memory();
  if (need.memory <= available) return;
  throw InvalidInput(
      fmt::format("a shard of {} paths needs {:.1f} GB of memory, {:.1f} GB are available (cut the run into "
                  "about {} shards)",
                  paths, need.memory / 1e9, available / 1e9, shards(need.memory, available)));
}

}  // namespace hedgerow::cli
