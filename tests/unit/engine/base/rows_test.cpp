// Long arrays that lie in memory or on a disk.

#include "engine/base/rows.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>

namespace rows_test {

using namespace hedgerow;

namespace {

/// Deleted at the end.
struct Folder {
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "hedgerow-rows-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

/// Whether the address lies in a file that was made in the folder.
bool lies_in(const std::filesystem::path& folder, const void* address) {
  const auto at = reinterpret_cast<std::uintptr_t>(address);
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    const std::size_t dash = line.find('-');
    const auto first = std::stoull(line.substr(0, dash), nullptr, 16);
    const auto last = std::stoull(line.substr(dash + 1), nullptr, 16);
    if (first <= at && at < last) return line.find(folder.string() + "/") != std::string::npos;
  }
  return false;
}

constexpr std::size_t many = Spill::spilled_from / sizeof(double);

}  // namespace

TEST_CASE("long rows lie on the disk, short ones and those made without a folder in memory") {
  const Folder folder;
  const Rows<double> before(many, 1.0);
  Rows<double> after;
  {
    const Spill spill(folder.path.string());
    Rows<double> rows(many);
    const Rows<double> few(many - 1);
    CHECK(rows.back() == 0.0);
    std::iota(rows.begin(), rows.end(), 0.0);
    rows.resize(3 * many);  // moves to another file
    CHECK(rows[many - 1] == static_cast<double>(many - 1));
    CHECK(rows.back() == 0.0);
    CHECK(lies_in(folder.path, rows.data()));
    CHECK_FALSE(lies_in(folder.path, few.data()));
    CHECK_FALSE(lies_in(folder.path, before.data()));
    CHECK(std::filesystem::is_empty(folder.path));
    after = std::move(rows);
  }
  CHECK(after[1] == 1.0);  // rows outlive the wish for them
  CHECK_FALSE(lies_in(folder.path, Rows<double>(many).data()));
}

TEST_CASE("a folder that takes nothing is named") {
  const Spill spill("/nowhere/at/all");
  CHECK_THROWS_WITH_AS(Rows<double>(many, 0.0),
                       doctest::Contains("/nowhere/at/all: cannot take 1048576 bytes"), SpillFailed);
  CHECK(Rows<double>(many - 1).size() == many - 1);
}

}  // namespace rows_test
