#pragma once
// A run that is small in every way, and parts of it.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "apps/parts/part_file.hpp"
#include "models/assess/paths/played_study.hpp"

namespace hedgerow::test {

inline constexpr const char* small_config = R"(hedgerow: 1
horizon: {start: 2026-01, years: 2}
simulation: {paths: 3000, seed: 7}
providers:
  a: {list_price: 1 USD/unit-hour, regions: {r: {outages: {rate: 3/yr, duration: {lognormal: {median: 2h, sigma: 1}}}}}}
  b: {list_price: 1 USD/unit-hour, regions: {r: {}}}
workloads: {load: {demand: 1 units, revenue_at_risk: 5 USD/h}}
strategies:
  one: {load: {placement: {a.r: 100%}}}
  two: {load: {placement: {a.r: 50%, b.r: 50%}}}
)";

inline config::LoadedConfig small_run(const std::vector<config::Override>& overrides = {}) {
  return config::load_config(config::Source{"small.yaml", small_config}, overrides);
}

inline models::AssessOptions one_thread() {
  models::AssessOptions options;
  options.threads = 1;
  options.replay_tails = false;
  return options;
}

/// Plays a shard and writes it as a part.
inline void write_shard(const std::string& path, const config::LoadedConfig& run,
                        const models::Shard& shard) {
  models::PlayedStudy study(run.study, 1, shard);
  study.play(one_thread());
  parts::PartDescription part = parts::describe(run);
  part.shards = shard.count;
  std::vector<parts::StretchSource> sources;
  for (const models::PathRange& paths : study.stretches())
    sources.push_back({paths, [&study, paths](NumberWriter& to) { study.write(paths, to); }});
  parts::write_part(path, part, sources);
}

/// A folder that is gone again at the end of a test.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() / (name + "-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(path_), std::filesystem::directory_iterator()));
  }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline void put_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace hedgerow::test
