#include "apps/import/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "apps/import/findings.hpp"

namespace hedgerow::intake {
namespace {

constexpr std::size_t piece_bytes = 65536;
constexpr int gzip_window = 15 + 16;  // zlib: the largest window, in the wrapping of gzip
constexpr unsigned char magic[] = {0x1f, 0x8b};

/// Reads ahead as far as it takes to tell what the bytes are.
class Unpacker {
 public:
  Unpacker(std::string name, ByteSource packed)
      : name_(std::move(name)), packed_(std::move(packed)), buffer_(piece_bytes) {
    while (filled_ < sizeof magic && fill()) {
    }
    is_gzip_ = filled_ >= sizeof magic && std::memcmp(buffer_.data(), magic, sizeof magic) == 0;
    if (is_gzip_ && ::inflateInit2(&stream_, gzip_window) != Z_OK) throw std::bad_alloc();
  }
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;
  ~Unpacker() {
    if (is_gzip_) ::inflateEnd(&stream_);
  }

  std::size_t read(char* buffer, std::size_t size) {
    return is_gzip_ ? inflate(buffer, size) : pass(buffer, size);
  }

 private:
  /// Appends what the source gives next; false at its end.
  bool fill() {
    const std::size_t got = packed_(buffer_.data() + filled_, buffer_.size() - filled_);
    filled_ += got;
    return got > 0;
  }

  bool refill() {
    at_ = filled_ = 0;
    return fill();
  }

  std::size_t pass(char* buffer, std::size_t size) {
    if (at_ == filled_ && !refill()) return 0;
    const std::size_t count = std::min(size, filled_ - at_);
    std::memcpy(buffer, buffer_.data() + at_, count);
    at_ += count;
    return count;
  }

  std::size_t inflate(char* buffer, std::size_t size) {
    stream_.next_out = reinterpret_cast<unsigned char*>(buffer);
    stream_.avail_out = static_cast<unsigned>(std::min(size, piece_bytes));
    const unsigned wanted = stream_.avail_out;
    while (stream_.avail_out == wanted) {
      if (at_ == filled_ && !refill()) {
        if (between_members_) return 0;
        refuse(name_, {0, 0}, "the packed data end too early", "was the file copied as a whole?");
      }
      if (between_members_ && !begin_member()) return 0;
      step();
    }
    return wanted - stream_.avail_out;
  }

  /// What follows the last member is zeros, as tapes pad, or another member.
  bool begin_member() {
    while (at_ < filled_ && buffer_[at_] == '\0') ++at_;
    if (at_ == filled_) return refill() ? begin_member() : false;
    ::inflateReset(&stream_);
    between_members_ = false;
    return true;
  }

  void step() {
    stream_.next_in = reinterpret_cast<unsigned char*>(buffer_.data() + at_);
    stream_.avail_in = static_cast<unsigned>(filled_ - at_);
    const int result = ::inflate(&stream_, Z_NO_FLUSH);
    at_ = filled_ - stream_.avail_in;
    between_members_ = result == Z_STREAM_END;
    if (result == Z_MEM_ERROR) throw std::bad_alloc();
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
      refuse(name_, {0, 0}, "the packed data are damaged", stream_.msg != nullptr ? stream_.msg : "");
  }

  std::string name_;
  ByteSource packed_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, filled_ = 0;
  bool is_gzip_ = false;
  bool between_members_ = false;
  z_stream stream_{};
};

}  // namespace

ByteSource unpacked(std::string name, ByteSource packed) {
  const auto unpacker = std::make_shared<Unpacker>(std::move(name), std::move(packed));
  return [unpacker](char* buffer, std::size_t size) { return unpacker->read(buffer, size); };
}

}  // namespace hedgerow::intake
