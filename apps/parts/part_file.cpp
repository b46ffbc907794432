#include "apps/parts/part_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/config/digest.hpp"
#include "apps/config/source.hpp"
#include "apps/results/file.hpp"

namespace hedgerow::parts {
namespace {

static_assert(std::endian::native == std::endian::little, "parts hold numbers as they lie in memory");

constexpr std::string_view magic = "hedgerow-part/1\n";
constexpr std::uint64_t word = 8;
constexpr std::uint64_t tail_size = word + config::Sha256::size;
constexpr std::uint64_t largest_description = std::uint64_t{64} << 20;
constexpr std::size_t buffer_size = std::size_t{1} << 20;

/// Writes to a draft what it adds up on the way.
class Output : public NumberWriter {
 public:
  explicit Output(const std::string& path) : draft_(path) { buffer_.reserve(buffer_size); }

  void pass(std::span<const double> values) override { add(std::as_bytes(values)); }
  void pass(std::span<const std::uint64_t> values) override { add(std::as_bytes(values)); }
  void add(std::string_view text) { add(std::as_bytes(std::span(text))); }
  std::uint64_t size() const { return size_; }

  void commit() {
    flush();
    draft_.write(sum_.digest());
    draft_.commit();
  }

 private:
  void add(std::span<const std::byte> bytes) {
    size_ += bytes.size();
    if (buffer_.size() + bytes.size() > buffer_size) flush();
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (bytes.size() > buffer_size)
      put(text);
    else
      buffer_ += text;
  }
  void flush() {
    put(buffer_);
    buffer_.clear();
  }
  void put(std::string_view bytes) {
    sum_.add(bytes);
    draft_.write(bytes);
  }

  results::FileDraft draft_;
  config::Sha256 sum_;
  std::string buffer_;
  std::uint64_t size_ = 0;
};

}  // namespace

void write_part(const std::string& path, PartDescription part, const std::vector<StretchSource>& sources) {
  Output out(path);
  out.add(magic);
  part.stretches.clear();
  for (const StretchSource& source : sources) {
    const std::uint64_t before = out.size();
    source.write(out);
    part.stretches.push_back({source.paths, out.size() - before});
  }
  std::string description = to_json(part).dump();
  description.append((word - description.size() % word) % word, ' ');
  out.add(description);
  const std::uint64_t size = description.size();
  out.pass(std::span(&size, 1));
  out.commit();
}

/// The bytes of an open file.
class PartFile::Bytes {
 public:
  explicit Bytes(const std::string& path)
      : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) unreadable();
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) unreadable();
    is_file_ = S_ISREG(status.st_mode);
    likeness_ = {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
                 status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
  }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  ~Bytes() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  bool is_file() const { return is_file_; }
  const Likeness& likeness() const { return likeness_; }

  /// Fills `bytes` from this place on; says whether there are so many.
  bool read(std::uint64_t place, std::span<std::byte> bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(place));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) unreadable();
      if (count == 0) return false;
      place += static_cast<std::uint64_t>(count);
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return true;
  }
  std::string text(std::uint64_t place, std::uint64_t size) const {
    std::string text(size, '\0');
    if (!read(place, std::as_writable_bytes(std::span(text)))) text.clear();
    return text;
  }
  std::uint64_t number(std::uint64_t place) const {
    std::uint64_t number = 0;
    read(place, std::as_writable_bytes(std::span(&number, 1)));
    return number;
  }

 private:
  [[noreturn]] void unreadable() const {
    throw config::UnreadableFile(fmt::format("{}: cannot read: {}", path_, std::strerror(errno)));
  }

  const std::string& path_;
  int descriptor_;
  bool is_file_ = false;
  Likeness likeness_{};
};

/// Numbers from one place of a file to another.
class PartFile::Reader : public NumberReader {
 public:
  Reader(const PartFile& part, std::uint64_t begin, std::uint64_t end)
      : part_(part), bytes_(part.path_), at_(begin), end_(end), buffer_(buffer_size) {
    if (!(bytes_.likeness() == part.likeness_))
      throw BadPart(fmt::format("{}: has changed while it was read", part_.path_));
  }

  void pass(std::span<double> values) override { take(std::as_writable_bytes(values)); }
  void pass(std::span<std::uint64_t> values) override { take(std::as_writable_bytes(values)); }
  std::uint64_t left() const { return end_ - at_; }

