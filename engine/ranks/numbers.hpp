#pragma once
// Numbers on their way from one rank to another, in messages of bounded size.

#include <vector>

#include "engine/base/numbers.hpp"
#include "engine/ranks/communicator.hpp"

namespace hedgerow::ranks {

class MessageWriter : public NumberWriter {
 public:
  /// `communicator` outlives this object.
  MessageWriter(Communicator& communicator, unsigned to);
  void pass(std::span<const double> values) override { add(std::as_bytes(values)); }
  void pass(std::span<const std::uint64_t> values) override { add(std::as_bytes(values)); }
  /// Sends what is left; to be called once, at the end.
  void finish();

 private:
  void add(std::span<const std::byte> bytes);

  Communicator& communicator_;
  unsigned to_;
  std::vector<std::byte> message_;
};

class MessageReader : public NumberReader {
 public:
  /// `communicator` outlives this object.
  MessageReader(Communicator& communicator, unsigned from);
  void pass(std::span<double> values) override { take(std::as_writable_bytes(values)); }
  void pass(std::span<std::uint64_t> values) override { take(std::as_writable_bytes(values)); }

 private:
  void take(std::span<std::byte> bytes);

  Communicator& communicator_;
  unsigned from_;
  std::vector<std::byte> message_;
  std::size_t used_ = 0, filled_ = 0;
};

}  // namespace hedgerow::ranks
