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

TEST_CASE("batches of normal scores are the scalar ones, bit for bit, on every instruction set") {
  std::vector<double> uniforms(10'001);
  uniform_batch(Stream(1, "entity", "batch").key(), 0, uniforms);
  for (const double edge : {0x1p-53, 1e-300, 0.075, 0.925, 0.5, 1.0 - 0x1p-53}) uniforms.push_back(edge);
  on_every_target([&] {
    std::vector<double> scores = uniforms;
    normal_quantile_batch(scores);
    for (std::size_t i = 0; i < uniforms.size(); ++i) REQUIRE(scores[i] == normal_quantile(uniforms[i]));
  });
}

}  // namespace batch_test
