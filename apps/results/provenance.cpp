#include "apps/results/provenance.hpp"

#include "build_info.hpp"

namespace hedgerow::results {

Build this_build() { return {build_info::version, build_info::git_revision, build_info::compiler}; }

}  // namespace hedgerow::results
