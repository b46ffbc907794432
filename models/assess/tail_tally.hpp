#pragma once
// The largest losses of each column that is not stored: what each provider, and each component at a
// provider, would cost in its own bad futures.

#include <vector>

#include "engine/measure/estimate.hpp"
#include "engine/measure/largest.hpp"
#include "models/assess/study.hpp"
#include "models/ledger/ledger.hpp"

namespace hedgerow::models {

/// One strategy's stand-alone and with-and-without tails.
class TailTally {
 public:
  /// Keeps what the lowest level of expected shortfall needs of `paths` paths; levels below `lowest_level`
  /// are not kept, and none without Detail::stand_alone.
  TailTally(std::size_t providers, std::uint64_t paths, const OutputSettings& outputs);
  void add(const Ledger& ledger);
  void merge(const TailTally& other);

  /// Whether expected shortfalls at this level can be told.
  bool keeps(double level) const;
  /// Expected shortfall of the amounts, in present value.
  measure::Estimate of_cell(Component component, ProviderId provider, double level) const;
  measure::Estimate of_provider(ProviderId provider, double level) const;
  measure::Estimate without_provider(ProviderId provider, double level) const;

  void write(NumberWriter& to) const;
  /// Becomes what was written by one that keeps as much.
  void read(NumberReader& from);

  /// Bytes of a path while none is left out.
  static double width(std::size_t providers);
  /// Bytes for so many paths.
  static double bytes(std::size_t providers, std::uint64_t paths, const OutputSettings& outputs);

  /// Below it the tail is most of the sample and its columns would be stored whole.
  static constexpr double lowest_level = 0.9;

 private:
  measure::Estimate shortfall(const measure::LargestValues& values, double level) const;

  std::size_t providers_;
  std::uint64_t paths_ = 0;
  std::vector<measure::LargestValues> cells_;  ///< component x provider
  std::vector<measure::LargestValues> alone_, without_;
};

}  // namespace hedgerow::models
