#pragma once
// The part of a mixture that is not nominal: paths with more long outages than there are, their costs and
// their weights (outage/mixture.hpp).

#include <cstdint>
#include <span>
#include <vector>

#include "models/assess/paths/played_paths.hpp"

namespace hedgerow::models {

class TiltedPaths {
 public:
  /// `simulation` has a mixture and outlives this object; `outputs` say which columns are kept beside the
  /// total cost: the components, or none. The paths are those from `first` on.
  TiltedPaths(const Simulation& simulation, const OutputSettings& outputs, std::uint64_t first = 0);

  // As those of PlayedPaths, of the tilted paths: the number of path i is number(i).
  bool play_up_to(std::uint64_t paths, const PlayOptions& options);
  void write(NumberWriter& to) const;
  void read(NumberReader& from, std::uint64_t last);
  void reserve(std::uint64_t paths);

  static std::uint64_t number(std::uint64_t i) { return OutageMixture::first_tilted + i; }
  std::uint64_t first() const { return first_; }
  std::uint64_t paths() const { return paths_; }
  const std::vector<Columns>& columns() const { return columns_; }  ///< one by strategy
  std::span<const double> weights() const { return weights_; }

  /// Bytes by tilted path of one strategy.
  static std::size_t width(const Horizon& horizon, const StrategyInput& strategy,
                           const OutputSettings& outputs);

 private:
  const Simulation& simulation_;
  Calendar calendar_;
  std::uint64_t first_, paths_;
  std::vector<Columns> columns_;
  Rows<double> weights_;
};

}  // namespace hedgerow::models
