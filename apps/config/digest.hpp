#pragma once
// SHA-256 of bytes.

#include <memory>
#include <string>
#include <string_view>

namespace hedgerow::config {

/// SHA-256 of bytes that come piece by piece.
class Sha256 {
 public:
  static constexpr std::size_t size = 32;  ///< of a digest [byte]

  Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  ~Sha256();
  void add(std::string_view bytes);
  /// Of all bytes so far, once.
  std::string digest();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace hedgerow::config
