#pragma once
// Numbers that are carried in memory.

#include <bit>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "engine/base/numbers.hpp"

namespace hedgerow::test {

class NumberBuffer : public NumberWriter, public NumberReader {
 public:
  void pass(std::span<const double> values) override {
    for (const double value : values) words_.push_back(std::bit_cast<std::uint64_t>(value));
  }
  void pass(std::span<const std::uint64_t> values) override {
    words_.insert(words_.end(), values.begin(), values.end());
  }
  void pass(std::span<double> values) override {
    for (double& value : values) value = std::bit_cast<double>(next());
  }
  void pass(std::span<std::uint64_t> values) override {
    for (std::uint64_t& value : values) value = next();
  }

  std::vector<std::uint64_t>& words() { return words_; }
  bool is_used_up() const { return at_ == words_.size(); }

 private:
  std::uint64_t next() {
    if (is_used_up()) throw std::out_of_range("no number is left");
    return words_[at_++];
  }

  std::vector<std::uint64_t> words_;
  std::size_t at_ = 0;
};

}  // namespace hedgerow::test
