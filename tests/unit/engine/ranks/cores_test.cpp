#include "engine/ranks/cores.hpp"

#include <doctest/doctest.h>

#include "tests/support/thread_ranks.hpp"

namespace cores_test {

using namespace hedgerow::ranks;

TEST_CASE("ranks that may run on the same cores share them out, and each core is used once") {
  for (const std::size_t cores : {1u, 2u, 5u, 8u, 64u})
    for (const std::size_t ranks : {1u, 2u, 3u, 7u}) {
      CoreMask odd;  // as where every second core is a second thread of one
      for (std::size_t i = 0; i < 2 * cores; ++i) odd.push_back(i % 2 == 1);
      const std::vector<CoreMask> masks(ranks, odd);
      std::size_t sum = 0;
      for (std::size_t i = 0; i < ranks; ++i) {
        const unsigned share = share_of_cores(masks, i);
        CHECK(share >= std::max<std::size_t>(1, cores / ranks));
        CHECK(share <= std::max<std::size_t>(1, (cores + ranks - 1) / ranks));
        sum += share;
      }
      CHECK(sum == std::max(cores, ranks));
    }
}

TEST_CASE("ranks that are bound to cores of their own keep them") {
  const std::vector<CoreMask> masks{
      {true, true, false, false}, {false, false, true, false}, {false, false, false, true}};
  CHECK(share_of_cores(masks, 0) == 2);
  CHECK(share_of_cores(masks, 1) == 1);
  CHECK(share_of_cores(masks, 2) == 1);
}

TEST_CASE("ranks on one host use no more cores than one process would") {
  std::vector<unsigned> shares(3), alone(1);
  hedgerow::test::on_ranks(3, [&](Communicator& rank) { shares[rank.rank()] = share_of_cores(rank); });
  hedgerow::test::on_ranks(1, [&](Communicator& rank) { alone[0] = share_of_cores(rank); });
  CHECK(shares[0] + shares[1] + shares[2] == std::max(alone[0], 3u));
}

}  // namespace cores_test
