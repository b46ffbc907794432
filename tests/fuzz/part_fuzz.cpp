// Any bytes as a part or checkpoint of a run, under a checksum that holds: refused, or paths of the run.

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <string>

#include "apps/config/digest.hpp"
#include "apps/parts/collection.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/unit/apps/parts/small_run.hpp"

namespace {

using namespace hedgerow;
using fuzz::require;

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

/// What goes on from a part: a run of two blocks, its second shard, or one whose paths are drawn otherwise.
/// Little is kept of each path.
struct Reader {
  config::LoadedConfig run;
  models::Shard shard{1, 1};
};

config::LoadedConfig run_of(const char* paths, const char* sampling, const char* shortfalls) {
  return test::small_run({{"simulation.paths", paths, ""},
                          {"simulation.sampling", sampling, ""},
                          {"outputs.percentiles_of", "[total_cost]", ""},
                          {"outputs.expected_shortfall", shortfalls, ""}});
}

const Reader& reader(std::uint8_t choice) {
  static const std::array<Reader, 4> readers{{{run_of("1030", "plain", "[]")},
                                              {run_of("1030", "plain", "[]"), {2, 2}},
                                              {run_of("4096", "sobol", "[]")},
                                              {run_of("8192", "importance", "[0.99]")}}};
  return readers[choice % readers.size()];
}

/// Whatever run the part says that it is of.
void go_on_from(const parts::PartFile& part, const Reader& as) {
  models::PlayedStudy study(as.run.study, 1, as.shard);
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
    go_on_from(part, reader(data[0]));
  } catch (const parts::BadPart&) {
  }
  return 0;
}
