#pragma once
// What `hedgerow run` is asked for.

#include <optional>

#include "apps/cli/checkpoint.hpp"
#include "apps/cli/config_options.hpp"
#include "apps/cli/result_outputs.hpp"
#include "models/assess/paths/shard.hpp"

namespace hedgerow::cli {

struct RunOptions {
  ConfigOptions config;
  ResultOutputs outputs;
  std::optional<models::Shard> shard;
  CheckpointOptions checkpoint;
  std::optional<double> time_budget;  ///< [s]
};

}  // namespace hedgerow::cli
