#include "engine/random/batch.hpp"

#include <doctest/doctest.h>
#include <hwy/targets.h>

#include <cstdint>
#include <string>
#include <vector>

#include "engine/random/normal.hpp"
#include "engine/random/stream.hpp"

namespace batch_test {

using namespace hedgerow::random;

namespace {

/// Runs `check` on every instruction set that this machine has and the kernels were compiled for.
template <class Check>
void on_every_target(Check check) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(target);
    INFO("instruction set ", std::string(batch_target()));
    CHECK(std::string(batch_target()) == hwy::TargetName(target));
    check();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace

TEST_CASE("batches of uniforms are the scalar draws, bit for bit, on every instruction set") {
  on_every_target([] {
    for (const std::uint64_t path : {0ULL, 1ULL, 0xffffffffULL, 0x123456789abcdefULL})
      for (std::size_t size = 0; size <= 70; ++size) {
        const Stream stream(path + 3, "entity", "batch");
        std::vector<double> batch(size, -1.0);
        uniform_batch(stream.key(), path, batch);
        for (std::size_t d = 0; d < size; ++d)
          REQUIRE(batch[d] == stream.uniform(path, static_cast<std::uint32_t>(d)));
      }
  });
}

TEST_CASE("pairs of uniforms are the scalar draws, bit for bit, on every instruction set") {
  on_every_target([] {
    for (std::size_t size = 0; size <= 40; ++size) {
      const std::uint64_t path = 0x123456789abcdefULL + size;
      const Stream stream(size, "entity", "pairs");
      std::vector<std::uint32_t> pairs;
      for (std::uint32_t i = 0; i < size; ++i) pairs.push_back((i * 0x9E3779B9u) >> 1);
      std::vector<double> batch(2 * size, -1.0);
      stream.uniform_pairs(path, pairs, batch);
      for (std::size_t i = 0; i < batch.size(); ++i)
        REQUIRE(batch[i] == stream.uniform(path, 2 * pairs[i / 2] + static_cast<std::uint32_t>(i % 2)));
    }
  });
}

TEST_CASE("pairs of uniforms take the leading draws from Sobol points") {
  SobolPoints points(3, 1);
  const Stream stream(1, "entity", "pairs", LeadingDraws::take(&points, 5));
  const std::vector<std::uint32_t> pairs{7, 2, 0, 1, 3};
  std::vector<double> batch(2 * pairs.size());
  stream.uniform_pairs(9, pairs, batch);
  for (std::size_t i = 0; i < batch.size(); ++i)
    CHECK(batch[i] == stream.uniform(9, 2 * pairs[i / 2] + static_cast<std::uint32_t>(i % 2)));
}

TEST_CASE("batches of normal scores are the scalar ones, bit for bit, on every instruction set") {
  std::vector<double> uniforms(10'001);
  uniform_batch(Stream(1, "entity", "batch").key(), 0, uniforms);
  for (const double edge : {0x1p-53, 1e-300, 0.075, 0.925, 0.5, 1.0 - 0x1p-53}) uniforms.push_back(edge);
  on_every_target([&] {
    std::vector<double> scores = uniforms;
    normal_quantile_batch(scores);
    for (std::size_t i = 0; i < uniforms.size(); ++i) REQUIRE(scores[i] == normal_quantile(uniforms[i]));
    for (std::size_t size = 0; size < 20; ++size) {
      scores.assign(uniforms.begin(), uniforms.begin() + static_cast<std::ptrdiff_t>(size));
      normal_quantile_batch(scores);
      for (std::size_t i = 0; i < size; ++i) REQUIRE(scores[i] == normal_quantile(uniforms[i]));
    }
  });
}

}  // namespace batch_test
