#include "apps/import/gzip.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include <array>
#include <string>
#include <vector>

#include "apps/import/findings.hpp"

namespace hedgerow::intake {
namespace {

std::string packed(const std::string& text) {
  z_stream stream{};
  REQUIRE(::deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::vector<unsigned char> in(text.begin(), text.end()), out(::deflateBound(&stream, in.size()));
  stream.next_in = in.data();
  stream.avail_in = static_cast<unsigned>(in.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<unsigned>(out.size());
  REQUIRE(::deflate(&stream, Z_FINISH) == Z_STREAM_END);
  const std::string result(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(stream.total_out));
  ::deflateEnd(&stream);
  return result;
}

/// All bytes, asked for in pieces of `size`.
std::string all(const ByteSource& source, std::size_t size) {
  std::string text;
  std::vector<char> buffer(size);
  while (const std::size_t got = source(buffer.data(), size)) text.append(buffer.data(), got);
  return text;
}

std::string letters(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += static_cast<char>('a' + (i * i + i / 7) % 26);
  return text;
}

TEST_CASE("packed and plain bytes come out alike, in pieces of any size") {
  const std::string text = letters(200'000);
  for (const std::size_t source_piece : {std::size_t{1}, std::size_t{3}, std::size_t{65536}})
    for (const std::size_t piece : {std::size_t{7}, std::size_t{100'000}}) {
      CAPTURE(source_piece);
      CAPTURE(piece);
      CHECK(all(unpacked("x", bytes_of(text, source_piece)), piece) == text);
      CHECK(all(unpacked("x", bytes_of(packed(text), source_piece)), piece) == text);
    }
}

TEST_CASE("nothing, one byte and an empty member") {
  CHECK(all(unpacked("x", bytes_of("")), 10).empty());
  CHECK(all(unpacked("x", bytes_of("\x1f")), 10) == "\x1f");
  CHECK(all(unpacked("x", bytes_of(packed(""))), 10).empty());
}

TEST_CASE("members in a row are one text, and padding is no member") {
  const std::string both = packed("one,") + packed("two");
  for (const std::size_t piece : {std::size_t{1}, std::size_t{65536}}) {
    CHECK(all(unpacked("x", bytes_of(both, piece)), 5) == "one,two");
    CHECK(all(unpacked("x", bytes_of(both + std::string(1000, '\0'), piece)), 5) == "one,two");
  }
}

TEST_CASE("what is cut off or damaged is refused") {
  const std::string whole = packed(letters(5000));
  CHECK_THROWS_WITH_AS(all(unpacked("x.gz", bytes_of(whole.substr(0, whole.size() - 1))), 100),
                       doctest::Contains("end too early"), BadData);
  CHECK_THROWS_WITH_AS(all(unpacked("x.gz", bytes_of(whole.substr(0, 5))), 100),
                       doctest::Contains("end too early"), BadData);
  std::string damaged = whole;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
  CHECK_THROWS_WITH_AS(all(unpacked("x.gz", bytes_of(damaged)), 100), doctest::Contains("damaged"), BadData);
  CHECK_THROWS_WITH_AS(all(unpacked("x.gz", bytes_of(whole + "tail")), 100), doctest::Contains("damaged"),
                       BadData);
}

}  // namespace
}  // namespace hedgerow::intake