 private:
  void take(std::span<std::byte> bytes) {
    if (bytes.size() > left())
      throw BadPart(fmt::format("{}: damaged: fewer numbers than its paths have", part_.path_));
    at_ += bytes.size();
    while (!bytes.empty()) {
      if (used_ == filled_) fill(left() + bytes.size());
      const std::size_t count = std::min(bytes.size(), filled_ - used_);
      std::memcpy(bytes.data(), buffer_.data() + used_, count);
      used_ += count;
      bytes = bytes.subspan(count);
    }
  }
  void fill(std::uint64_t unread) {
    filled_ = static_cast<std::size_t>(std::min<std::uint64_t>(buffer_.size(), unread));
    used_ = 0;
    if (!bytes_.read(end_ - unread, std::span(buffer_).first(filled_)))
      throw BadPart(fmt::format("{}: has changed while it was read", part_.path_));
  }

  const PartFile& part_;
  Bytes bytes_;
  std::uint64_t at_, end_;
  std::vector<std::byte> buffer_;
  std::size_t used_ = 0, filled_ = 0;
};

namespace {

nlohmann::ordered_json parsed(const std::string& name, const std::string& text) {
  try {
    return nlohmann::ordered_json::parse(text);
  } catch (const nlohmann::ordered_json::exception&) {
    throw BadPart(fmt::format("{}: damaged: its description is no JSON", name));
  }
}

/// Throws unless the stretches fill this many bytes.
void require_sizes(const std::string& name, const PartDescription& part, std::uint64_t size) {
  std::uint64_t left = size;
  for (const StoredStretch& stretch : part.stretches) {
    if (stretch.bytes > left || stretch.bytes % word != 0)
      throw BadPart(fmt::format("{}: damaged: it has less in it than it says", name));
    left -= stretch.bytes;
  }
  if (left != 0) throw BadPart(fmt::format("{}: damaged: it has more in it than it says", name));
}

}  // namespace

PartFile::PartFile(const std::string& path) : path_(path) {
  const Bytes bytes(path_);
  if (!bytes.is_file()) throw BadPart(fmt::format("{}: is no file (a part of a run is one)", path_));
  likeness_ = bytes.likeness();
  const std::uint64_t size = likeness_.size;
  if (bytes.text(0, std::min<std::uint64_t>(size, magic.size())) != magic)
    throw BadPart(fmt::format("{}: is no part of a run (hedgerow run --shard makes them)", path_));
  const auto damaged = [&] {
    throw BadPart(fmt::format("{}: damaged: its checksum does not hold (cut short, or changed)", path_));
  };
  if (size < magic.size() + tail_size) damaged();
  config::Sha256 sum;
  std::vector<std::byte> buffer(buffer_size);
  for (std::uint64_t at = 0, end = size - config::Sha256::size; at < end;) {
    const auto piece = std::span(buffer).first(std::min<std::uint64_t>(buffer.size(), end - at));
    if (!bytes.read(at, piece)) damaged();
    sum.add({reinterpret_cast<const char*>(piece.data()), piece.size()});
    at += piece.size();
  }
  if (bytes.text(size - config::Sha256::size, config::Sha256::size) != sum.digest()) damaged();

  const std::uint64_t numbers_and_description = size - magic.size() - tail_size;
  const std::uint64_t description = bytes.number(size - tail_size);
  if (description > std::min(numbers_and_description, largest_description))
    throw BadPart(fmt::format("{}: damaged: its description is longer than it", path_));
  description_ = from_json(path_, parsed(path_, bytes.text(size - tail_size - description, description)));
  require_sizes(path_, description_, numbers_and_description - description);
}

std::unique_ptr<NumberReader> PartFile::numbers(std::size_t stretch) const {
  std::uint64_t begin = magic.size();
  for (std::size_t i = 0; i < stretch; ++i) begin += description_.stretches[i].bytes;
  return std::make_unique<Reader>(*this, begin, begin + description_.stretches[stretch].bytes);
}

void PartFile::require_used_up(const NumberReader& reader) const {
  if (static_cast<const Reader&>(reader).left() > 0)
    throw BadPart(fmt::format("{}: damaged: more numbers than its paths have", path_));
}

void PartFile::copy(std::size_t stretch, NumberWriter& to) const {
  const auto from = numbers(stretch);
  std::vector<std::uint64_t> buffer(buffer_size / word);
  for (std::uint64_t left = description_.stretches[stretch].bytes / word; left > 0;) {
    const auto piece = std::span(buffer).first(std::min<std::uint64_t>(buffer.size(), left));
    from->pass(piece);
    to.pass(std::span<const std::uint64_t>(piece));
    left -= piece.size();
  }
}

}  // namespace hedgerow::parts
