#include "engine/ranks/numbers.hpp"

#include <algorithm>
#include <cstring>

namespace hedgerow::ranks {

MessageWriter::MessageWriter(Communicator& communicator, unsigned to) : communicator_(communicator), to_(to) {
  message_.reserve(Communicator::largest_message);
}

void MessageWriter::add(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const auto part = bytes.first(std::min(bytes.size(), Communicator::largest_message - message_.size()));
    message_.insert(message_.end(), part.begin(), part.end());
    bytes = bytes.subspan(part.size());
    if (message_.size() == Communicator::largest_message) finish();
  }
}

void MessageWriter::finish() {
  if (!message_.empty()) communicator_.send(to_, message_);
  message_.clear();
}

MessageReader::MessageReader(Communicator& communicator, unsigned from)
    : communicator_(communicator), from_(from), message_(Communicator::largest_message) {}

void MessageReader::take(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    if (used_ == filled_) {
      filled_ = communicator_.receive(from_, message_);
      used_ = 0;
    }
    const std::size_t count = std::min(bytes.size(), filled_ - used_);
    std::memcpy(bytes.data(), message_.data() + used_, count);
    used_ += count;
    bytes = bytes.subspan(count);
  }
}

}  // namespace hedgerow::ranks
