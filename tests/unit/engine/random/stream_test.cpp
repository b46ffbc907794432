#include "engine/random/stream.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace stream_test {

using namespace hedgerow::random;

TEST_CASE("Philox4x32-10 gives the published known answers") {
  using Block = std::array<std::uint32_t, 4>;
  // Random123 tests/kat_vectors, lines "philox4x32 10".
  CHECK(philox_block({0, 0, 0, 0}, {0, 0}) == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  const std::uint32_t f = 0xffffffff;
  CHECK(philox_block({f, f, f, f}, {f, f}) == Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox_block({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("uniforms are strictly inside (0, 1)") {
  CHECK(uniform_from_bits(0) == 0x1p-53);
  CHECK(uniform_from_bits(~0ULL) == 1.0 - 0x1p-53);
}

TEST_CASE("a stream is a pure function of seed, entity, purpose, path and draw") {
  const Stream stream(7, "azure.east", "outage/count");
  CHECK(stream.uniform(3, 5) == Stream(7, "azure.east", "outage/count").uniform(3, 5));
  for (const Stream& other :
       {Stream(8, "azure.east", "outage/count"), Stream(7, "azure.eas", "toutage/count"),
        Stream(7, "azure.west", "outage/count"), Stream(7, "azure.east", "outage/time")})
    CHECK(stream.uniform(3, 5) != other.uniform(3, 5));
  CHECK(stream.uniform(3, 5) != stream.uniform(4, 5));
  CHECK(stream.uniform(3, 5) != stream.uniform(3, 4));
  CHECK(stream.uniform(3, 5) != stream.uniform(3 + (1ULL << 32), 5));
}

TEST_CASE("filling a span gives the same draws one by one") {
  const Stream stream(7, "azure", "price");
  for (std::size_t size : {0u, 1u, 2u, 7u, 84u}) {
    std::vector<double> all(size);
    stream.uniforms(11, all);
    for (std::size_t d = 0; d < size; ++d) CHECK(all[d] == stream.uniform(11, static_cast<std::uint32_t>(d)));
  }
}

}  // namespace stream_test
