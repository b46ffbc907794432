#pragma once

#include <array>
#include <cstddef>

namespace hedgerow {

/// sum of ascending[i] x^i (Horner), each step rounded twice: a product and a sum.
template <std::size_t N>
constexpr double polynomial(const std::array<double, N>& ascending, double x) {
  double sum = ascending[N - 1];
  for (std::size_t i = N - 1; i-- > 0;) sum = sum * x + ascending[i];
  return sum;
}

}  // namespace hedgerow
