#include "apps/results/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

namespace hedgerow::results {
namespace {

[[noreturn]] void fail(const std::string& path, const char* what) {
  throw WriteError(fmt::format("{}: {}: {}", path, what, std::strerror(errno)));
}

/// Writes all of `text`; false with errno set on failure.
bool write_all(int descriptor, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t wrote = ::write(descriptor, text.data() + done, text.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return false;
    done += static_cast<std::size_t>(wrote);
  }
  return true;
}

/// A file beside the final one, removed again unless it is moved into place.
class Draft {
 public:
  explicit Draft(const std::string& path) : path_(path), name_(path + ".XXXXXX") {
    descriptor_ = ::mkstemp(name_.data());
    if (descriptor_ < 0) fail(path_, "cannot write");
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!moved_) ::unlink(name_.c_str());
  }

  void write(const std::string& text) {
    if (!write_all(descriptor_, text) || ::fsync(descriptor_) != 0) fail(path_, "cannot write");
  }

  void move_into_place() {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    if (::fchmod(descriptor_, 0666 & ~mask) != 0) fail(path_, "cannot set permissions");
    if (::rename(name_.c_str(), path_.c_str()) != 0) fail(path_, "cannot move into place");
    moved_ = true;
  }

 private:
  std::string path_, name_;
  int descriptor_ = -1;
  bool moved_ = false;
};

/// A pipe or device is written to, never replaced.
bool is_special(const std::string& path) {
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
         !std::filesystem::is_directory(status);
}

void write_special(const std::string& path, const std::string& text) {
  const int descriptor = ::open(path.c_str(), O_WRONLY);
  if (descriptor < 0) fail(path, "cannot open");
  const bool written = write_all(descriptor, text);
  const bool closed = ::close(descriptor) == 0;
  if (!written || !closed) fail(path, "cannot write");
}

}  // namespace

std::string target_of(const std::string& path) {
  constexpr int most_links = 40;
  std::filesystem::path target = path;
  for (int link = 0; link < most_links && std::filesystem::is_symlink(target); ++link) {
    const std::filesystem::path next = std::filesystem::read_symlink(target);
    target = next.is_absolute() ? next : target.parent_path() / next;
  }
  return target.string();
}

void write_file(const std::string& path, const std::string& text) {
  if (path == "-") {
    if (!write_all(STDOUT_FILENO, text)) fail("standard output", "cannot write");
    return;
  }
  if (is_special(path)) return write_special(path, text);
  Draft draft(target_of(path));
  draft.write(text);
  draft.move_into_place();
}

void require_writable(const std::string& path) {
  if (path == "-") return;
  if (std::filesystem::is_directory(path)) throw WriteError(path + ": is a directory");
  if (!is_special(path)) const Draft probe(target_of(path));
}

}  // namespace hedgerow::results
