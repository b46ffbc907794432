#pragma once
// The mean of a sample with its standard error, summed in a stable way (Welford 1962).

#include <cmath>
#include <cstdint>
#include <ostream>

namespace hedgerow::test {

class SampleMean {
 public:
  void add(double x) {
    ++count_;
    const double change = x - mean_;
    mean_ += change / static_cast<double>(count_);
    squares_ += change * (x - mean_);
  }
  double mean() const { return mean_; }
  double standard_error() const {
    const double n = static_cast<double>(count_);
    return std::sqrt(squares_ / (n - 1.0) / n);
  }
  /// Whether the mean is within 4 standard errors of `exact`, and the standard error below `bound`: a
  /// test of size 6.3e-5 that cannot pass by being vague.
  bool agrees_with(double exact, double bound) const {
    return std::abs(mean_ - exact) <= 4.0 * standard_error() && standard_error() < bound;
  }

 private:
  std::int64_t count_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;
};

inline std::ostream& operator<<(std::ostream& out, const SampleMean& sample) {
  return out << sample.mean() << " +- " << sample.standard_error();
}

}  // namespace hedgerow::test
