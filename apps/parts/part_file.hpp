#pragma once
// Parts of a run as files: numbers, what they are, and a checksum over both.
//
//   "hedgerow-part/1\n"                            16 bytes
//   numbers of 8 bytes each, least byte first      by stretch
//   description in JSON                            padded with spaces to a multiple of 8
//   size of the description [byte]                 8 bytes
//   SHA-256 of all bytes before                    32 bytes

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "apps/parts/part.hpp"
#include "engine/base/numbers.hpp"

namespace hedgerow::parts {

/// Paths to be written, and what hands out their numbers.
struct StretchSource {
  models::PathRange paths;
  std::function<void(NumberWriter&)> write;
};

/// Writes a part, whole or not at all; the stretches of `part` are those of `sources`. Throws
/// results::WriteError; an existing file then is what it was.
void write_part(const std::string& path, PartDescription part, const std::vector<StretchSource>& sources);

/// A part whose bytes have been found to be those that were written.
class PartFile {
 public:
  /// Reads all of the file, in little memory. Throws BadPart where it is no part or damaged, and
  /// config::UnreadableFile.
  explicit PartFile(const std::string& path);

  const std::string& path() const { return path_; }
  const PartDescription& description() const { return description_; }

  /// The numbers of a stretch, by its place in the description; the reader throws BadPart at their end.
  /// Throws BadPart where the file is no longer the one that was read first.
  std::unique_ptr<NumberReader> numbers(std::size_t stretch) const;
  /// Throws BadPart unless all numbers of `reader`, which numbers() gave, have been taken.
  void require_used_up(const NumberReader& reader) const;
  /// Hands on a stretch as it is.
  void copy(std::size_t stretch, NumberWriter& to) const;

 private:
  /// What tells a file from the one that has taken its place.
  struct Likeness {
    std::uint64_t device, number, size;
    std::int64_t seconds, nanoseconds;  ///< of the last change
    friend bool operator==(const Likeness&, const Likeness&) = default;
  };
  class Bytes;
  class Reader;

  std::string path_;
  Likeness likeness_;
  PartDescription description_;
};

}  // namespace hedgerow::parts
