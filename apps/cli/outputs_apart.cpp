#include "apps/cli/outputs_apart.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "apps/cli/usage.hpp"
#include "apps/results/file.hpp"

namespace hedgerow::cli {
namespace {

bool are_one_file(const std::string& one, const std::string& other) {
  namespace fs = std::filesystem;
  if (one.empty() || other.empty() || one == "-" || other == "-") return false;
  std::error_code failed;
  if (fs::exists(one, failed) && fs::exists(other, failed))
    return fs::is_regular_file(one, failed) && fs::equivalent(one, other, failed);
  const auto place = [&](const std::string& path) {
    return fs::weakly_canonical(fs::absolute(results::target_of(path)), failed);
  };
  const fs::path first = place(one);
  return !failed && first == place(other) && !failed;
}

}  // namespace

void require_apart(const std::string& name, const std::string& path, const std::string& other_name,
                   const std::string& other_path) {
  if (are_one_file(path, other_path))
    throw UsageError(
        fmt::format("{} {} would overwrite {} (name another file)", other_name, other_path, name));
}

}  // namespace hedgerow::cli
