#include "apps/config/source.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "apps/config/diagnostic.hpp"

namespace hedgerow::config {
namespace {

[[noreturn]] void refuse(const std::string& name, int error) {
  throw UnreadableFile(fmt::format("cannot read {}: {}", name, std::generic_category().message(error)));
}

[[noreturn]] void not_a_file(const std::string& name) {
  throw ConfigError(
      {{name, 0, 0, "is a directory (a config is a file)", "name a file in it", Severity::error, ""}});
}

[[noreturn]] void too_large(const std::string& name, std::size_t largest) {
  throw ConfigError({{name, 0, 0, fmt::format("larger than {} MiB (no config is)", largest >> 20),
                      "is this the file you meant?", Severity::error, ""}});
}

/// An open file that is closed again; standard input stays open.
class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : number_(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Descriptor() {
    if (number_ > STDIN_FILENO) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

void check_kind(const std::string& name, int file, std::size_t largest) {
  struct stat status {};
  if (::fstat(file, &status) != 0) refuse(name, errno);
  if (S_ISDIR(status.st_mode)) not_a_file(name);
  if (S_ISREG(status.st_mode) && static_cast<std::size_t>(status.st_size) > largest) too_large(name, largest);
}

std::string read_all(const std::string& name, int file, std::size_t largest) {
  std::string text;
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t count = ::read(file, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse(name, errno);
    if (count == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
    if (text.size() > largest) too_large(name, largest);
  }
}

}  // namespace

std::string_view Source::line(std::size_t number) const {
  std::size_t begin = 0;
  for (std::size_t i = 1; i < number; ++i) {
    begin = text.find('\n', begin);
    if (begin == std::string::npos) return {};
    ++begin;
  }
  std::string_view line = std::string_view(text).substr(begin);
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void require_size_of_config(const Source& source) {
  if (source.text.size() > largest_source) too_large(source.name, largest_source);
}

Source read_source(const std::string& path, std::size_t largest) {
  const std::string name = path == "-" ? "<stdin>" : path;
  const Descriptor file(path);
  if (file.number() < 0) refuse(name, errno);
  check_kind(name, file.number(), largest);
  return {name, read_all(name, file.number(), largest)};
}

}  // namespace hedgerow::config
