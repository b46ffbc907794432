#include "engine/ranks/numbers.hpp"

#include <doctest/doctest.h>

#include <numeric>

#include "tests/support/thread_ranks.hpp"

namespace numbers_test {

using namespace hedgerow;

TEST_CASE("numbers arrive as they were sent, in messages of bounded size") {
  std::vector<double> sent(400'000), received(sent.size());  // three messages, the last one not full
  std::iota(sent.begin(), sent.end(), 0.5);
  std::vector<std::uint64_t> few{1, 2, 3}, few_received(3);
  test::on_ranks(3, [&](ranks::Communicator& rank) {
    if (rank.rank() == 2) {
      ranks::MessageWriter to(rank, 0);
      write_numbers(to, few, sent);
      to.finish();
    }
    if (rank.rank() == 0) {
      ranks::MessageReader from(rank, 2);
      read_numbers(from, few_received);
      for (std::size_t at = 0; at < received.size(); at += 1000) {  // however they are taken
        auto part = std::span(received).subspan(at, 1000);
        read_numbers(from, part);
      }
    }
  });
  CHECK(few_received == few);
  CHECK(received == sent);
}

}  // namespace numbers_test
