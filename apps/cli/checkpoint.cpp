#include "apps/cli/checkpoint.hpp"

#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "apps/cli/usage.hpp"
#include "apps/parts/collection.hpp"
#include "apps/results/file.hpp"
#include "apps/results/format.hpp"

namespace hedgerow::cli {

namespace fs = std::filesystem;

std::string file_of_rank(const std::string& file, const models::Shard& shard) {
  fs::path path = file;
  return path
      .replace_filename(fmt::format("{}-{}-of-{}{}", path.stem().string(), shard.index, shard.count,
                                    path.extension().string()))
      .string();
}

void require_no_other_ranks(const CheckpointOptions& options, std::uint32_t ranks) {
  const fs::path file = options.file;
  const std::string ours = ranks == 1 ? options.file : file_of_rank(options.file, {1, ranks});
  if (file.empty() || !options.resume || fs::exists(ours)) return;
  const auto refuse = [&](const std::string& there, const std::string& how) {
    throw UsageError(
        fmt::format("--resume: {} is there, saved {} (go on with as many, or remove it)", there, how));
  };
  if (ranks > 1 && fs::exists(file)) refuse(options.file, "without mpirun");
  std::error_code unreadable;  // which is found when the checkpoint is written
  for (const auto& entry :
       fs::directory_iterator(file.has_parent_path() ? file.parent_path() : ".", unreadable)) {
    const std::string name = entry.path().filename().string();
    std::uint32_t index = 0, count = 0;
    const std::string tail =
        name.starts_with(file.stem().string()) ? name.substr(file.stem().string().size()) : "";
    if (std::sscanf(tail.c_str(), "-%u-of-%u", &index, &count) != 2 || count == ranks) continue;
    if (fs::path(file_of_rank(options.file, {index, count})).filename() == name)
      refuse(entry.path().string(), fmt::format("by one of {} ranks", count));
  }
}

void require_usable(const CheckpointOptions& options) {
  if (options.file.empty()) return;
  results::require_writable(options.file);
  if (!options.resume && std::filesystem::exists(options.file))
    throw UsageError(fmt::format(
        "--checkpoint {} is there already (go on from it with --resume, or remove it)", options.file));
}

Checkpoint::Checkpoint(const CheckpointOptions& options, parts::PartDescription run)
    : options_(options), run_(std::move(run)) {}

void Checkpoint::resume(models::PlayedStudy& study) {
  if (options_.file.empty() || !options_.resume || !std::filesystem::exists(options_.file)) return;
  const parts::PartFile file(options_.file);
  parts::continue_from(file, run_, study);
  seconds_before_ = file.description().seconds;
  paths_saved_ = study.all_paths();
  fmt::print(stderr, "hedgerow: {}: {} are there already\n", results::printable(options_.file),
             results::counted(paths_saved_, "path", "paths"));
}

double Checkpoint::seconds() const {
  return seconds_before_ + std::chrono::duration<double>(Clock::now() - start_).count();
}

void Checkpoint::after_block(const models::PlayedStudy& study) {
  if (options_.file.empty() || std::chrono::duration<double>(Clock::now() - saved_).count() < options_.every)
    return;
  save(study);
}

void Checkpoint::save(const models::PlayedStudy& study) {
  if (options_.file.empty() || study.all_paths() == paths_saved_) return;
  try {
    run_.seconds = seconds();
    write_paths(options_.file, run_, study);
    paths_saved_ = study.all_paths();
  } catch (const results::WriteError& error) {
    fmt::print(stderr, "hedgerow: the checkpoint is not saved, the run goes on: {}\n",
               results::printable(error.what()));
  }
  saved_ = Clock::now();
}

void write_paths(const std::string& path, parts::PartDescription run, const models::PlayedStudy& study) {
  std::vector<parts::StretchSource> sources;
  for (const models::PathRange& stretch : study.stretches())
    sources.push_back({stretch, [&study, stretch](NumberWriter& to) { study.write(stretch, to); }});
  parts::write_part(path, std::move(run), sources);
}

}  // namespace hedgerow::cli
