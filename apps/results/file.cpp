#include "apps/results/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

namespace hedgerow::results {
namespace {

[[noreturn]] void fail(const std::string& path, const char* what) {
  throw WriteError(fmt::format("{}: {}: {}", path, what, std::strerror(errno)));
}

/// Writes all of `text`; false with errno set on failure.
bool write_all(int descriptor, std::string_view text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t wrote = ::write(descriptor, text.data() + done, text.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return false;
    done += static_cast<std::size_t>(wrote);
  }
  return true;
}

bool is_special(const std::string& path) {
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
         !std::filesystem::is_directory(status);
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// What a descriptor is called while it is open.
std::string link_to(int descriptor) { return fmt::format("/proc/self/fd/{}", descriptor); }

}  // namespace

FileDraft::FileDraft(const std::string& path)
    : path_(path), target_(target_of(path)), special_(is_special(path)) {
  if (special_) {
    descriptor_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor_ < 0) fail(path_, "cannot open");
    return;
  }
  descriptor_ = ::open(folder_of(target_).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
  if (descriptor_ >= 0 && ::access(link_to(descriptor_).c_str(), F_OK) == 0) return;
  if (descriptor_ >= 0) ::close(descriptor_);
  open_beside();
}

/// Where a file cannot be without a name.
void FileDraft::open_beside() {
  std::string name = target_ + ".XXXXXX";
  descriptor_ = ::mkstemp(name.data());
  if (descriptor_ < 0) fail(path_, "cannot write");
  name_ = name;
}

/// As of a file that was made under its name.
void FileDraft::set_mode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (::fchmod(descriptor_, 0666 & ~mask) != 0) fail(path_, "cannot set permissions");
}

void FileDraft::give_name() {
  constexpr int most_tries = 1000;
  for (int i = 0; i < most_tries; ++i) {
    const std::string name = fmt::format("{}.{}-{}", target_, ::getpid(), i);
    if (::linkat(AT_FDCWD, link_to(descriptor_).c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      name_ = name;
      return;
    }
    if (errno != EEXIST) break;
  }
  fail(path_, "cannot give it its name");
}

FileDraft::~FileDraft() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!name_.empty()) ::unlink(name_.c_str());
}

void FileDraft::write(std::string_view bytes) {
  if (!write_all(descriptor_, bytes)) fail(path_, "cannot write");
}

void FileDraft::commit() {
  if (!special_) {
    if (::fsync(descriptor_) != 0) fail(path_, "cannot write");
    if (name_.empty())
      give_name();
    else
      set_mode();
    if (::rename(name_.c_str(), target_.c_str()) != 0) fail(path_, "cannot move into place");
    name_.clear();
  }
  const int closed = ::close(std::exchange(descriptor_, -1));
  if (closed != 0) fail(path_, "cannot write");
}

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
  FileDraft draft(path);
  draft.write(text);
  draft.commit();
}

void require_writable(const std::string& path) {
  if (path == "-") return;
  if (std::filesystem::is_directory(path)) throw WriteError(path + ": is a directory");
  if (!is_special(path)) const FileDraft probe(path);
}

}  // namespace hedgerow::results
