#pragma once
// The regimes of a provider towards the buyer and the transitions between them (docs/model/divergence.md).

#include <array>
#include <cstddef>
#include <ranges>
#include <string_view>

#include "models/scenario/input.hpp"

namespace hedgerow::models {

enum class Regime : std::size_t { aligned, strained, rival, severed };
inline constexpr std::size_t regime_count = 4;
inline constexpr std::array<std::string_view, regime_count> regime_names{"aligned", "strained", "rival",
                                                                         "severed"};

struct Transition {
  Regime from, to;
  PerYear Divergence::*rate;
  std::string_view name;  ///< names its random stream

  bool worsening() const { return to > from; }
};

/// Every transition that the generator allows, grouped by the regime it leaves.
inline constexpr std::array<Transition, 8> transitions{{
    {Regime::aligned, Regime::strained, &Divergence::aligned_to_strained, "aligned>strained"},
    {Regime::aligned, Regime::rival, &Divergence::aligned_to_rival, "aligned>rival"},
    {Regime::strained, Regime::aligned, &Divergence::strained_to_aligned, "strained>aligned"},
    {Regime::strained, Regime::rival, &Divergence::strained_to_rival, "strained>rival"},
    {Regime::strained, Regime::severed, &Divergence::strained_to_severed, "strained>severed"},
    {Regime::rival, Regime::strained, &Divergence::rival_to_strained, "rival>strained"},
    {Regime::rival, Regime::severed, &Divergence::rival_to_severed, "rival>severed"},
    {Regime::severed, Regime::strained, &Divergence::severed_to_strained, "severed>strained"},
}};

/// The indices of the transitions that leave a regime.
constexpr auto leaving(Regime regime) {
  constexpr std::array<std::size_t, regime_count + 1> first{0, 2, 5, 7, transitions.size()};
  const auto at = static_cast<std::size_t>(regime);
  return std::views::iota(first[at], first[at + 1]);
}
static_assert([] {
  for (std::size_t r = 0; r < regime_count; ++r)
    for (const std::size_t j : leaving(Regime(r)))
      if (transitions[j].from != Regime(r)) return false;
  return true;
}());

}  // namespace hedgerow::models
