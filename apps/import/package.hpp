#pragma once
// A folder of files that comes as a folder or as one ZIP file.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "apps/import/byte_source.hpp"

namespace hedgerow::intake {

/// Most that one file of a package may unpack to [byte], and most files.
inline constexpr std::uint64_t largest_packed_file = std::uint64_t{1} << 30;
inline constexpr std::size_t most_packed_files = 10'000;

/// The CSV files of a package by their name in small letters, wherever in it they lie.
class Package {
 public:
  /// A folder or a ZIP file. Throws config::UnreadableFile where the system refuses, and BadData where the
  /// file is no ZIP, is encrypted, or holds two files of one name.
  static Package open(const std::string& path);
  /// A ZIP file in memory. `name`: for messages.
  static Package of_bytes(std::string name, std::string zip);

  const std::string& name() const { return name_; }
  bool has(const std::string& file) const { return files_.contains(file); }
  /// For messages: the package and the path in it.
  std::string path_of(const std::string& file) const;
  /// The bytes of a file that is there. What is damaged throws BadData while it is read.
  ByteSource open_file(const std::string& file) const;

  class Archive;

 private:
  struct File {
    std::string path;         ///< in the package
    std::uint64_t index = 0;  ///< in the archive
  };

  explicit Package(std::string name) : name_(std::move(name)) {}
  void add(const std::string& path, std::uint64_t index);
  void add_folder();
  void add_archive(std::shared_ptr<Archive> archive);

  std::string name_;
  std::map<std::string, File> files_;
  std::shared_ptr<Archive> archive_;  // nothing: a folder
};

}  // namespace hedgerow::intake
