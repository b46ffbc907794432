#include "engine/base/power.hpp"

#include <doctest/doctest.h>
#include <hwy/targets.h>

#include <cstdint>
#include <string>
#include <vector>

namespace power_test {

using namespace hedgerow;

namespace {

/// Bases of every size, the roots of 2 at which a mantissa begins, and what no series is made for.
std::vector<double> bases() {
  std::vector<double> all;
  for (int i = -4000; i <= 4000; ++i) all.push_back(std::exp2(i * 0.0123));
  for (const double edge : {1.0, 0.5, 2.0, std::sqrt(0.5), std::sqrt(2.0), std::nextafter(1.0, 0.0),
                            0x1p-1022, 0x1p-1074, 1e-301, 1e301, 1e308})
    all.push_back(edge);
  return all;
}

std::vector<double> arguments() {
  std::vector<double> all;
  for (int i = -8000; i <= 8000; ++i) all.push_back(i * 0.0917);
  for (const double edge : {0.0, -0.0, 1e-300, -1e-17, 693.0, -693.0, 710.0, -800.0}) all.push_back(edge);
  return all;
}

/// Runs `check` on every instruction set that this machine has and the kernels were compiled for.
template <class Check>
void on_every_target(Check check) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(target);
    INFO("instruction set ", std::string(hwy::TargetName(target)));
    check();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace

TEST_CASE("a power is that of the library, up to rounding") {
  for (const double exponent : {0.0, 0.5, 1.0, 1.3, 2.0, 3.7, -1.2})
    for (const double x : bases()) {
      const auto expected =
          static_cast<double>(std::pow(static_cast<long double>(x), static_cast<long double>(exponent)));
      if (expected < 1e-300 || expected > 1e300) continue;
      CAPTURE(x);
      CAPTURE(exponent);
      const double rounding = 1e-15 + 2e-16 * std::abs(exponent * std::log2(x));
      REQUIRE(std::abs(power(x, exponent) - expected) <= rounding * expected);
    }
}

TEST_CASE("an exponential is that of the library, up to rounding") {
  for (const double x : arguments()) {
    const auto expected = static_cast<double>(std::exp(static_cast<long double>(x)));
    CAPTURE(x);
    if (std::abs(x) > 693.0)
      REQUIRE(exponential(x) == std::exp(x));
    else
      REQUIRE(std::abs(exponential(x) - expected) <= 5e-16 * expected);
  }
}

TEST_CASE("batches of powers are the scalar ones, bit for bit, on every instruction set") {
  const std::vector<double> all = bases();
  on_every_target([&] {
    for (const double exponent : {0.0, 1.3, 2.0, -1.2, 90.0}) {
      std::vector<double> batch = all;
      power_batch(batch, exponent);
      for (std::size_t i = 0; i < all.size(); ++i) REQUIRE(batch[i] == power(all[i], exponent));
    }
    for (std::size_t size = 0; size <= 20; ++size) {
      std::vector<double> batch(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(size));
      power_batch(batch, 1.5);
      for (std::size_t i = 0; i < size; ++i) REQUIRE(batch[i] == power(all[i], 1.5));
    }
  });
}

TEST_CASE("batches of exponentials are the scalar ones, bit for bit, on every instruction set") {
  const std::vector<double> all = arguments();
  on_every_target([&] {
    for (std::size_t size = 0; size <= all.size(); size = size < 20 ? size + 1 : 2 * size - 1) {
      std::vector<double> batch(all.end() - static_cast<std::ptrdiff_t>(size), all.end());
      exponential_batch(batch);
      for (std::size_t i = 0; i < size; ++i) REQUIRE(batch[i] == exponential(all[all.size() - size + i]));
    }
    std::vector<double> batch = all;
    exponential_batch(batch);
    for (std::size_t i = 0; i < all.size(); ++i) REQUIRE(batch[i] == exponential(all[i]));
  });
}

}  // namespace power_test
