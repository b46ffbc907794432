// Any bytes as a part of a run, under a checksum that holds: refused, or paths of the run.

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "apps/config/digest.hpp"
#include "apps/parts/collection.hpp"
#include "tests/unit/apps/parts/small_run.hpp"

namespace {

using namespace hedgerow;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

/// A file in memory, by a name that can be opened.
class MemoryFile {
 public:
  explicit MemoryFile(const std::string& bytes) : descriptor_(::memfd_create("part", 0)) {
    require(::write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "memory");
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(descriptor_); }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

/// Two blocks, of which little is kept.
const config::LoadedConfig& the_run() {
  static const config::LoadedConfig run = test::small_run({{"simulation.paths", "1030", ""},
                                                           {"outputs.percentiles_of", "[total_cost]", ""},
                                                           {"outputs.expected_shortfall", "[]", ""}});
  return run;
}

/// Whatever run the part says that it is of.
void go_on_from(const parts::PartFile& part, const models::Shard& shard) {
  models::PlayedStudy study(the_run().study, 1, shard);
  try {
    for (std::size_t i = 0; i < part.description().stretches.size(); ++i) {
      const auto numbers = part.numbers(i);
      study.read(part.description().stretches[i].paths, *numbers);
      part.require_used_up(*numbers);
    }
  } catch (const InvalidInput&) {
    return;
  }
  study.play(test::one_thread());
  require(study.stretches() == study.wanted(), "it goes on to the end");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  config::Sha256 sum;
  sum.add(bytes);
  const MemoryFile file(bytes + sum.digest());
  try {
    const parts::PartFile part(file.path());
    go_on_from(part, data[0] % 2 == 0 ? models::Shard{1, 1} : models::Shard{2, 2});
  } catch (const parts::BadPart&) {
  }
  return 0;
}
