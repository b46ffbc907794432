#include "apps/cli/checkpoint.hpp"

#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "apps/cli/usage.hpp"
#include "apps/parts/collection.hpp"
#include "apps/results/file.hpp"
#include "apps/results/format.hpp"

namespace hedgerow::cli {

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
