#include "apps/import/byte_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>
#include <utility>

#include "apps/config/source.hpp"

namespace hedgerow::intake {
namespace {

[[noreturn]] void cannot_read(const std::string& path, int error) {
  throw config::UnreadableFile("cannot read " + path + ": " + std::generic_category().message(error));
}

/// An open file that is closed again; standard input stays open.
class File {
 public:
  explicit File(const std::string& path)
      : path_(path), number_(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (number_ < 0) cannot_read(path_, errno);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (number_ != STDIN_FILENO) ::close(number_);
  }

  void require_no_directory() const {
    struct stat status {};
    if (::fstat(number_, &status) != 0) cannot_read(path_, errno);
    if (S_ISDIR(status.st_mode)) cannot_read(path_, EISDIR);
  }

  std::size_t read(char* buffer, std::size_t size) const {
    while (true) {
      const ssize_t count = ::read(number_, buffer, size);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) cannot_read(path_, errno);
    }
  }

 private:
  std::string path_;
  int number_;
};

}  // namespace

ByteSource open_bytes(const std::string& path) {
  const auto file = std::make_shared<const File>(path);
  file->require_no_directory();
  return [file](char* buffer, std::size_t size) { return file->read(buffer, size); };
}

ByteSource bytes_of(std::string text, std::size_t piece) {
  return [text = std::move(text), piece, at = std::size_t{0}](char* buffer, std::size_t size) mutable {
    const std::size_t count = std::min({size, piece, text.size() - at});
    std::memcpy(buffer, text.data() + at, count);
    at += count;
    return count;
  };
}

}  // namespace hedgerow::intake
