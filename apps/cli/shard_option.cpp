#include "apps/cli/shard_option.hpp"

#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "apps/cli/usage.hpp"

namespace hedgerow::cli {
namespace {

constexpr std::uint32_t most_shards = 1'000'000;

std::optional<std::uint32_t> whole(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Where schedulers say which task of an array this is, and what they count from.
struct ArrayVariable {
  const char* name;
  std::uint32_t first;
  const char* hint;
};
constexpr std::array array_variables{
    ArrayVariable{"SLURM_ARRAY_TASK_ID", 1, "submit it with --array=1-{}"},
    ArrayVariable{"JOB_COMPLETION_INDEX", 0, "the job needs completions: {}"},
    ArrayVariable{"AWS_BATCH_JOB_ARRAY_INDEX", 0, "the job needs an array size of {}"},
    ArrayVariable{"CLOUD_RUN_TASK_INDEX", 0, "the job needs {} tasks"}};

std::uint32_t index_from_scheduler(std::uint32_t count) {
  const ArrayVariable* found = nullptr;
  for (const ArrayVariable& variable : array_variables) {
    if (std::getenv(variable.name) == nullptr) continue;
    if (found != nullptr)
      throw UsageError(fmt::format("--shard auto: both {} and {} are set (write the index: --shard 1/{})",
                                   found->name, variable.name, count));
    found = &variable;
  }
  if (found == nullptr)
    throw UsageError(
        fmt::format("--shard auto: this is no job array ({}, {}, {} and {} are not set); write the index: "
                    "--shard 1/{}",
                    array_variables[0].name, array_variables[1].name, array_variables[2].name,
                    array_variables[3].name, count));
  const std::string said = std::getenv(found->name);
  const auto index = whole(said);
  if (!index || *index < found->first || *index - found->first >= count)
    throw UsageError(fmt::format("--shard auto: {} is {} (must be from {} to {}: {})", found->name, said,
                                 found->first, found->first + count - 1,
                                 fmt::format(fmt::runtime(found->hint), count)));
  return *index - found->first + 1;
}

}  // namespace

models::Shard shard_from(const std::string& text) {
  const std::size_t slash = text.find('/');
  const auto count =
      slash == std::string::npos ? std::nullopt : whole(std::string_view(text).substr(slash + 1));
  const std::string index = text.substr(0, slash);
  const auto written = whole(index);
  if (!count || *count < 1 || *count > most_shards ||
      (index != "auto" && (!written || *written < 1 || *written > *count)))
    throw UsageError(fmt::format("--shard is {} (must be as 3/16, the third of sixteen, or auto/16)", text));
  return {written ? *written : index_from_scheduler(*count), *count};
}

}  // namespace hedgerow::cli
