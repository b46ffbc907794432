#include "apps/results/provenance.hpp"

#include <fmt/format.h>

#include "build_info.hpp"

namespace hedgerow::results {

Build this_build() { return {build_info::version, build_info::git_revision, build_info::compiler}; }

std::string name_of(const Build& build) {
  return fmt::format("hedgerow {} ({}, {})", build.version, build.git_revision, build.compiler);
}

}  // namespace hedgerow::results
