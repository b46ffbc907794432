#pragma once
// Parts that are put together, in any order and number.

#include <string>
#include <vector>

#include "apps/parts/part_file.hpp"
#include "models/assess/paths/played_study.hpp"

namespace hedgerow::parts {

class Collection {
 public:
  /// Reads all of the parts. Throws as PartFile does, and BadPart where they are not of one run, not played
  /// by this program, or two of them hold the same paths.
  explicit Collection(const std::vector<std::string>& paths);

  /// What all parts say; the config is that of the first.
  const PartDescription& description() const { return description_; }

  /// Hands all paths to a study. Throws BadPart naming what is missing of what the study wants, and where the
  /// numbers are not those of its paths.
  void read_into(models::PlayedStudy& study) const;

  /// Writes one part with all paths of these. Throws results::WriteError.
  void write(const std::string& path) const;

 private:
  struct Place {
    models::PathRange paths;
    std::size_t file, stretch;
  };
  void add(std::size_t file);
  void require_disjoint() const;
  void require_all(const std::vector<models::PathRange>& wanted) const;

  std::vector<PartFile> files_;
  std::vector<Place> places_;  ///< in order of paths
  PartDescription description_;
};

/// Hands the paths of one part to a study that is to go on from them. Throws BadPart where they are of
/// another run or shard.
void continue_from(const PartFile& part, const PartDescription& wanted, models::PlayedStudy& study);

}  // namespace hedgerow::parts
