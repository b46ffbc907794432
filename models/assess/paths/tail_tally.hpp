#pragma once
// The largest losses of each column that is not stored: what each provider, and each component at a
// provider, would cost in its own bad futures.

#include <vector>

#include "engine/measure/largest.hpp"
#include "models/assess/study.hpp"
#include "models/ledger/ledger.hpp"

namespace hedgerow::models {

/// Where each of those columns stands. All are amounts in present value.
struct TailLayout {
  std::size_t providers;

  std::size_t cell(std::size_t component, std::size_t p) const { return component * providers + p; }
  std::size_t provider(std::size_t p) const { return cell(component_count, p); }
  std::size_t without_provider(std::size_t p) const { return cell(component_count + 1, p); }
  std::size_t columns() const { return (component_count + 2) * providers; }
};

/// One strategy's stand-alone and with-and-without tails.
class TailTally {
 public:
  /// Keeps what the lowest level of expected shortfall needs of `paths` paths; levels below `lowest_level`
  /// are not kept, and none without Detail::stand_alone.
  TailTally(std::size_t providers, std::uint64_t paths, const OutputSettings& outputs);
  void add(const LedgerSums& sums);
  void merge(const TailTally& other);

  /// Whether expected shortfalls at this level can be told.
  bool keeps(double level) const;
  const TailLayout& layout() const { return layout_; }
  /// What is kept of a column, ascending.
  std::vector<double> largest(std::size_t column) const { return columns_[column].values(); }

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
  TailLayout layout_;
  std::uint64_t paths_ = 0;
  std::vector<measure::LargestValues> columns_;  ///< none where nothing is kept
};

}  // namespace hedgerow::models
