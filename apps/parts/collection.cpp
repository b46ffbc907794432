#include "apps/parts/collection.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "apps/results/format.hpp"
#include "engine/base/check.hpp"

namespace hedgerow::parts {
namespace {

std::string name_of(const models::PathRange& paths) {
  return fmt::format("{} {} to {}", paths.tilted ? "tilted paths" : "paths", results::grouped(paths.first),
                     results::grouped(paths.last - 1));
}

/// Which shards of the run a gap takes, if it is cut in one way: ": shard 3/16", ": shards 3 to 5 of 16".
std::string shards_of(const models::PathRange& gap, std::uint64_t paths, std::uint32_t count) {
  if (count < 2) return "";
  std::uint32_t first = 0, last = 0;
  for (std::uint32_t i = 1; i <= count; ++i) {
    const run::Block shard = models::paths_of({i, count}, paths);
    if (shard.last <= gap.first || shard.first >= gap.last) continue;
    first = first == 0 ? i : first;
    last = i;
  }
  if (first == last) return fmt::format(": shard {}/{}", first, count);
  return fmt::format(": shards {} to {} of {}", first, last, count);
}

void read_stretch(const PartFile& file, std::size_t stretch, models::PlayedStudy& study) {
  const auto numbers = file.numbers(stretch);
  try {
    study.read(file.description().stretches[stretch].paths, *numbers);
  } catch (const InvalidInput& error) {
    throw BadPart(fmt::format("{}: {}", file.path(), error.what()));
  }
  file.require_used_up(*numbers);
}

}  // namespace

Collection::Collection(const std::vector<std::string>& paths) {
  files_.reserve(paths.size());
  for (const std::string& path : paths) {
    files_.emplace_back(path);
    add(files_.size() - 1);
  }
  std::sort(places_.begin(), places_.end(), [](const Place& a, const Place& b) { return a.paths < b.paths; });
  require_disjoint();
}

void Collection::add(std::size_t file) {
  const PartDescription& part = files_[file].description();
  require_this_program(files_[file].path(), part);
  if (file == 0) {
    description_ = part;
    description_.stretches.clear();
  } else {
    require_one_run(files_[file].path(), part, files_[0].path(), files_[0].description());
    if (part.shards != description_.shards) description_.shards = 0;
    description_.seconds += part.seconds;
    description_.processes += part.processes;
  }
  for (std::size_t i = 0; i < part.stretches.size(); ++i)
    places_.push_back({part.stretches[i].paths, file, i});
}

void Collection::require_disjoint() const {
  for (std::size_t i = 1; i < places_.size(); ++i) {
    const models::PathRange &before = places_[i - 1].paths, &after = places_[i].paths;
    if (before.tilted != after.tilted || before.last <= after.first) continue;
    throw BadPart(fmt::format("{} and {} both hold {}", files_[places_[i - 1].file].path(),
                              files_[places_[i].file].path(),
                              name_of({after.tilted, after.first, std::min(before.last, after.last)})));
  }
}

void Collection::require_all(const std::vector<models::PathRange>& wanted) const {
  std::string missing;
  for (const models::PathRange& whole : wanted) {
    std::uint64_t next = whole.first;
    const auto note = [&](std::uint64_t until) {
      const models::PathRange gap{whole.tilted, next, until};
      if (next < until)
        missing += fmt::format("\n  {}{}", name_of(gap), shards_of(gap, whole.last, description_.shards));
    };
    for (const Place& place : places_) {
      if (place.paths.tilted != whole.tilted) continue;
      note(std::min(place.paths.first, whole.last));
      next = std::max(next, place.paths.last);
    }
    note(whole.last);
  }
  if (!missing.empty()) throw BadPart(fmt::format("parts of the run are missing:{}", missing));
}

void Collection::read_into(models::PlayedStudy& study) const {
  require_all(study.wanted());
  study.reserve();
  for (const Place& place : places_) read_stretch(files_[place.file], place.stretch, study);
}

void Collection::write(const std::string& path) const {
  std::vector<StretchSource> sources;
  for (const Place& place : places_)
    sources.push_back(
        {place.paths, [this, place](NumberWriter& to) { files_[place.file].copy(place.stretch, to); }});
  write_part(path, description_, sources);
}

void continue_from(const PartFile& part, const PartDescription& wanted, models::PlayedStudy& study) {
  require_this_program(part.path(), part.description());
  require_one_run(part.path(), part.description(), "this run", wanted);
  const std::vector<models::PathRange> wanted_paths = study.wanted();
  for (const StoredStretch& stored : part.description().stretches) {
    const models::PathRange& there = stored.paths;
    const bool begins_here = std::any_of(wanted_paths.begin(), wanted_paths.end(), [&](const auto& range) {
      return range.tilted == there.tilted && range.first == there.first;
    });
    if (!begins_here)
      throw BadPart(fmt::format("{} has {}, with which nothing begins here (it is of another shard)",
                                part.path(), name_of(there)));
  }
  for (std::size_t i = 0; i < part.description().stretches.size(); ++i) read_stretch(part, i, study);
}

}  // namespace hedgerow::parts
