#include "apps/results/file.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace file_test {

using namespace hedgerow::results;
namespace fs = std::filesystem;

namespace {

/// A folder that is gone again at the end of a test.
struct Scratch {
  fs::path path = fs::temp_directory_path() / ("hedgerow-results-" + std::to_string(::getpid()));
  Scratch() { fs::create_directories(path); }
  ~Scratch() { fs::remove_all(path); }
  std::string file(const char* name) const { return (path / name).string(); }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
  }
};

std::string content(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("a file is whole, replaces what was there, and leaves nothing beside it") {
  const Scratch scratch;
  write_file(scratch.file("r.json"), "first\n");
  write_file(scratch.file("r.json"), "second\n");
  CHECK(content(scratch.file("r.json")) == "second\n");
  CHECK(scratch.entries() == 1);
}

TEST_CASE("asking whether a file can be written leaves no trace") {
  const Scratch scratch;
  require_writable(scratch.file("r.json"));
  CHECK(scratch.entries() == 0);
  CHECK_THROWS_AS(require_writable(scratch.file("no/such/folder/r.json")), WriteError);
  CHECK_THROWS_AS(require_writable(scratch.path.string()), WriteError);
}

TEST_CASE("a failure keeps what was there") {
  const Scratch scratch;
  write_file(scratch.file("r.json"), "kept\n");
  fs::create_directory(scratch.file("folder"));
  CHECK_THROWS_AS(write_file(scratch.file("folder"), "text"), WriteError);
  CHECK_THROWS_AS(write_file("/dev/full", "text"), WriteError);
  CHECK(content(scratch.file("r.json")) == "kept\n");
  CHECK(scratch.entries() == 2);
}

TEST_CASE("links survive, whether they lead somewhere or not") {
  const Scratch scratch;
  fs::create_symlink("second", scratch.path / "first");
  fs::create_symlink("real", scratch.path / "second");
  for (const char* text : {"new\n", "again\n"}) {
    write_file(scratch.file("first"), text);
    CHECK(fs::is_symlink(scratch.path / "first"));
    CHECK(fs::is_symlink(scratch.path / "second"));
    CHECK(content(scratch.file("real")) == text);
  }
}

}  // namespace file_test
