#pragma once
// Instants in order of time, put together from lists that are in order or nearly so.

#include <algorithm>
#include <cstddef>
#include <vector>

namespace hedgerow::models {

class Instants {
 public:
  void clear() { instants_.clear(); }
  std::size_t size() const { return instants_.size(); }
  double operator[](std::size_t i) const { return instants_[i]; }

  /// Cheap where it comes late among those that are there.
  void add(double instant) {
    instants_.push_back(instant);
    for (std::size_t i = instants_.size() - 1; i > 0 && instants_[i - 1] > instant; --i)
      std::swap(instants_[i - 1], instants_[i]);
  }

  /// Takes those of `others`, `later` than they are, that do not come after `end`; none is there twice.
  void merge(const Instants& others, double later, double end) {
    merged_.clear();
    auto ours = instants_.begin();
    const auto take = [&](double instant) {
      if (merged_.empty() || merged_.back() != instant) merged_.push_back(instant);
    };
    for (const double other : others.instants_) {
      if (other + later > end) break;
      while (ours != instants_.end() && *ours <= other + later) take(*ours++);
      take(other + later);
    }
    while (ours != instants_.end()) take(*ours++);
    instants_.swap(merged_);
  }

 private:
  std::vector<double> instants_;
  std::vector<double> merged_;  ///< room to work in
};

}  // namespace hedgerow::models
