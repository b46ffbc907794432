// Inputs that are made to break a reader, and that cannot be stored as files.

#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>

#include "apps/config/load.hpp"
#include "tests/support/paths.hpp"

namespace hostile_test {

using namespace hedgerow::config;
namespace fs = std::filesystem;

namespace {

/// A directory that is gone again at the end of a test.
struct Scratch {
  fs::path path = fs::temp_directory_path() / ("hedgerow-config-" + std::to_string(::getpid()));
  Scratch() { fs::create_directories(path); }
  ~Scratch() { fs::remove_all(path); }
};

std::string message_of(const std::string& text) {
  try {
    load_config(Source{"x.yaml", text});
    return "good";
  } catch (const ConfigError& error) {
    return error.what();
  }
}

std::string message_of_file(const std::string& path) {
  try {
    load_config(path);
    return "good";
  } catch (const ConfigError& error) {
    return error.what();
  }
}

constexpr double soon = hedgerow::test::sanitized ? 100.0 : 10.0;  // [s]

/// Seconds that a refusal takes.
/// Of processor time: how busy the machine is says nothing about the reader.
double seconds_to_refuse(const std::string& text) {
  const std::clock_t start = std::clock();
  CHECK(message_of(text) != "good");
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::string repeated(const std::string& part, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += part;
  return all;
}

}  // namespace

TEST_CASE("an empty or blank text") {
  for (const std::string text : {"", "\n", "  \n\t\n", "\xEF\xBB\xBF"})
    CHECK(message_of(text).starts_with("x.yaml: error: the config is empty\n"));
}

TEST_CASE("bytes that are no text are refused at their place") {
  CHECK(message_of("hedgerow: 1\ntitle: a\xFF\n").starts_with("x.yaml:2:9: error: byte 0xff is not UTF-8\n"));
  CHECK(message_of("é\xE2\x82").starts_with("x.yaml:1:2: error: byte 0xe2 is not UTF-8\n"));
  CHECK(message_of("a: \xED\xA0\x80").starts_with("x.yaml:1:4: error: byte 0xed is not UTF-8\n"));
  CHECK(message_of("a: \xC0\x80").starts_with("x.yaml:1:4: error: byte 0xc0 is not UTF-8\n"));
  CHECK(message_of("\xFF\xFEh\0e\0").starts_with("x.yaml:1:1: error: byte 0xff is not UTF-8\n"));
  CHECK(message_of(std::string("a\0b", 3)).starts_with("x.yaml:1:2: error: a NUL byte"));
  CHECK(message_of("\x7f"
                   "ELF")
            .starts_with("x.yaml:1:1: error: control character U+007F"));
  CHECK(message_of("a: \x1b[31m").starts_with("x.yaml:1:4: error: control character U+001B"));
  CHECK(message_of("a: 1\rb: 2\n").starts_with("x.yaml:1:5: error: control character U+000D"));
}

TEST_CASE("a file that is too large is refused before it is read") {
  const Scratch scratch;
  const std::string path = scratch.path / "large.yaml";
  std::ofstream(path) << "hedgerow: 1\n";
  fs::resize_file(path, 100 << 20);
  const auto start = std::chrono::steady_clock::now();
  CHECK(message_of_file(path) ==
        path + ": error: larger than 4 MiB (no config is)\n      = is this the file you meant?\n");
  CHECK(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() < 0.5);
}

TEST_CASE("a device that never ends is given up") {
  CHECK(message_of_file("/dev/zero").starts_with("/dev/zero: error: larger than 4 MiB"));
}

TEST_CASE("a directory is no config") {
  const Scratch scratch;
  CHECK(message_of_file(scratch.path.string())
            .starts_with(scratch.path.string() + ": error: is a directory (a config is a file)"));
}

TEST_CASE("what the system refuses is not a config error") {
  CHECK_THROWS_WITH_AS(load_config(std::string("/no/such.yaml")),
                       "cannot read /no/such.yaml: No such file or directory", UnreadableFile);
}

TEST_CASE("deep nesting is refused at once") {
  const std::string limit = "nested more than 32 levels deep";
  for (const std::string opening : {"[", "{a: ", "- ", "? ", "[{a: "}) {
    const std::string text = repeated(opening, 100'000);
    CHECK(message_of(text).find(limit) != std::string::npos);
    CHECK(seconds_to_refuse(text) < soon);
  }
  CHECK(message_of("a: " + repeated("[", 31) + repeated("]", 31)).find(limit) == std::string::npos);
  CHECK(message_of("a: " + repeated("[", 32) + repeated("]", 32)).find(limit) != std::string::npos);
}

TEST_CASE("an alias bomb does not go off") {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 30; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    text +=
        "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last + repeated(", " + last, 9) + "]\n";
  }
  CHECK(seconds_to_refuse(text) < soon);
  CHECK(message_of(text).starts_with("x.yaml:1:5: error: anchors (&name) are not allowed\n"));
  CHECK(message_of(text).find("aliases (*name) are not allowed") != std::string::npos);
}

TEST_CASE("very many values, keys, errors and very long lines end soon") {
  const std::size_t size = largest_source / 4;
  CHECK(message_of("a: [" + repeated("1,", size / 2) + "1]").find("more than 100000 values") !=
        std::string::npos);
  for (const std::string part :
       {"1,", "a", "\"", "'", ": ", "a: ", "{", "!", "&a ", "\n", "\t\n", "#", "a\n"})
    CHECK(seconds_to_refuse("hedgerow: [" + repeated(part, size / part.size())) < soon);
  std::string keys;
  for (int i = 0; i < 40'000; ++i) keys += "k" + std::to_string(i) + ": 1\n";
  CHECK(seconds_to_refuse(keys) < soon);
  CHECK(message_of(keys).find("39904 further errors") != std::string::npos);
}

}  // namespace hostile_test
