#include "engine/base/rows.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <set>
#include <utility>

namespace hedgerow {
namespace {

/// What lies on the disk, and where more of it goes.
struct Spilled {
  std::mutex mutex;
  std::string folder;  ///< empty: nowhere
  std::set<const void*> rows;
};

Spilled& spilled() {
  static Spilled all;
  return all;
}

[[noreturn]] void fail(const std::string& folder, std::size_t bytes, int error) {
  throw SpillFailed(folder + ": cannot take " + std::to_string(bytes) + " bytes of paths (" +
                    std::strerror(error) + ")");
}

int file_without_name(const std::string& folder) {
  const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return file;
  std::string name = folder + "/hedgerow-XXXXXX";
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

/// Null, with errno, where it cannot.
void* map_file(const std::string& folder, std::size_t bytes) {
  const int file = file_without_name(folder);
  if (file < 0) return nullptr;
  const int refused = ::posix_fallocate(file, 0, static_cast<off_t>(bytes));
  void* rows =
      refused != 0 ? MAP_FAILED : ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  const int error = refused != 0 ? refused : errno;
  ::close(file);
  errno = error;
  return rows == MAP_FAILED ? nullptr : rows;
}

}  // namespace

Spill::Spill(std::string folder) {
  const std::lock_guard lock(spilled().mutex);
  spilled().folder = std::move(folder);
}

Spill::~Spill() {
  const std::lock_guard lock(spilled().mutex);
  spilled().folder.clear();
}

namespace detail {

void* allocate_rows(std::size_t bytes) {
  if (bytes < Spill::spilled_from) return ::operator new(bytes);
  Spilled& all = spilled();
  const std::lock_guard lock(all.mutex);
  if (all.folder.empty()) return ::operator new(bytes);
  void* rows = map_file(all.folder, bytes);
  if (rows == nullptr) fail(all.folder, bytes, errno);
  all.rows.insert(rows);
  return rows;
}

void free_rows(void* rows, std::size_t bytes) noexcept {
  if (bytes >= Spill::spilled_from) {
    Spilled& all = spilled();
    const std::lock_guard lock(all.mutex);
    if (all.rows.erase(rows) > 0) {
      ::munmap(rows, bytes);
      return;
    }
  }
  ::operator delete(rows);
}

}  // namespace detail
}  // namespace hedgerow
