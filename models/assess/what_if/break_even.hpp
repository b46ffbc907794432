#pragma once
// The discount at which a strategy costs as much as the reference (docs/model/answers.md).

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/measure/estimate.hpp"
#include "engine/ranks/communicator.hpp"
#include "engine/run/blocks.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::models {

enum class BreakEvenVerdict {
  found,
  dearer_even_if_free,   ///< with all of the price taken off, the strategy still costs more
  cheaper_at_any_price,  ///< at a hundred times the list price it still costs less
};
inline constexpr std::array<std::string_view, 3> break_even_verdict_names{"found", "dearer_even_if_free",
                                                                          "cheaper_at_any_price"};

/// One contract of a strategy, all else as it is.
struct BreakEven {
  std::string strategy, reference, provider;
  std::uint64_t paths;  ///< that were played
  double discount;      ///< of the contract, off list, as configured
  BreakEvenVerdict verdict;
  /// The discount off list at which E[TC_strategy] = E[TC_reference]; below 0: worth it even above list.
  /// Its error is that of the difference there over the slope (delta method). Nothing unless found.
  std::optional<measure::Estimate> break_even;
  std::optional<double> gap;  ///< discount - break_even: what the deal gives beyond what it must
};

/// For each strategy but the first, each provider that it uses and the reference does not; if there is none,
/// each that both use at different discounts. On the first `paths` paths of the study; the same bits for any
/// number of threads. Throws InvalidInput where the scenario contradicts itself or `paths` is 0, and Stopped
/// when it is cancelled. Collective where there are others, which share the work; all get the answer.
std::vector<BreakEven> break_evens(const Study& study, std::uint64_t paths, unsigned threads,
                                   const run::Cancellation* cancellation = nullptr,
                                   ranks::Communicator* others = nullptr);

}  // namespace hedgerow::models
