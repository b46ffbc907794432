// A part comes back as it was written, and no damage to it goes unseen.

#include "apps/parts/part_file.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "apps/config/digest.hpp"
#include "apps/config/source.hpp"
#include "apps/results/file.hpp"
#include "tests/unit/apps/parts/small_run.hpp"

namespace part_file_test {

using namespace hedgerow;
using namespace hedgerow::parts;
using test::bytes_of;
using test::put_bytes;

namespace {

constexpr std::size_t checksum = config::Sha256::size;

/// Numbers 0, 1, 2, … as doubles and whole numbers in turn.
void write_count(NumberWriter& to, std::uint64_t numbers) {
  for (std::uint64_t i = 0; i < numbers; ++i) {
    const double real = static_cast<double>(i);
    if (i % 2 == 0)
      to.pass(std::span(&real, 1));
    else
      to.pass(std::span<const std::uint64_t>(&i, 1));
  }
}

PartDescription description() {
  PartDescription part = describe(test::small_run({{"simulation.seed", "18446744073709551615", "--seed"}}));
  part.shards = 7;
  part.seconds = 1.5;
  part.processes = 2;
  return part;
}

/// With two stretches, the second of which takes more than a buffer.
void write_two(const std::string& path) {
  write_part(path, description(),
             {{{false, 1024, 2048}, [](NumberWriter& to) { write_count(to, 3); }},
              {{true, 0, 1024}, [](NumberWriter& to) { write_count(to, 300'000); }}});
}

std::string refusal(const std::string& path) {
  try {
    const PartFile part(path);
  } catch (const BadPart& bad) {
    return bad.what();
  }
  return "";
}

/// The same bytes with a checksum that holds.
std::string signed_again(std::string bytes) {
  bytes.resize(bytes.size() - checksum);
  config::Sha256 sum;
  sum.add(bytes);
  return bytes + sum.digest();
}

/// The part with its description changed.
void put_changed(const std::string& path, const std::string& from, const std::string& to) {
  test::ScratchFolder scratch("hedgerow-part-changed");
  write_two(scratch.file("p.hrp"));
  std::string bytes = bytes_of(scratch.file("p.hrp"));
  const std::size_t at = bytes.rfind(from);
  REQUIRE(at != std::string::npos);
  bytes.replace(at, from.size(), to);
  const std::size_t tail = bytes.size() - checksum - 8;
  bytes.insert(tail, (8 - (tail % 8)) % 8, ' ');
  std::uint64_t size = 0;
  std::memcpy(&size, bytes.data() + bytes.size() - checksum - 8, 8);
  size += bytes.size() - bytes_of(scratch.file("p.hrp")).size();
  std::memcpy(bytes.data() + bytes.size() - checksum - 8, &size, 8);
  put_bytes(path, signed_again(bytes));
}

}  // namespace

TEST_CASE("a part comes back as it was written") {
  const test::ScratchFolder scratch("hedgerow-part");
  write_two(scratch.file("p.hrp"));
  CHECK(scratch.entries() == 1);
  const PartFile part(scratch.file("p.hrp"));
  PartDescription expected = description();
  expected.stretches = {{{false, 1024, 2048}, 24}, {{true, 0, 1024}, 2'400'000}};
  CHECK(to_json(part.description()).dump() == to_json(expected).dump());
  CHECK(part.description().config.text == test::small_config);
  CHECK(part.description().seed == 18446744073709551615u);
  const auto numbers = part.numbers(1);
  std::vector<double> real(1);
  std::vector<std::uint64_t> whole(1);
  for (std::uint64_t i = 0; i < 300'000; i += 2) {
    CHECK_THROWS_AS(part.require_used_up(*numbers), BadPart);
    numbers->pass(std::span(real));
    numbers->pass(std::span(whole));
    if (real[0] == static_cast<double>(i) && whole[0] == i + 1) continue;
    FAIL("number " << i << " is " << real[0]);
  }
  part.require_used_up(*numbers);
  CHECK_THROWS_AS(numbers->pass(std::span(real)), BadPart);
}

TEST_CASE("equal shards are equal files") {
  const test::ScratchFolder scratch("hedgerow-part-equal");
  write_two(scratch.file("a.hrp"));
  write_two(scratch.file("b.hrp"));
  CHECK(bytes_of(scratch.file("a.hrp")) == bytes_of(scratch.file("b.hrp")));
}

TEST_CASE("a byte that is changed, and an end that is cut, are found") {
  const test::ScratchFolder scratch("hedgerow-part-damage");
  write_part(scratch.file("p.hrp"), description(),
             {{{false, 0, 1024}, [](NumberWriter& to) { write_count(to, 5); }}});
  const std::string whole = bytes_of(scratch.file("p.hrp"));
  REQUIRE(refusal(scratch.file("p.hrp")).empty());
  const std::size_t ends = 100;  // magic, numbers and checksum are looked at byte by byte
  for (std::size_t i = 0; i < whole.size(); i += i < ends || i + ends > whole.size() ? 1 : 9) {
    std::string bytes = whole;
    bytes[i] = static_cast<char>(bytes[i] ^ (1 << i % 8));
    put_bytes(scratch.file("flipped.hrp"), bytes);
    if (refusal(scratch.file("flipped.hrp")).empty()) FAIL("a bit of byte " << i << " was flipped, unseen");
    put_bytes(scratch.file("cut.hrp"), whole.substr(0, i));
    if (refusal(scratch.file("cut.hrp")).empty()) FAIL("it was cut after " << i << " bytes, unseen");
  }
  put_bytes(scratch.file("longer.hrp"), whole + "x");
  CHECK(refusal(scratch.file("longer.hrp")).find("checksum") != std::string::npos);
}

TEST_CASE("what holds its checksum and is nonsense all the same") {
  const test::ScratchFolder scratch("hedgerow-part-nonsense");
  const auto refused = [&](const std::string& from, const std::string& to) {
    put_changed(scratch.file("p.hrp"), from, to);
    return refusal(scratch.file("p.hrp"));
  };
  const auto has = [](const std::string& text, const char* words) {
    CAPTURE(text);
    return text.find(words) != std::string::npos;
  };
  CHECK(refused("\"shards\":7", "\"shards\":7").empty());
  CHECK(has(refused("\"shards\":7", "\"shards\":-7"), "shards is not a small whole number"));
  CHECK(has(refused("\"shards\":7", "\"shards\":7e300"), "shards is not"));
  CHECK(has(refused("\"paths\":\"3000\"", "\"paths\":\"3e3\""), "paths is not a whole number"));
  CHECK(has(refused("\"paths\":\"3000\"", "\"path\":\"3000\""), "paths is missing"));
  CHECK(has(refused("hedgerow-part/1", "hedgerow-part/2"), "format"));
  CHECK(has(refused("\"nominal\"", "\"normal\""), "neither nominal nor tilted"));
  CHECK(has(refused("\"last\":\"2048\"", "\"last\":\"1024\""), "last is not behind first"));
  CHECK(has(refused("\"bytes\":\"24\"", "\"bytes\":\"16\""), "more in it than it says"));
  CHECK(has(refused("\"bytes\":\"24\"", "\"bytes\":\"20\""), "less in it than it says"));
  CHECK(has(refused("\"bytes\":\"24\"", "\"bytes\":\"18446744073709551608\""), "less in it than it says"));
  CHECK(has(refused("{\"format\"", "[\"format\""), "no JSON"));
  put_bytes(scratch.file("p.hrp"),
            signed_again("hedgerow-part/1\n" + std::string(8, '\xff') + std::string(checksum, ' ')));
  CHECK(has(refusal(scratch.file("p.hrp")), "longer than it"));
}

TEST_CASE("files that are no parts") {
  const test::ScratchFolder scratch("hedgerow-part-other");
  put_bytes(scratch.file("empty"), "");
  put_bytes(scratch.file("results.json"), "{\"format\": \"hedgerow-results/1\"}");
  CHECK(refusal(scratch.file("empty")).find("is no part of a run") != std::string::npos);
  CHECK(refusal(scratch.file("results.json")).find("is no part of a run") != std::string::npos);
  CHECK(refusal(scratch.file("")).find("is no file") != std::string::npos);
  CHECK_THROWS_AS(PartFile(scratch.file("missing")), config::UnreadableFile);
}

TEST_CASE("a part that is replaced while it is read is found out") {
  const test::ScratchFolder scratch("hedgerow-part-replaced");
  write_two(scratch.file("p.hrp"));
  const PartFile part(scratch.file("p.hrp"));
  write_two(scratch.file("p.hrp"));
  CHECK_THROWS_WITH_AS(part.numbers(0), doctest::Contains("has changed"), BadPart);
}

TEST_CASE("what fails while a part is made leaves the old one") {
  const test::ScratchFolder scratch("hedgerow-part-failed");
  write_two(scratch.file("p.hrp"));
  const std::string before = bytes_of(scratch.file("p.hrp"));
  CHECK_THROWS_AS(write_part(scratch.file("p.hrp"), description(),
                             {{{false, 0, 1024},
                               [](NumberWriter& to) {
                                 write_count(to, 300'000);
                                 throw results::WriteError("the disk is full");
                               }}}),
                  results::WriteError);
  CHECK(bytes_of(scratch.file("p.hrp")) == before);
  CHECK(scratch.entries() == 1);
  CHECK_THROWS_AS(write_two("/dev/full"), results::WriteError);
}

}  // namespace part_file_test
