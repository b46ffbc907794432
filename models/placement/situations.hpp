#pragma once
// What one workload lacks, by what is down: worked out once and looked up from then on (lookup.cpp).

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "models/placement/rescue.hpp"

namespace hedgerow::models {

/// What one workload lacks while some locations are down altogether and all else is as it is.
struct Situation {
  bool failover_helps = false;  ///< some of what outages take may be served elsewhere after a while
  bool withheld = false;        ///< something is lacked because of who has turned away
  bool buys = false;            ///< before failover or after it

  /// What outages leave unserved at a provider, before failover and after; nothing that is only rounding.
  struct Loss {
    ProviderId provider;
    double waiting, recovered;
  };
  double waiting_loss = 0.0, recovered_loss = 0.0;  ///< sums over `losses`
  std::vector<Loss> losses;

  Shortage waiting;    ///< until failover
  Shortage recovered;  ///< from then on; only if `failover_helps`

  /// Sets what is summed up of both.
  void sum_up();
};

/// Situations that differ in what is down and in nothing else; their memory is kept when they are forgotten.
class Situations {
 public:
  static constexpr std::size_t most_locations = std::numeric_limits<std::uint64_t>::digits;

  void forget() { downs_.clear(); }
  /// Null: not known.
  const Situation* find(std::uint64_t down) const {
    for (std::size_t i = 0; i < downs_.size(); ++i)
      if (downs_[i] == down) return all_[i].get();
    return nullptr;
  }
  /// A new one to be filled. What was found before stays where it is until it is forgotten.
  Situation& add(std::uint64_t down) {
    if (all_.size() == downs_.size()) all_.push_back(std::make_unique<Situation>());
    downs_.push_back(down);
    return *all_[downs_.size() - 1];
  }

 private:
  std::vector<std::uint64_t> downs_;             ///< one bit by location, in their order
  std::vector<std::unique_ptr<Situation>> all_;  ///< of `downs_`, and room for more
};

/// What outages have taken at one location in a stretch of time, and since when.
class LackHistory {
 public:
  void clear() { changes_.clear(); }
  /// In order of time.
  void note(double since, double lack) {
    if (changes_.empty() || changes_.back().lack != lack) changes_.push_back({since, lack});
  }
  /// The smallest amount in (at - window, at], 0 before the stretch began.
  double smallest(double at, double window) const {
    if (changes_.front().since + window > at) return 0.0;
    double smallest = changes_.back().lack;
    for (std::size_t i = changes_.size(); i-- > 1 && changes_[i].since + window > at;)
      smallest = changes_[i - 1].lack < smallest ? changes_[i - 1].lack : smallest;
    return smallest;
  }

 private:
  struct Change {
    double since, lack;
  };
  std::vector<Change> changes_;
};

}  // namespace hedgerow::models
